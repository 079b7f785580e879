"""What becomes of an alert: when it opens and closes, who is told, in which order and when.

`replay`, which needs numpy, is imported from `monitors.alerting.replaying`.
"""

from monitors.alerting.incidents import (
    Aggregate,
    Closed,
    ClosedWindow,
    Facet,
    Incident,
    Opened,
    Point,
    Transition,
)
from monitors.alerting.issues import Issue, issues_of
from monitors.alerting.notifications import Notification, Paged, notify
from monitors.alerting.simulator import ConditionSimulator, incidents_of, simulate

__all__ = [
    "Aggregate",
    "Closed",
    "ClosedWindow",
    "ConditionSimulator",
    "Facet",
    "Incident",
    "Issue",
    "Notification",
    "Opened",
    "Paged",
    "Point",
    "Transition",
    "incidents_of",
    "issues_of",
    "notify",
    "simulate",
]
