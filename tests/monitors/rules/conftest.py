"""Lets the tests of checks use the builders of the vocabulary's tests and the cases beside this file."""

import sys
from pathlib import Path

sys.path += [
    str(Path(__file__).parents[1] / "spec"),
    str(Path(__file__).parents[1] / "nrql"),
    str(Path(__file__).parent),
]
