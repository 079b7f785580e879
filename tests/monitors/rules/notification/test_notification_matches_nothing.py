"""notification/matches-nothing: a workflow is told of something."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings
from routing_cases import mail, sev3, told_by

from monitors import spec
from monitors.rules.notification.matches_nothing import CHECK
from monitors.rules.problem import Level


def told(*workflows: spec.Workflow, conditions: tuple[spec.NrqlCondition, ...]) -> list[tuple[str, Level | None, str]]:
    found = findings(CHECK, told_by(*workflows, conditions=conditions))
    return [(one.field, one.level, one.message) for one in found]


def test_a_workflow_of_priorities_that_nothing_opens_is_an_error() -> None:
    only_high = mail(key="high", name="High", priorities=(spec.Priority.HIGH,))
    only_critical = mail(priorities=(spec.Priority.CRITICAL,))
    assert told(only_critical, only_high, conditions=(sev3(),)) == [
        (
            "priorities",
            None,
            "The workflow takes HIGH issues, and no condition of its policies opens one: it is never told.",
        )
    ]


def test_a_priority_that_is_left_over_is_a_note() -> None:
    assert told(mail(), conditions=(sev3(),)) == [
        ("priorities", Level.NOTE, "No condition of the workflow's policies opens a HIGH issue.")
    ]


def test_a_severity_that_no_condition_has_is_a_warning() -> None:
    both = mail(severities=(spec.Severity.SEV3, spec.Severity.SEV4), priorities=(spec.Priority.CRITICAL,))
    assert told(both, conditions=(sev3(),)) == [
        ("severities", Level.WARNING, "The workflow is meant for SEV4, and its policies hold no such condition.")
    ]


def test_silence_opens_critical_issues() -> None:
    silent = sev3(critical=None, warning=build.threshold(), loss_of_signal=build.loss_of_signal())
    assert told(mail(), conditions=(silent,)) == []


def test_a_workflow_that_is_told_of_all_it_takes_is_fine() -> None:
    assert told(mail(), conditions=(sev3(warning=build.threshold(value=2)),)) == []
