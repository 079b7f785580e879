"""Queries on the results of a synthetic monitor that does not exist: nothing comes, and no alert opens."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.suggestions import suggest
from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.synthetics.readers import check_scopes, monitor_names


def _run(review: Review) -> Iterator[Finding]:
    known = [monitor.name for monitor in review.stack.observability.monitors]
    for query in review.queries:
        for scope in check_scopes(query):
            for text in monitor_names(scope):
                if text.value not in known:
                    message = f'The stack has no synthetic monitor named "{text.value}": the query finds no result.'
                    near = suggest(text.value, known)
                    advice = f'Did you mean "{near}"?' if near else f"There are {', '.join(known) or 'none'}."
                    yield in_query(query, text.span, message, advice)


CHECK = Check(
    code="synthetics/unknown-monitor",
    level=Level.ERROR,
    summary="A query reads the results of a monitor that does not exist.",
    run=_run,
)
