"""A catalogue of any size that looks like this repository's own: its production stack, many times over.

Alerts are watched for one instance each, stand in policies of up to 500 and go the ways of the alerts they are copied
from; every 50 of them have a dashboard. Each has its runbook section.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from monitors.catalog import stack as catalogue_stack
from monitors.catalog.silences import SILENCES as catalogue_silences
from monitors.rules.runbook.sections import anchor
from monitors.spec import Dashboard, NrqlCondition, Operator, Policy, RunbookSection, Stack

_POLICY_SIZE = 500
_ALERTS_A_DASHBOARD = 50

# What is silenced of an alert is silenced of its copies.
SILENCES = tuple(one.model_copy(update={"subject": f"{one.subject}*"}) for one in catalogue_silences)


def stack(alerts: int) -> Stack:
    """Return a stack with so many alerts; the first ones are the catalogue's own, which service levels name."""
    original = catalogue_stack("prod")
    seen = original.observability
    policies = {policy.key: _policies(policy, alerts) for policy in seen.policies}
    observability = seen.model_copy(
        update={
            "policies": tuple(copy for copies in policies.values() for copy in copies),
            "workflows": tuple(
                workflow.model_copy(
                    update={"policies": tuple(copy.key for key in workflow.policies for copy in policies[key])}
                )
                for workflow in seen.workflows
            ),
            "dashboards": (*seen.dashboards, *islice(_dashboards(seen.dashboards), alerts // _ALERTS_A_DASHBOARD)),
        }
    )
    return original.model_copy(update={"observability": observability})


def edited(original: Stack, changed: int) -> Stack:
    """Return a stack in which so many alerts, evenly spread, open at half as much again, or close sooner."""
    seen = original.observability
    every = max(1, len(seen.conditions) // changed)
    chosen = {one.key for one in islice(seen.conditions[::every], changed)}
    policies = tuple(
        policy.model_copy(
            update={"conditions": tuple(_edited(one) if one.key in chosen else one for one in policy.conditions)}
        )
        for policy in seen.policies
    )
    return original.model_copy(update={"observability": seen.model_copy(update={"policies": policies})})


def write_runbooks(alerts: int, folder: Path, originals: Path) -> None:
    """Write runbooks with a section for each alert; `originals` are the catalogue's own."""
    sections = {path.name: path.read_text(encoding="utf-8") for path in originals.glob("*.md")}
    more: dict[str, list[str]] = defaultdict(list)
    for condition in stack(alerts).observability.conditions:
        if "-x" in condition.key:
            more[condition.runbook.file].append(_section(sections[condition.runbook.file], condition))
    folder.mkdir()
    for name, text in sections.items():
        (folder / name).write_text("\n".join((text, *more[name])), encoding="utf-8")


def _edited(one: NrqlCondition) -> NrqlCondition:
    critical = one.critical
    if critical is None or critical.operator is not Operator.ABOVE or not critical.value:
        return one.model_copy(update={"violation_time_limit_seconds": one.violation_time_limit_seconds // 2})
    return one.model_copy(update={"critical": critical.model_copy(update={"value": critical.value * 1.5})})


def _policies(policy: Policy, alerts: int) -> list[Policy]:
    """Return a policy's share of all alerts, in policies that are not too long."""
    share = max(len(policy.conditions), round(alerts * len(policy.conditions) / _original_size()))
    conditions = list(islice(_conditions(policy), share))
    return [
        policy.model_copy(
            update={
                "key": policy.key if start == 0 else f"{policy.key}-{start}",
                "name": policy.name if start == 0 else f"{policy.name} {start}",
                "conditions": tuple(conditions[start : start + _POLICY_SIZE]),
            }
        )
        for start in range(0, len(conditions), _POLICY_SIZE)
    ]


def _original_size() -> int:
    return len(catalogue_stack("prod").observability.conditions)


def _conditions(policy: Policy) -> Iterator[NrqlCondition]:
    yield from policy.conditions
    number = 0
    while True:
        number += 1
        for one in policy.conditions:
            key = f"{one.key}-x{number}"
            yield one.model_copy(
                update={
                    "key": key,
                    "name": f"{one.name} {number}",
                    "query": _narrowed(one.query, number),
                    "runbook": RunbookSection(file=one.runbook.file, anchor=key),
                }
            )


def _narrowed(query: str, number: int) -> str:
    """Return a query of one instance, or of one location for a synthetic check."""
    if "SyntheticCheck" in query:
        return f"{query} AND location = 'LOCATION_{number}'"
    return query.replace("env = 'prod'", f"env = 'prod' AND instance = 'instance-{number}'")


def _dashboards(dashboards: tuple[Dashboard, ...]) -> Iterator[Dashboard]:
    number = 0
    while True:
        number += 1
        for one in dashboards:
            name = f"{one.name} {number}"
            # A single page shows its own name for the dashboard's.
            pages = one.pages if len(one.pages) > 1 else (one.pages[0].model_copy(update={"name": name}),)
            yield one.model_copy(update={"key": f"{one.key}-x{number}", "name": name, "pages": pages})


def _section(text: str, condition: NrqlCondition) -> str:
    """Return the section of the alert that a condition is a copy of, under the copy's own heading."""
    original, _, number = condition.key.partition("-x")
    for heading, body in zip(*_split(text), strict=True):
        if anchor(heading) == original:
            return f"## {heading} x{number}\n{body}"
    raise ValueError(f"{condition.runbook.file} has no section {original}")


def _split(text: str) -> tuple[list[str], list[str]]:
    pieces = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return pieces[1::2], pieces[2::2]
