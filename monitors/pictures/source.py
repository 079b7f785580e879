"""What pictures are drawn from: recorded rows, the moment that is now, and whose clocks times are told on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from monitors.backtest.marks import MADE_UP
from monitors.nrql.evaluator import Data


@dataclass(frozen=True)
class Source:
    """`name` is what people call the data; `now_seconds` is the moment that `SINCE 1 hour ago` counts from."""

    data: Data
    name: str
    now_seconds: float
    time_zone: str = "UTC"

    @cached_property
    def made_up(self) -> bool:
        """Whether any of the rows says that nobody measured it."""
        return MADE_UP in self.data.attributes(frozenset(self.data.event_types))

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.time_zone)


def end_of(data: Data) -> float:
    """Return a moment right after the last row, which is now for data that was recorded; 0 where there is no row."""
    span = data.time_span()
    return 0.0 if span is None else span[1] + 0.001
