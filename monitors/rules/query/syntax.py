"""Queries that are no NRQL: New Relic takes them on apply or shows an empty chart, and says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for query in review.queries:
        fault = query.fault
        if fault is None:
            continue
        place = f"line {fault.line}, column {fault.column}" if "\n" in query.text else f"column {fault.column}"
        reason = fault.reason.rstrip(".")
        message = f"The query cannot be read at {place}: {reason}."
        yield in_query(
            query, (fault.offset, fault.offset + fault.length), message, _advice(fault.expected, fault.suggestion)
        )


def _advice(expected: tuple[str, ...], suggestion: str | None) -> str:
    if suggestion:
        return f"Did you mean {suggestion}?"
    return (
        f"Expected here: {', '.join(expected)}."
        if expected
        else "Mend this place first: what follows it has not been read."
    )


CHECK = Check(
    code="query/syntax",
    level=Level.ERROR,
    summary="A query cannot be read as NRQL.",
    run=_run,
    for_loose_queries=True,
)
