"""What a backtest found: each alert with the incidents it would have opened, who was told, and what was missing.

All times are seconds since 1970, all durations seconds.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from monitors.alerting.notifications import Kind
from monitors.alerting.replaying import SignalWindows
from monitors.backtest.hours import Hours
from monitors.spec import NrqlCondition

Facet = tuple[str, ...]


@dataclass(frozen=True)
class Reached:
    """Whom a page notifies at one level, by role, if nobody has acknowledged it until then."""

    after_minutes: int
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """One channel that was told of an incident for the first time; `levels` only where it pages.

    A page that is `grouped` was added to a PagerDuty incident that was open already: it notifies nobody anew.
    """

    channel: str
    kind: Kind
    at: float
    levels: tuple[Reached, ...] = ()
    is_urgent: bool = True
    grouped: bool = False

    @property
    def woken(self) -> tuple[str, ...]:
        """Who is notified at once, by role; nobody by a page of low urgency, nor by a grouped one."""
        return self.levels[0].roles if self.levels and self.is_urgent and not self.grouped else ()


@dataclass(frozen=True)
class Opening:
    """One incident that an alert would have opened.

    `ended_at` is when it closed or, where it is `still_open`, the end of the data. `over_at` is from when on the signal
    was well again: New Relic closes an incident later, after good values for as long as the threshold asks. One that
    `joined` was told of by an earlier incident of its issue; `muted_by` is the rule that kept it from everybody.
    """

    facet: Facet
    priority: Literal["critical", "warning"]
    cause: Literal["threshold", "loss of signal"]
    opened_at: float
    ended_at: float
    still_open: bool
    closed_because: str | None
    value: float | None
    over_at: float
    notices: tuple[Notice, ...] = ()
    muted_by: str | None = None
    joined: bool = False

    @property
    def seconds(self) -> float:
        """How long it was open."""
        return self.ended_at - self.opened_at

    @property
    def page(self) -> Notice | None:
        """The page it sent, None where it sent none or one that was grouped with another."""
        return next((notice for notice in self.notices if notice.kind == "page" and not notice.grouped), None)

    def is_brief(self, minutes: float) -> bool:
        """Say whether the trouble was over within so many minutes after it opened: a hint at a false alarm."""
        return not self.still_open and self.over_at - self.opened_at <= minutes * 60


@dataclass(frozen=True)
class Coverage:
    """What data a condition found.

    `fault` says why it could not be judged: there was no data, or its query cannot be evaluated here; None otherwise.
    """

    points: int
    facets: int
    windows: int
    windows_without_value: int
    fault: str | None = None
    next_step: str = ""
    kind: Literal["judged", "no data", "no value", "not evaluated", "disabled"] = "judged"


@dataclass(frozen=True)
class AlertHistory:
    """One alert over the whole time; `windows` is its signal, None where there was none."""

    condition: NrqlCondition
    policy: str
    coverage: Coverage
    openings: tuple[Opening, ...] = ()
    windows: SignalWindows | None = None

    @property
    def total_seconds(self) -> float:
        """How long its incidents were open, all added up."""
        return sum(opening.seconds for opening in self.openings)

    @property
    def longest_seconds(self) -> float:
        """How long the longest was open, 0 without any."""
        return max((opening.seconds for opening in self.openings), default=0.0)

    @property
    def median_seconds(self) -> float:
        """The median of how long they were open, 0 without any."""
        return statistics.median(opening.seconds for opening in self.openings) if self.openings else 0.0

    def brief(self, minutes: float) -> tuple[Opening, ...]:
        """Return the incidents whose trouble was over within so many minutes."""
        return tuple(opening for opening in self.openings if opening.is_brief(minutes))


@dataclass(frozen=True)
class Overlap:
    """Two alerts (by key) that were open at the same time: how often, and for how long.

    `alike_percent` is the share of the time that either was open; `share_percent` of that of the lesser one, which is
    100 for everything that happens while a long incident is open.
    """

    first: str
    second: str
    times: int
    seconds: float
    alike_percent: float
    share_percent: float


@dataclass(frozen=True)
class Source:
    """What was read: the file's or folder's name and how many rows it holds; `made_up` where nobody measured them."""

    name: str
    rows: int
    made_up: bool = False


@dataclass(frozen=True)
class Backtest:
    """Recorded data through the alerts of a stack, from `since` to before `until`."""

    stack: str
    since: float
    until: float
    hours: Hours
    source: Source
    alerts: tuple[AlertHistory, ...]
    overlaps: tuple[Overlap, ...]
    brief_minutes: float

    @cached_property
    def openings(self) -> tuple[tuple[AlertHistory, Opening], ...]:
        """Every incident with its alert, in the order of time."""
        every = [(alert, opening) for alert in self.alerts for opening in alert.openings]
        return tuple(sorted(every, key=lambda pair: (pair[1].opened_at, pair[0].condition.key, pair[1].facet)))

    @property
    def opened(self) -> tuple[AlertHistory, ...]:
        """The alerts that opened, the gravest first, then those that opened most."""
        found = (alert for alert in self.alerts if alert.openings)
        return tuple(sorted(found, key=lambda alert: (alert.condition.severity, -len(alert.openings))))

    @property
    def pages(self) -> Iterator[tuple[AlertHistory, Opening, Notice]]:
        """Every page with the incident that sent it, in the order of time."""
        for alert, opening in self.openings:
            if opening.page is not None:
                yield alert, opening, opening.page

    @property
    def brief(self) -> tuple[tuple[AlertHistory, Opening], ...]:
        """The incidents whose trouble was over within `brief_minutes`."""
        return tuple(pair for pair in self.openings if pair[1].is_brief(self.brief_minutes))

    @property
    def judged(self) -> tuple[AlertHistory, ...]:
        """The alerts that found data."""
        return tuple(alert for alert in self.alerts if alert.coverage.kind == "judged")

    @property
    def unjudged(self) -> tuple[AlertHistory, ...]:
        """The alerts that nothing can be said of, each with the reason in its coverage."""
        return tuple(alert for alert in self.alerts if alert.coverage.kind != "judged")
