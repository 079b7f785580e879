"""TIMESERIES: into which stretches of time a query's range is cut.

docs.newrelic.com, "Set a query's time range": buckets are counted back from the end, and the beginning moves so that
the first is whole. "NRQL reference": at most 366 of them; AUTO makes 30 minutes of a day and 6 hours of a week; MAX
makes 4 minutes of a day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from monitors.nrql.evaluator.arguments import seconds
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.tree import Step, Timeseries, Variable

MOST_BUCKETS: Final = 366
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
# Longest range and width. Only a day and a week are documented; an hour in minutes and 6 hours in quarters of an hour
# have been observed (qiita.com/shu85t/items/85f156474e99457e3d0f); what lies between them is this evaluator's choice.
_AUTO: Final = (
    (_HOUR, _MINUTE),
    (3 * _HOUR, 5 * _MINUTE),
    (6 * _HOUR, 15 * _MINUTE),
    (_DAY, 30 * _MINUTE),
    (3 * _DAY, 3 * _HOUR),
    (7 * _DAY, 6 * _HOUR),
    (366 * _DAY, _DAY),
)


@dataclass(frozen=True, slots=True)
class Buckets:
    """Stretches of `width` seconds, `slide` apart; the first begins at `since`, the last ends at `until`."""

    since: float
    until: float
    width: float
    slide: float
    count: int

    def begin(self, number: int) -> float:
        """Return when a bucket begins."""
        return self.since + number * self.slide


def buckets_of(timeseries: Timeseries, since: float, until: float) -> Buckets:
    """Return the buckets of a range. Raises `NotEvaluated` for none and for too many."""
    length = until - since
    width = _width(timeseries.step, length)
    slide = width if timeseries.slide_by is None else _width(timeseries.slide_by, length)
    count = math.floor((length - width) / slide + 1e-9) + 1
    if count < 1:
        raise NotEvaluated(f"a bucket of {width:g} s is longer than the time range of {length:g} s; shorten it")
    if count > MOST_BUCKETS:
        raise NotEvaluated(
            f"{length:g} s in steps of {slide:g} s are {count:,} buckets; New Relic returns at most {MOST_BUCKETS}"
        )
    return Buckets(until - width - (count - 1) * slide, until, width, slide, count)


def _width(step: Step | None, length: float) -> float:
    width = "AUTO" if step is None else step.width
    if width == "AUTO":
        return next((width for longest, width in _AUTO if length <= longest), _at_most(length))
    if width == "MAX":
        return _at_most(length)
    if isinstance(width, Variable):
        raise NotEvaluated(f"the template variable {{{{{width.name}}}}} as a step is not evaluated")
    found = seconds(width, "a step of TIMESERIES")
    if found <= 0:
        raise NotEvaluated("a step of TIMESERIES has to be longer than nothing")
    return found


def _at_most(length: float) -> float:
    """Return the shortest width, in whole minutes, or whole seconds below one, that makes no more than 366 buckets."""
    unit = _MINUTE if length / MOST_BUCKETS > _MINUTE else 1
    return math.ceil(length / MOST_BUCKETS / unit) * unit
