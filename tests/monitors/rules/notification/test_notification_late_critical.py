"""notification/late-critical: an issue that begins as a warning never reaches a workflow for critical ones."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.notification.late_critical import CHECK
from monitors.spec import Priority, Trigger

BOTH = build.condition(critical=build.threshold(value=5), warning=build.threshold(value=3))
LOST = build.condition(
    critical=None,
    warning=build.threshold(value=3),
    severity=spec.Severity.SEV3,
    loss_of_signal=build.loss_of_signal(),
)


def test_a_page_that_a_warning_swallows_is_told_with_its_workflow() -> None:
    (found,) = findings(CHECK, BOTH)
    assert found.message == (
        "The warning opens the issue as HIGH. When it becomes CRITICAL that is no activation, so that workflow "
        f'"{build.workflow().key}", which takes CRITICAL alone, does not page.'
    )
    assert found.advice == "Leave the warning out, or add Trigger.PRIORITY_CHANGED to the workflow's triggers."


def test_a_warning_before_a_loss_of_signal_swallows_it_too() -> None:
    policy, workflow = build.policy(conditions=(LOST,)), build.workflow(severities=(spec.Severity.SEV3,))
    destinations = (build.pagerduty_destination(), build.email_destination())
    seen = build.observability(policies=(policy,), destinations=destinations, workflows=(workflow, _for_warnings()))
    assert len(messages(CHECK, build.stack(observability=seen))) == 1


def _for_warnings() -> spec.Workflow:
    return build.workflow(
        key="mail",
        name="Mail",
        severities=(spec.Severity.SEV3,),
        priorities=(Priority.HIGH,),
        channels=(build.email_channel(),),
    )


@pytest.mark.parametrize(
    "condition",
    [build.condition(), build.condition(critical=None, warning=build.threshold(), severity=spec.Severity.SEV3)],
)
def test_a_condition_with_one_kind_of_issue_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_a_workflow_that_hears_of_changed_priorities_is_let_be() -> None:
    triggers = (Trigger.ACTIVATED, Trigger.PRIORITY_CHANGED, Trigger.CLOSED)
    seen = build.observability(
        policies=(build.policy(conditions=(BOTH,)),), workflows=(build.workflow(triggers=triggers),)
    )
    assert messages(CHECK, build.stack(observability=seen)) == []
