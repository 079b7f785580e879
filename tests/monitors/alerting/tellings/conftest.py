"""Lets these tests use the builders of the vocabulary's tests, and the schedules of those of the schedule maths."""

import sys
from pathlib import Path

MONITORS = Path(__file__).parents[2]
sys.path += [str(MONITORS / "spec"), str(MONITORS / "alerting" / "rota"), str(Path(__file__).parent)]
