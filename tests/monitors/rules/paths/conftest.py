"""Lets these tests draw the stacks that the tests of tellings draw."""

import sys
from pathlib import Path

ALERTING = Path(__file__).parents[2] / "alerting"
sys.path += [str(ALERTING / "rota"), str(ALERTING / "tellings")]
