"""Words of other query languages that people write in NRQL, and what NRQL has instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Words of SQL that NRQL has not: what does the same.
SQL: Final[Mapping[str, tuple[str, str | None]]] = {
    "GROUP": ("NRQL groups with FACET", "FACET"),
    "HAVING": (
        "NRQL has no HAVING; filter the facets of a nested query",
        "FROM (SELECT ... FACET ...) SELECT ... WHERE ...",
    ),
    "DISTINCT": ("NRQL has no DISTINCT", "uniques(attribute) or uniqueCount(attribute)"),
    "BETWEEN": ("NRQL has no BETWEEN", "attribute >= low AND attribute <= high"),
    "CASE": ("NRQL has no CASE", "if(condition, value, other) or FACET CASES (WHERE ...)"),
    "WHEN": ("NRQL has no CASE", "if(condition, value, other) or FACET CASES (WHERE ...)"),
    "ILIKE": ("LIKE itself makes no difference between upper and lower case", "LIKE"),
    "REGEXP": ("NRQL matches regular expressions with RLIKE", "RLIKE r'...'"),
    "MATCHES": ("NRQL matches regular expressions with RLIKE", "RLIKE r'...'"),
    "CONTAINS": ("NRQL finds a part of a text with LIKE", "LIKE '%...%'"),
    "ESCAPE": ("NRQL has no ESCAPE", None),
    "UNION": ("NRQL has no UNION; several event types stand in one FROM", "FROM One, Other"),
    "EXISTS": ("NRQL has no EXISTS", "IS NOT NULL or IN (subquery)"),
    "TOP": ("NRQL has no TOP", "LIMIT"),
    "OUTER": ("NRQL joins INNER or LEFT", "LEFT JOIN"),
    "RIGHT": ("NRQL joins INNER or LEFT", "LEFT JOIN"),
    "FULL": ("NRQL joins INNER or LEFT", "LEFT JOIN"),
    "INTERVAL": ("NRQL writes a duration without INTERVAL", "5 minutes"),
    "BUCKET": ("NRQL splits time with TIMESERIES", "TIMESERIES"),
}
STATEMENTS: Final = frozenset(("INSERT", "UPDATE", "DROP", "CREATE", "ALTER", "DELETE"))
UNITS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ms", "msec", "millis"), "milliseconds"),
    **dict.fromkeys(("s", "sec", "secs"), "seconds"),
    **dict.fromkeys(("m", "min", "mins"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs"), "hours"),
    "d": "days",
    **dict.fromkeys(("w", "wk", "wks"), "weeks"),
    **dict.fromkeys(("mo", "mon"), "months"),
    **dict.fromkeys(("y", "yr", "yrs"), "years"),
}
# Functions of other query languages, in lower case: what NRQL has instead.
FUNCTIONS: Final[Mapping[str, str]] = {
    "avg": "average",
    "mean": "average",
    "avg_over_time": "average",
    "distinct": "uniques",
    "unique": "uniques",
    "countdistinct": "uniqueCount",
    "count_distinct": "uniqueCount",
    "approx_count_distinct": "uniqueCount",
    "stdev": "stddev",
    "variance": "stdvar",
    "quantile": "percentile",
    "p95": "percentile(..., 95)",
    "p99": "percentile(..., 99)",
    "first": "earliest",
    "last": "latest",
    "iff": "if",
    "iif": "if",
    "case": "if",
    "coalesce": "OR, as in (attribute OR 0)",
    "ifnull": "OR, as in (attribute OR 0)",
    "nvl": "OR, as in (attribute OR 0)",
    "substr": "substring",
    "strpos": "position",
    "instr": "position",
    "lcase": "lower",
    "tolower": "lower",
    "ucase": "upper",
    "toupper": "upper",
    "len": "length",
    "size": "length",
    "tostring": "string",
    "tonumber": "numeric",
    "cast": "numeric, string or boolean",
    "power": "pow",
    "ceiling": "ceil",
    "least": "clamp_max",
    "greatest": "clamp_min",
    "regexp_extract": "capture",
    "extract": "capture",
    "parse_json": "jparse",
}
