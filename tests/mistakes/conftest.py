"""Lets the tests of mistakes use the builders of the vocabulary's tests."""

import sys
from pathlib import Path

sys.path += [str(Path(__file__).parents[1] / "monitors" / "spec"), str(Path(__file__).parent)]
