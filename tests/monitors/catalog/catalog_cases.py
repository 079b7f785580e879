"""The catalogue's parts as test cases: every condition and every dashboard page, with ids that name them."""

from __future__ import annotations

from typing import Final

import pytest

from monitors.catalog import STACKS, stack
from monitors.spec import Channel, MarkdownWidget, NrqlCondition, Page, Stack, Workflow

CONDITIONS: Final = [
    pytest.param(condition, id=f"{name}-{condition.key}")
    for name in STACKS
    for condition in stack(name).observability.conditions
]
PAGES: Final = [
    pytest.param(page, id=f"{name}-{dashboard.key}-{page.name}")
    for name in STACKS
    for dashboard in stack(name).observability.dashboards
    for page in dashboard.pages
]


def condition(key: str, name: str = "prod") -> NrqlCondition:
    """Return one condition of a stack by its key."""
    return next(one for one in stack(name).observability.conditions if one.key == key)


def queries_of(page: Page) -> list[str]:
    """Return every query of a page."""
    return [query for widget in page.widgets if not isinstance(widget, MarkdownWidget) for query in widget.queries]


def workflows_of(spec: Stack, wanted: NrqlCondition) -> list[Workflow]:
    """Return the workflows that are told of a condition's incidents."""
    seen = spec.observability
    policy = next(policy for policy in seen.policies if wanted.key in {one.key for one in policy.conditions})
    return [one for one in seen.workflows if policy.key in one.policies and wanted.severity in one.severities]


def channels_of(spec: Stack, wanted: NrqlCondition) -> list[Channel]:
    """Return the channels that a condition's incidents go to."""
    return [channel for workflow in workflows_of(spec, wanted) for channel in workflow.channels]
