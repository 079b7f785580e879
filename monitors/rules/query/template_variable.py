"""Template variables in a condition: only dashboards fill them."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Variable
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for variable in query.all(Variable):
        message = f"{{{{{variable.name}}}}} is a dashboard's variable, and nothing fills it in a condition."
        advice = "Write the value itself, or FACET by the attribute to watch every value apart."
        yield in_query(query, variable.span, message, advice)


CHECK = Check(
    code="query/template-variable",
    level=Level.ERROR,
    summary="A condition's query has a template variable, which only dashboards fill.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
