"""What another figure of traffic changes: nothing at any vendor, but what the checks hold thresholds against."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.findings import Finding, alone, changed
from monitors.review.matching import matched
from monitors.review.upkeep import names
from monitors.spec import Traffic
from monitors.words import listed, number

_KIND = "traffic"
_RATES: Final = {
    "peak_per_minute": "at the busiest",
    "typical_per_minute": "as a rule",
    "quiet_per_minute": "in the quietest hours",
}
_MEANING: Final = "only the checks of thresholds reckon with it, nothing is provisioned"


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each stated traffic that differs."""
    before, after = context.before.traffic, context.after.traffic
    if before == after:
        return
    matches = matched(before, after, _essence)
    for old, new in (*matches.pairs, *matches.renamed):
        if old != new:
            yield changed(_KIND, Area.UPKEEP, old, new, _findings(old, new))
    for one in matches.added:
        says = f"is stated: {number(one.typical_per_minute)} a minute as a rule; {_MEANING}"
        yield alone(_KIND, Area.UPKEEP, one, Operation.ADDED, Danger.HARMLESS, says, [])
    for one in matches.removed:
        says = "is not stated any more: the checks do not reckon with traffic for it"
        yield alone(_KIND, Area.UPKEEP, one, Operation.REMOVED, Danger.HARMLESS, says, [])


def _essence(traffic: Traffic) -> tuple[Hashable, ...]:
    return (traffic.counts,)


def _findings(old: Traffic, new: Traffic) -> Iterator[Finding]:
    for field, when in _RATES.items():
        was, now = (number(getattr(one, field)) for one in (old, new))
        if was != now:
            says = f"counts {now} a minute {when}, before {was}"
            yield Finding("traffic", says, Danger.HARMLESS, _MEANING, was, now, field)
    if old.counts != new.counts:
        was, now = listed(old.counts), listed(new.counts)
        yield Finding("counts", f"is of {now}, before of {was}", Danger.HARMLESS, _MEANING, was, now, "counts")
    yield from names.findings(old, new, "basis", "key")
