"""The words of NRQL: keywords, units of time, days."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

# A keyword that no attribute can be called without backquotes.
RESERVED: Final = frozenset(
    [
        "SELECT",
        "FROM",
        "WHERE",
        "FACET",
        "SINCE",
        "UNTIL",
        "TIMESERIES",
        "WITH",
        "AS",
        "AND",
        "OR",
        "NOT",
        "IN",
        "IS",
        "LIKE",
        "RLIKE",
        "NULL",
        "TRUE",
        "FALSE",
    ]
)
# Keywords that are taken for a name where only a name can stand: New Relic's documentation reserves none of them.
SOFT: Final = frozenset(
    [
        "LIMIT",
        "OFFSET",
        "ORDER",
        "BY",
        "COMPARE",
        "EXTRAPOLATE",
        "PREDICT",
        "RAW",
        "SLIDE",
        "JOIN",
        "INNER",
        "LEFT",
        "ON",
        "ASC",
        "DESC",
        "SHOW",
    ]
)
KEYWORDS: Final = RESERVED | SOFT

UNITS: Final = MappingProxyType(
    {
        spelling: unit
        for unit in ("millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year")
        for spelling in (unit, f"{unit}s")
    }
)
DAYS: Final = frozenset(
    ["today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)
# `this hour` and `last hour` are documented for these, and for no day or second.
PERIODS: Final = frozenset(["hour", "week", "month", "quarter", "year"])
# What begins a clause, in the order in which people mostly write them.
CLAUSES: Final = (
    "SELECT",
    "FROM",
    "WHERE",
    "FACET",
    "SINCE",
    "UNTIL",
    "LIMIT",
    "TIMESERIES",
    "COMPARE WITH",
    "ORDER BY",
    "OFFSET",
    "WITH",
    "EXTRAPOLATE",
    "PREDICT",
    "SLIDE BY",
    "RAW",
)
