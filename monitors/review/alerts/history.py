"""What recorded data would have opened before and after: how often, for how long, and how often somebody was paged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.spec import Stack
from monitors.words import counted, duration

if TYPE_CHECKING:
    from monitors.backtest.result import AlertHistory, Backtest
    from monitors.nrql.evaluator import Data

_TOPIC = "would have opened"


@dataclass(frozen=True, slots=True)
class History:
    """What one condition would have done with recorded data on one side; `fault` says why nothing is known of it."""

    opened: int = 0
    paged: int = 0
    paged_at_night: int = 0
    open_seconds: float = 0
    fault: str | None = None

    def __str__(self) -> str:
        """Return it as a list, such as `twice (open for 45 min in all, 2 pages, 1 at night)`."""
        if self.fault is not None:
            return "not known"
        if not self.opened:
            return "never"
        times = {1: "once", 2: "twice"}.get(self.opened, f"{self.opened:,} times")
        pages = f"{counted(self.paged, 'page')}, {self.paged_at_night} at night" if self.paged else "no page"
        return f"{times} (open for {duration(round(self.open_seconds / 60) * 60)} in all, {pages})"


@dataclass(frozen=True, slots=True)
class Histories:
    """What the conditions of one side would have done, by key, and how long the data is."""

    of: Mapping[str, History]
    days: str


def histories(stack: Stack, data: Data | None, keys: Sequence[str]) -> Histories | None:
    """Replay data through some conditions of a stack; None where there is no data or no condition."""
    if data is None or not keys:
        return None
    from monitors.backtest.run import NothingToReplay
    from monitors.nrql.evaluator import DataError, NotEvaluated

    try:
        return _replayed(stack, data, keys)
    except NothingToReplay as fault:
        return Histories({key: History(fault=f"{fault}") for key in keys}, "no time")
    except (DataError, NotEvaluated) as fault:
        if len(keys) == 1:
            return Histories({keys[0]: History(fault=f"{fault}")}, "no time")
    # One condition's fault is not to hide what the data says of the others.
    apart = [found for key in keys if (found := histories(stack, data, [key])) is not None]
    days = next((one.days for one in apart if one.days != "no time"), "no time")
    return Histories({key: one for found in apart for key, one in found.of.items()}, days)


def _replayed(stack: Stack, data: Data, keys: Sequence[str]) -> Histories:
    from monitors.backtest.run import backtest

    found = backtest(stack, data, name="the recorded data", alerts=keys)
    return Histories(
        {one.condition.key: _history(found, one) for one in found.alerts}, duration(found.until - found.since)
    )


def compared(before: History | None, after: History | None, days: str) -> Iterator[Finding]:
    """Yield what recorded data says of both sides; None is a side without the condition, or without data."""
    faults = {side: one.fault for side, one in (("before", before), ("after", after)) if one and one.fault}
    if faults:
        reasons = {fault.rstrip(".") for fault in faults.values()}
        told = reasons.pop() if len(reasons) == 1 else "; ".join(f"{side}: {one}" for side, one in faults.items())
        says = f"Recorded data says nothing of it, because {told}"
        yield Finding(_TOPIC, says, Danger.HARMLESS, stands_alone=True)
        return
    was, now = (None if one is None else str(one) for one in (before, after))
    if after is None and before is not None:
        says = f"In {days} of recorded data it would have opened {was}"
    elif before is None:
        says = f"In {days} of recorded data it would have opened {now}"
    else:
        says = f"In {days} of recorded data it would have opened {now}; before: {was}"
    yield Finding(_TOPIC, says, Danger.HARMLESS, "", was, now, stands_alone=True)


def _history(found: Backtest, alert: AlertHistory) -> History:
    if alert.coverage.kind == "disabled":
        return History()
    if alert.coverage.kind != "judged":
        return History(fault=alert.coverage.fault)
    pages = [page for opening in alert.openings if (page := opening.page) is not None]
    return History(
        opened=len(alert.openings),
        paged=len(pages),
        paged_at_night=sum(bool(page.woken) and found.hours.is_night(page.at) for page in pages),
        open_seconds=alert.total_seconds,
    )
