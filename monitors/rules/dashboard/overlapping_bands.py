"""Bands over the same values: of two colours one is hidden, and nobody can say which."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import inf

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import Band, ChartWidget


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        if not isinstance(widget.spec, ChartWidget):
            continue
        for (_, one), (index, other) in combinations(enumerate(widget.spec.bands), 2):
            if one.column_name == other.column_name and one.severity != other.severity and _overlap(one, other):
                message = f"The bands {_range(one)} ({one.severity}) and {_range(other)} ({other.severity}) overlap."
                yield Finding(widget.subject, f"bands.{index}", message, "End the one where the other begins.")


def _overlap(one: Band, other: Band) -> bool:
    return max(_from(one), _from(other)) < min(_to(one), _to(other))


def _from(band: Band) -> float:
    return -inf if band.above is None else band.above


def _to(band: Band) -> float:
    return inf if band.below is None else band.below


def _range(band: Band) -> str:
    ends = [
        f"above {band.above:g}" if band.above is not None else "",
        f"below {band.below:g}" if band.below is not None else "",
    ]
    return " and ".join(end for end in ends if end)


CHECK = Check(
    code="dashboard/overlapping-bands",
    level=Level.WARNING,
    summary="Two bands of a widget cover the same values in different colours.",
    run=_run,
)
