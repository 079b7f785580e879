"""The table of NRQL's functions.

Sources: New Relic's "NRQL reference" (docs.newrelic.com/docs/nrql/nrql-syntax-clauses-functions) for names, arguments
and results, "NRQL: Facet results by time" for the `...Of` functions, "Create NRQL alert conditions" for what an alert
condition takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from monitors.nrql.tree import Call

Kind = Literal["aggregate", "row"]
Result = Literal["number", "text", "boolean", "list", "map", "any"]
InAlerts = Literal["documented", "seen", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class Function:
    """One function: what it takes and gives.

    `least` and `most` count arguments by place; `named` are those by name. `takes_where` says that one of them is a
    `WHERE ...`. `in_alerts` says what is known of alert conditions: New Relic's documentation lists it, New Relic's own
    published conditions use it, the documentation refuses it, or nothing is known.
    """

    name: str
    kind: Kind
    least: int
    most: int | None
    named: frozenset[str] = frozenset()
    takes_where: bool = False
    result: Result = "number"
    in_alerts: InAlerts = "unknown"


def _aggregates() -> Iterator[Function]:
    for name in ("average", "count", "max", "min", "sum"):
        yield Function(name, "aggregate", 1, 1, in_alerts="documented")
    yield Function("latest", "aggregate", 1, 1, result="any", in_alerts="documented")
    yield Function("percentile", "aggregate", 1, None, in_alerts="documented")
    yield Function("uniqueCount", "aggregate", 1, 32, frozenset({"precision"}), in_alerts="documented")
    yield Function("apdex", "aggregate", 1, 1, frozenset({"t"}), in_alerts="documented")
    yield Function("percentage", "aggregate", 2, 2, takes_where=True, in_alerts="documented")
    yield Function("filter", "aggregate", 2, 2, takes_where=True, in_alerts="seen")
    yield Function("rate", "aggregate", 1, 2, in_alerts="seen")
    for name in ("median", "stddev", "stdvar"):
        yield Function(name, "aggregate", 1, 1)
    yield Function("earliest", "aggregate", 1, 1, result="any")
    for name in ("derivative", "predictLinear"):
        yield Function(name, "aggregate", 1, 2)
    yield Function("latestrate", "aggregate", 2, 2)
    yield Function("cdfPercentage", "aggregate", 2, 11)
    yield Function("bucketPercentile", "aggregate", 1, None)
    yield Function("aggregationendtime", "aggregate", 0, 0)
    yield Function("uniques", "aggregate", 1, 2, result="list")
    yield Function("keyset", "aggregate", 0, 0, result="map")
    yield Function("funnel", "aggregate", 3, 11, takes_where=True, result="list")
    yield Function(
        "histogram", "aggregate", 1, 4, frozenset({"width", "buckets", "start"}), result="list", in_alerts="refused"
    )
    yield Function("bytecountestimate", "aggregate", 0, 0, in_alerts="refused")
    yield Function("cardinality", "aggregate", 0, 1, frozenset({"include", "exclude"}), in_alerts="refused")


def _rows() -> Iterator[Function]:
    yield Function("if", "row", 2, 3, result="any", in_alerts="seen")
    yield from _conversions()
    yield from _texts()
    yield from _numbers()
    yield from _times()
    yield Function("eventType", "row", 0, 0, result="text")
    yield Function("accountId", "row", 0, 0)
    yield Function("getField", "row", 2, 2, result="any")
    yield Function("getCdfCount", "row", 2, 2)
    yield Function("buckets", "row", 2, 3, result="text")
    yield Function("dimensions", "row", 0, 0, frozenset({"include", "exclude"}), result="map")
    yield Function("contains", "row", 2, 2, result="boolean")
    yield Function("tuple", "row", 1, None, result="list")
    yield Function("jparse", "row", 1, 2, result="any")
    for name in ("mapKeys", "mapValues"):
        yield Function(name, "row", 1, 1, result="list")


def _conversions() -> Iterator[Function]:
    yield Function("numeric", "row", 1, 1)
    yield Function("boolean", "row", 1, 1, result="boolean")
    yield Function("string", "row", 1, 1, frozenset({"precision"}), result="text")
    yield Function("convert", "row", 3, 3)
    yield Function("cidrAddress", "row", 1, 3, result="text")
    for name in ("encode", "decode"):
        yield Function(name, "row", 2, 2, result="text")
    yield Function("blob", "row", 1, 1, result="text")


def _texts() -> Iterator[Function]:
    yield Function("concat", "row", 0, 20, frozenset({"precision"}), result="text")
    for name in ("lower", "upper"):
        yield Function(name, "row", 1, 1, result="text")
    yield Function("length", "row", 1, 1)
    yield Function("substring", "row", 2, 3, result="text")
    for name in ("position", "indexOf"):
        yield Function(name, "row", 2, 3)
    for name in ("capture", "aparse"):
        yield Function(name, "row", 2, 2, result="text")


def _numbers() -> Iterator[Function]:
    yield Function("mod", "row", 2, 2)
    yield Function("round", "row", 1, 2)
    for name in ("abs", "floor", "ceil", "sqrt", "exp", "ln", "log2", "log10"):
        yield Function(name, "row", 1, 1)
    yield Function("clamp_min", "row", 2, 2)
    yield Function("clamp_max", "row", 2, 2, in_alerts="seen")
    for name in ("pow", "log"):
        yield Function(name, "row", 2, 2)


def _times() -> Iterator[Function]:
    for name in ("yearOf", "quarterOf", "monthOf", "weekdayOf", "dayOfMonthOf", "daysInMonthOf", "hourOf", "minuteOf"):
        yield Function(name, "row", 1, 2, result="any")
    for name in ("weekOf", "dateOf"):
        yield Function(name, "row", 1, 1, result="text")
    for name in ("toDatetime", "fromTimestamp"):
        yield Function(name, "row", 1, 3, frozenset({"timezone"}), result="text")
    for name in ("toTimestamp", "fromDatetime"):
        yield Function(name, "row", 1, 3, frozenset({"timezone"}))


FUNCTIONS: Final = MappingProxyType({one.name.lower(): one for one in (*_aggregates(), *_rows())})

# How PREDICT foresees: "NRQL predictions" (docs.newrelic.com, nrql-predictions) knows one method.
METHODS: Final = MappingProxyType(
    {
        "holtwinters": Function(
            "holtwinters", "row", 0, 0, frozenset({"seasonality", "alpha", "beta", "gamma", "phi"}), in_alerts="refused"
        )
    }
)


def is_aggregate(call: Call) -> bool:
    """Say whether a call takes many rows and gives one value."""
    found = FUNCTIONS.get(call.function.lower())
    return found is not None and found.kind == "aggregate"
