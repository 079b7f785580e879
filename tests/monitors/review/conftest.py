"""Lets the tests of a comparison's parts use the stacks beside this file, and the simulator's conditions and points."""

import sys
from pathlib import Path

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "alerting")]
