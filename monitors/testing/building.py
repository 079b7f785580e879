"""Cases written in Python, in the words of the case files, for tests that need a loop or a condition of their own.

check(
    "slow-skill",
    case(
        "one skill is slow",
        series("4000 for 5m, 6000 for 5m, 4000 for 10m", metric="Custom/Skills/ExecutionTime", skillId="summary"),
        expect=[incident(opens="15m", closes="20m", priority="warning", facet="summary")],
    ),
)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monitors.spec import NrqlCondition
from monitors.testing.cases import Case, Expectation, Series, StackName
from monitors.testing.running import AlertCase, check_case


def series(
    values: str,
    *,
    metric: str | None = None,
    event: str | None = None,
    values_of: str | None = None,
    every: str = "20s",
    times: int = 1,
    stack: str = "own",
    **attributes: str,
) -> Series:
    """Return points of a metric or events of a type; whatever else is given by name is an attribute of theirs."""
    fields: dict[str, Any] = {
        "metric": metric,
        "event": event,
        "values_of": values_of,
        "with": attributes,
        "every": every,
        "times": times,
        "stack": stack,
        "values": values,
    }
    return Series(**fields)


def incident(
    *,
    opens: str,
    priority: str = "critical",
    closes: str | None = None,
    cause: str = "threshold",
    facet: str | Sequence[str] = (),
    severity: str | None = None,
    runbook: str | None = None,
    told: Sequence[str] | None = None,
    paged: Mapping[str, Sequence[str]] | None = None,
) -> Expectation:
    """Return an incident that has to open, and to close unless `closes` is left out."""
    fields: dict[str, Any] = {
        "opens": opens,
        "priority": priority,
        "closes": closes,
        "cause": cause,
        "facet": facet,
        "severity": severity,
        "runbook": runbook,
        "told": told,
        "paged": paged,
    }
    return Expectation(**fields)


def case(name: str, *emitted: Series, expect: Sequence[Expectation] = (), start: str | None = None) -> Case:
    """Return a case: what is emitted, and every incident that comes of it."""
    fields: dict[str, Any] = {"name": name, "series": emitted, "expect": tuple(expect)}
    if start is not None:
        fields["start"] = start
    return Case(**fields)


def check(alert: str, one: Case, *, stack: StackName = "prod", condition: NrqlCondition | None = None) -> None:
    """Run a case against an alert of the catalogue, or against the condition given. Raises `CaseFailed`."""
    check_case(AlertCase(alert, stack, one), condition)
