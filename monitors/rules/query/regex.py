"""Regular expressions that RE2 does not take: New Relic's RLIKE and capture() are RE2's.

RE2 has no look-ahead, look-behind or back-references. duckdb's regular expressions are RE2's too, so that its answer is
the answer; it is asked only where a query has an expression at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from monitors.nrql.tree import Pattern
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery

_ELSEWHERE: Final = {
    "(?=": "look-ahead (?=",
    "(?!": "look-ahead (?!",
    "(?<=": "look-behind (?<=",
    "(?<!": "look-behind (?<!",
    "(?>": "an atomic group (?>",
}


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.all(Pattern):
        reason = refusal(node.value)
        if reason:
            yield in_query(
                query,
                node.span,
                f"The regular expression {_cut(node.value)} is not RE2's, which New Relic reads it by: {reason}.",
                "Write it without; what look-ahead excludes, a second condition with NOT RLIKE does too.",
            )


@cache
def refusal(pattern: str) -> str:
    """Return why RE2 does not take a pattern; empty when it does."""
    import duckdb

    try:
        duckdb.execute("SELECT regexp_full_match('', ?)", [pattern]).fetchone()
    except duckdb.Error as fault:
        known = next((name for sign, name in _ELSEWHERE.items() if sign in pattern), None)
        told = str(fault).splitlines()[0].partition(": ")[2] or str(fault).splitlines()[0]
        return f"it has no {known}" if known else told.rstrip(".")
    return ""


def _cut(pattern: str) -> str:
    return pattern if len(pattern) <= 60 else f"{pattern[:60]}..."


CHECK = Check(
    code="query/regex",
    level=Level.ERROR,
    summary="A regular expression is not RE2's, which New Relic reads it by.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
