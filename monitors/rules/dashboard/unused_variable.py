"""Variables at the top of a dashboard that no widget uses: whoever turns them believes to see something else."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.subjects import Subject
from monitors.rules.variables import used_in
from monitors.spec import Dashboard


def _run(review: Review) -> Iterator[Finding]:
    for dashboard in review.stack.observability.dashboards:
        used = used_in(dashboard)
        for variable in dashboard.variables:
            if variable.name not in used:
                message = f"No query of the dashboard uses {{{{{variable.name}}}}}: choosing it changes nothing."
                advice = f"Use it, as in WHERE attribute IN ({{{{{variable.name}}}}}), or take it out."
                yield Finding(subject_of(dashboard, variable.name), "name", message, advice)


def subject_of(dashboard: Dashboard, name: str) -> Subject:
    """Return a variable as a subject, as reviews name those with queries."""
    place = next(variable.declared_at for variable in dashboard.variables if variable.name == name)
    return Subject(
        f'variable {name} of dashboard "{dashboard.name}"', f"dashboard/{dashboard.key}/variable/{name}", place
    )


CHECK = Check(
    code="dashboard/unused-variable",
    level=Level.WARNING,
    summary="A dashboard's variable is used by no widget.",
    run=_run,
)
