"""Exact schedule maths: shifts over clock changes, what a calendar leaves open, and how the load is shared."""

from monitors.alerting.rota.calendar import Calendar, Double, Gap, Rota, calendar
from monitors.alerting.rota.clock import ClockChange
from monitors.alerting.rota.fairness import LevelLoad, Load, fairness
from monitors.alerting.rota.shifts import Shift, shifts
from monitors.alerting.rota.turns import Override, Turn, turn_at

__all__ = [
    "Calendar",
    "ClockChange",
    "Double",
    "Gap",
    "LevelLoad",
    "Load",
    "Override",
    "Rota",
    "Shift",
    "Turn",
    "calendar",
    "fairness",
    "shifts",
    "turn_at",
]
