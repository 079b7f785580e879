"""A second, slow way to the value of a window: plain Python over the rows in it, one function for each query."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Rows = Sequence[Mapping[str, Any]]
Number = float | None


@dataclass(frozen=True)
class Asked:
    """A query and what it gives for the rows of a window that pass its WHERE; `where` and `facet` are its clauses'."""

    query: str
    value: Callable[[Rows], Number]
    where: Callable[[Mapping[str, Any]], bool] = lambda row: True
    facet: str | None = None


def numbers(rows: Rows, name: str = "v") -> list[float]:
    """Return the numbers among an attribute's values."""
    return [
        float(row[name]) for row in rows if isinstance(row.get(name), (int, float)) and not isinstance(row[name], bool)
    ]


def average(values: Sequence[float]) -> Number:
    return math.fsum(values) / len(values) if values else None


def percentile(values: Sequence[float], point: float) -> Number:
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * point / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def quotient(above: Number, below: Number) -> Number:
    return None if above is None or not below else above / below


def latest(rows: Rows, name: str = "v") -> Number:
    """Return the last value, None where it is no number; of several at one time the one that was recorded last."""
    present = [row for row in rows if row.get(name) is not None]
    if not present:
        return None
    last = max(present, key=lambda row: (row["timestamp"], row["at"]))[name]
    return float(last) if isinstance(last, (int, float)) and not isinstance(last, bool) else None


def different(rows: Rows, name: str = "v") -> float:
    return float(
        len({(type(row[name]) is str, type(row[name]) is bool, row[name]) for row in rows if row.get(name) is not None})
    )


def having(rows: Rows, state: str) -> Rows:
    return [row for row in rows if row.get("state") == state]


def _bad_share(rows: Rows) -> Number:
    return quotient(100.0 * len(having(rows, "bad")), len(rows))


ASKED = (
    Asked("SELECT count(*)", lambda rows: float(len(rows))),
    Asked("SELECT count(v)", lambda rows: float(sum(row.get("v") is not None for row in rows))),
    Asked("SELECT sum(v)", lambda rows: math.fsum(numbers(rows))),
    Asked("SELECT average(v)", lambda rows: average(numbers(rows))),
    Asked("SELECT min(v)", lambda rows: min(numbers(rows), default=None)),
    Asked("SELECT max(v) - min(v)", lambda rows: max(numbers(rows)) - min(numbers(rows)) if numbers(rows) else None),
    Asked("SELECT filter(count(*), WHERE state = 'bad') / count(*) * 100", _bad_share),
    Asked("SELECT percentage(count(*), WHERE state = 'bad')", _bad_share),
    Asked("SELECT filter(average(v), WHERE state != 'bad')", lambda rows: average(numbers(having(rows, "good")))),
    Asked(
        "SELECT filter(sum(v), WHERE state = 'bad') / clamp_min(filter(sum(v), WHERE v > 0), 5)",
        lambda rows: (
            math.fsum(numbers(having(rows, "bad"))) / max(math.fsum(one for one in numbers(rows) if one > 0), 5.0)
        ),
    ),
    Asked("SELECT average(v) OR 7", lambda rows: 7.0 if average(numbers(rows)) is None else average(numbers(rows))),
    Asked("SELECT percentile(v, 95)", lambda rows: percentile(numbers(rows), 95)),
    Asked("SELECT median(v) + count(*)", lambda rows: _sum(percentile(numbers(rows), 50), float(len(rows)))),
    Asked("SELECT uniqueCount(v)", different),
    Asked("SELECT latest(v)", latest),
    Asked(
        "SELECT sum(v) WHERE state = 'good' AND v > -2",
        lambda rows: math.fsum(numbers(rows)),
        lambda row: row.get("state") == "good" and bool(numbers([row])) and row["v"] > -2,
    ),
    Asked("SELECT average(v) FACET state", lambda rows: average(numbers(rows)), facet="state"),
    Asked("SELECT percentile(v, 50) FACET state", lambda rows: percentile(numbers(rows), 50), facet="state"),
    Asked("SELECT count(*) WHERE state IS NOT NULL", lambda rows: float(len(rows)), lambda row: bool(row.get("state"))),
)


def _sum(first: Number, second: Number) -> Number:
    return None if first is None or second is None else first + second


def windows(asked: Asked, rows: Rows, length: int, slide: int) -> dict[tuple[tuple[str, ...], int], Number]:
    """Return the value of every window that holds a point, by facet and end."""
    found: dict[tuple[tuple[str, ...], int], list[Mapping[str, Any]]] = {}
    for row in rows:
        if not asked.where(row) or (asked.facet is not None and row.get(asked.facet) is None):
            continue
        facet = () if asked.facet is None else (str(row[asked.facet]),)
        end = (math.floor(row["timestamp"] / slide) + 1) * slide
        for one in range(end, end + length, slide):
            found.setdefault((facet, one), []).append(row)
    return {key: asked.value(inside) for key, inside in found.items()}
