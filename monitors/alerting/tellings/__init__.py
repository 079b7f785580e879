"""Who is told of issues, for all moments at which they may open at once; `monitors.alerting.paths` does it for one."""

from monitors.alerting.tellings.issues import Tellings
from monitors.alerting.tellings.ladder import longest_wait
from monitors.alerting.tellings.services import Sureness
from monitors.alerting.tellings.telling import TICK, Kind, Telling

__all__ = ["TICK", "Kind", "Sureness", "Telling", "Tellings", "longest_wait"]
