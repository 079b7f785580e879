"""The buckets of `histogram()`: which values each stands for, and how many there are in each."""

from __future__ import annotations

from dataclasses import dataclass

from monitors.nrql.evaluator.arguments import constant_number, named, positional
from monitors.nrql.tree import Call, Query
from monitors.nrql.walk import walk
from monitors.pictures.answers import Answer
from monitors.pictures.drawing import Refused
from monitors.pictures.tables import moment
from monitors.pictures.units import figure


@dataclass(frozen=True)
class Buckets:
    """Equal stretches of values from `start` on; the first and the last hold what lies outside too."""

    start: float
    step: float
    count: int

    @property
    def end(self) -> float:
        """The end of the last."""
        return self.start + self.step * self.count

    def told(self, place: int, unit: str) -> str:
        """Return the values of a bucket, such as `500 to 1,000 ms`."""
        low = self.start + self.step * place
        return f"{figure(low)} to {figure(low + self.step, unit)}"


@dataclass(frozen=True)
class Counts:
    """How many values each bucket has, of one facet or of one stretch of time."""

    name: str
    counts: tuple[float, ...]


def buckets_of(query: Query, kind: str) -> Buckets:
    """Return the buckets that a query asks for. Raises `Refused` where it has no histogram()."""
    calls = [node for node in walk(query) if isinstance(node, Call) and node.function.lower() == "histogram"]
    if not calls:
        raise Refused(f"A {kind} is drawn from histogram(), which this query does not select.")
    places = positional(calls[0], 1, 4)[1:]
    # The defaults are the evaluator's, from docs.newrelic.com, "NRQL reference".
    width, count, start = (
        constant_number(named(calls[0], name) or (places[at] if at < len(places) else None), name, usual)
        for at, (name, usual) in enumerate((("width", 10), ("buckets", 40), ("start", 0)))
    )
    return Buckets(start, width / int(count), int(count))


def counts_of(answer: Answer, zone: object) -> tuple[Counts, ...]:
    """Return the counts of each row: of a facet, of a stretch of time, or of all."""
    over_time = answer.query.timeseries is not None
    return tuple(
        Counts(
            moment(row.begin, zone) if over_time else ", ".join(row.facet),
            tuple(float(one) if isinstance(one, (int, float)) else 0.0 for one in row.values[0]),
        )
        for row in answer.result.rows
        if isinstance(row.values[0], list)
    )
