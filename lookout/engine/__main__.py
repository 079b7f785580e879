"""`python -m lookout.engine`: the last step of the set-up, which makes sure that there is an engine."""

import os
import sys

from lookout.bootstrap import progress_for_this_run, run_reporting_faults
from lookout.engine import ensure


def main() -> int:
    """Provide the engine, saying where it is only when it had to be set up."""
    progress = progress_for_this_run()
    engine = ensure(progress)
    if os.environ.get("LOOKOUT_DEBUG"):
        progress.say(f"engine: {engine.version} ({engine.source}) in {engine.bin_folder}")
    return 0


if __name__ == "__main__":
    sys.exit(run_reporting_faults(main))
