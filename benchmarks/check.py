"""How long `lookout check` takes: cold on this repository's catalogue, and on generated ones of growing size.

    .venv/bin/python benchmarks/check.py [--sizes 100 1000 10000] [--rounds N]

Each run is a child process; time is its wall clock and its processor's, memory its greatest resident size.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from generated_catalogue import write_runbooks

CHECKOUT = Path(__file__).resolve().parents[1]
_CHECK = [sys.executable, "-m", "lookout.main", "check"]
_MODULE = """
from generated_catalogue import SILENCES, stack as _stack


def stack():
    return _stack({alerts})
"""


@dataclass(frozen=True)
class Run:
    """What one child process took, and the last line it printed."""

    seconds: float
    processor_seconds: float
    megabytes: float
    last_line: str


def main() -> None:
    """Measure, and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=10, help="cold starts, of which the median is told")
    given = parser.parse_args()
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    cold = [_run(_CHECK, CHECKOUT) for _ in range(given.rounds)]
    seconds = [one.seconds for one in cold]
    print(
        f"cold start, median of {given.rounds}: {statistics.median(seconds):.2f} s (least {min(seconds):.2f} s, "
        f"processor {statistics.median(one.processor_seconds for one in cold):.2f} s), "
        f"{max(one.megabytes for one in cold):.0f} MB"
    )
    with tempfile.TemporaryDirectory() as folder:
        for alerts in given.sizes:
            one = _generated(alerts, Path(folder))
            times = f"{one.seconds:.2f} s (processor {one.processor_seconds:.2f} s)"
            print(f"{alerts:6,} alerts: {times}, {one.megabytes:.0f} MB: {one.last_line}")


def _generated(alerts: int, folder: Path) -> Run:
    place = folder / str(alerts)
    place.mkdir()
    (place / "generated.py").write_text(_MODULE.format(alerts=alerts), encoding="utf-8")
    write_runbooks(alerts, place / "runbooks", CHECKOUT / "runbooks")
    return _run([*_CHECK, "--catalog", "generated:stack"], place)


def _run(command: list[str], folder: Path) -> Run:
    paths = os.pathsep.join((str(CHECKOUT), str(CHECKOUT / "benchmarks"), str(folder)))
    environment = {**os.environ, "PYTHONPATH": paths}
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        lines = output.read().splitlines()
    if child.returncode not in (0, 1):
        sys.exit("\n".join(["the check could not run:", *lines[-20:]]))
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, lines[-1])


if __name__ == "__main__":
    main()
