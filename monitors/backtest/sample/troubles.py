"""What goes wrong in the made-up week, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

# A Monday, midnight in Los Angeles; no change to or from daylight-saving time in the week.
START_SECONDS: Final = int(datetime(2026, 10, 5, 7, tzinfo=UTC).timestamp())
DAYS: Final = 7
END_SECONDS: Final = START_SECONDS + DAYS * 86_400


@dataclass(frozen=True)
class Trouble:
    """One trouble, from `start` (ISO, UTC) on: what it does to the requests and to the gauges while it lasts."""

    name: str
    start: str
    minutes: int
    error_percent: float = 0
    slowness: float = 1
    cost: float = 1
    memory_percent: float = 0
    connection_failures: int = 0  # in each of the reports, which come every 20 s
    healthy: bool = True
    silent: bool = False

    @property
    def start_seconds(self) -> int:
        """When it begins, in seconds since 1970."""
        return int(datetime.fromisoformat(self.start).replace(tzinfo=UTC).timestamp())

    @property
    def end_seconds(self) -> int:
        """When it is over."""
        return self.start_seconds + self.minutes * 60


TROUBLES: Final = (
    Trouble("The service fails at night", "2026-10-06T10:12", 5, error_percent=100, healthy=False),
    Trouble("Its process is gone", "2026-10-06T10:17", 12, silent=True, healthy=False),
    Trouble("The database refuses connections", "2026-10-06T21:40", 5, connection_failures=4),
    Trouble("The vendor is slow for an hour", "2026-10-07T18:00", 55, slowness=6),
    Trouble("A caller sends whole archives", "2026-10-08T17:30", 130, cost=4),
    Trouble("Failures that are over in seven minutes", "2026-10-09T02:30", 7, error_percent=95),
    Trouble("The vendor is overloaded", "2026-10-09T19:05", 35, error_percent=85),
    Trouble("Memory runs full", "2026-10-10T09:30", 6, memory_percent=46),
    Trouble("Nothing is heard of the service", "2026-10-11T20:00", 9, silent=True),
)

Moments = NDArray[np.int64]


def within(moments: Moments, meant: Callable[[Trouble], bool]) -> NDArray[np.bool_]:
    """Say for each moment (seconds) whether it lies in one of the troubles that are meant."""
    found = np.zeros(len(moments), dtype=bool)
    for trouble in filter(meant, TROUBLES):
        found |= (moments >= trouble.start_seconds) & (moments < trouble.end_seconds)
    return found


def during(moments: Moments, effect: Callable[[Trouble], float], usual: float) -> NDArray[np.float64]:
    """Return an effect of the troubles at each moment, and what is usual where there is none."""
    values = np.full(len(moments), usual)
    for trouble in TROUBLES:
        if effect(trouble) != usual:
            values[(moments >= trouble.start_seconds) & (moments < trouble.end_seconds)] = effect(trouble)
    return values
