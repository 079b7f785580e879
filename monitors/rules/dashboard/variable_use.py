"""Variables used in a way that breaks the query once somebody chooses: several values after `=`, quotes twice.

New Relic puts several chosen values in as a list, and sets quotes by the variable's `replacement`.
Source: docs.newrelic.com, "Dashboard template variables".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitors.nrql.tree import Comparison, Text
from monitors.nrql.tree import Variable as Used
from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedQuery
from monitors.rules.variables import names_in
from monitors.spec import Variable


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        known = {variable.name: variable for variable in widget.dashboard.variables}
        for query in widget.queries if known else ():
            yield from _judge(query, known)


def _judge(query: ReviewedQuery, known: Mapping[str, Variable]) -> Iterator[Finding]:
    for node in query.nodes:
        if isinstance(node, Comparison):
            used = next((side for side in (node.left, node.right) if isinstance(side, Used)), None)
            variable = known.get(used.name) if used is not None else None
            if used is not None and variable is not None and variable.multiple:
                message = f"{{{{{used.name}}}}} can hold several values, and {node.operator} takes one."
                yield in_query(query, node.span, message, f"Write ... IN ({{{{{used.name}}}}}), or set multiple=False.")
        if isinstance(node, Text):
            for name in names_in(node.value):
                variable = known.get(name)
                if variable is not None and variable.replacement in ("string", "default"):
                    message = f"{{{{{name}}}}} stands in quotes, and New Relic sets quotes around it as well."
                    advice = 'Take the quotes out, or set replacement="identifier".'
                    yield in_query(query, node.span, message, advice)


CHECK = Check(
    code="dashboard/variable-use",
    level=Level.ERROR,
    summary="A query uses a variable in a way that breaks once somebody chooses.",
    run=_run,
)
