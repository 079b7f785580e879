"""The words of NRQL: keywords, units of time, days."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, get_args

from monitors.nrql.tree import Unit

# A keyword that no attribute can be called without backquotes.
RESERVED: Final = frozenset(
    (
        *("SELECT", "FROM", "WHERE", "FACET", "SINCE", "UNTIL", "TIMESERIES", "WITH", "AS"),
        *("AND", "OR", "NOT", "IN", "IS", "LIKE", "RLIKE", "NULL", "TRUE", "FALSE"),
    )
)
# Keywords that are taken for a name where only a name can stand: New Relic's documentation reserves none of them.
SOFT: Final = frozenset(
    (
        *("LIMIT", "OFFSET", "ORDER", "BY", "ASC", "DESC", "COMPARE", "SLIDE", "EXTRAPOLATE", "PREDICT", "RAW"),
        *("JOIN", "INNER", "LEFT", "ON", "SHOW"),
    )
)
KEYWORDS: Final = RESERVED | SOFT

UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {spelling: unit for unit in get_args(Unit) for spelling in (unit, f"{unit}s")}
)
DAYS: Final = frozenset(
    ("today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
# `this hour` and `last hour` are documented for these units, and not for seconds, minutes or days.
PERIODS: Final = frozenset(("hour", "week", "month", "quarter", "year"))
# What begins a clause, in the order in which people mostly write them.
CLAUSES: Final = (
    *("SELECT", "FROM", "WHERE", "FACET", "SINCE", "UNTIL", "LIMIT", "TIMESERIES", "COMPARE WITH", "ORDER BY"),
    *("OFFSET", "WITH", "EXTRAPOLATE", "PREDICT", "SLIDE BY", "RAW", "JOIN", "INNER JOIN", "LEFT JOIN"),
)
# The words within clauses that a misspelt one may mean.
WITHIN_CLAUSES: Final = (
    *("AND", "OR", "NOT", "AS", "IS", "IN", "LIKE", "RLIKE", "NULL", "AUTO", "MAX", "AGO", "ASC", "DESC", "ON"),
    *("USING", "CASES", "METRIC_FORMAT", "TIMEZONE"),
)
# What may follow a whole clause, as an author is told.
MORE: Final = "a clause such as WHERE, FACET, SINCE, LIMIT or TIMESERIES"
