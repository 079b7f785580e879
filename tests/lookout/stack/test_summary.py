"""The figures of the first screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from lookout.stack.summary import summarize, told


class _Pulumi:
    """Answers with a state and a history."""

    def __init__(self, resources: list[dict[str, Any]], changes: dict[str, int]) -> None:
        self._answers = {"export": {"deployment": {"resources": resources}}, "history": [{"resourceChanges": changes}]}

    def read(self, arguments: Sequence[str], typed: str = "") -> str:
        return json.dumps(self._answers[arguments[1]])


_RESOURCES = [
    {"type": "pulumi:pulumi:Stack", "outputs": {"dashboards": {"Errors": "http://x"}}},
    {"type": "pulumi:providers:newrelic", "custom": True},
    {"type": "legal-platform:observability:Alerting", "custom": False},
    {"type": "newrelic:index/nrqlAlertCondition:NrqlAlertCondition", "custom": True},
    {"type": "newrelic:index/nrqlAlertCondition:NrqlAlertCondition", "custom": True},
    {"type": "render:index:WebService", "custom": True},
]


def _summary(changes: dict[str, int]) -> Any:
    return summarize(_Pulumi(_RESOURCES, changes), "staging")  # type: ignore[arg-type]  # two answers are enough


def test_only_objects_in_accounts_are_counted() -> None:
    summary = _summary({})
    assert summary.objects == 3
    assert summary.kinds == {"render": {"WebService": 1}, "newrelic": {"NrqlAlertCondition": 2}, "pagerduty": {}}


def test_what_stayed_the_same_is_no_change() -> None:
    assert (_summary({"same": 9}).changed, _summary({"same": 9, "create": 2, "update": 1}).changed) == (0, 3)


def test_the_outputs_are_the_stacks() -> None:
    assert _summary({}).outputs == {"dashboards": {"Errors": "http://x"}}


def test_counts_are_told_in_words_the_interesting_first_and_the_rest_together() -> None:
    kinds = {"EntityTags": 54, "OneDashboard": 7, "NrqlAlertCondition": 31, "AlertPolicy": 1, "AlertMutingRule": 1}
    expected = "31 NRQL conditions, 1 policy, 7 dashboards, 55 more (tags, links and the like)"
    assert told(kinds) == expected


def test_a_vendor_without_objects_has_nothing() -> None:
    assert told({}) == "nothing"
