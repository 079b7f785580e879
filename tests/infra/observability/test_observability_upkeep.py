"""Muting windows and data rules as they reach New Relic."""

from __future__ import annotations

from observability_specs import context, policy_ids
from stack_mocks import ACCOUNT_ID, Recording, recorded

from infra.observability.upkeep import Upkeep
from monitors.spec import DropRule, LogPartition, MutingRule

WINDOW = MutingRule(
    key="deploy-window",
    name="Deploy window (staging)",
    description="When deploys go out.",
    policies=("slack", "email"),
    time_zone="America/Los_Angeles",
    first_start="2026-01-06T10:00:00",
    first_end="2026-01-06T10:30:00",
    weekdays=("TUESDAY", "THURSDAY"),
)
DROP = DropRule(
    key="debug-logs",
    name="Drop debug logs",
    description="Debug lines only cost.",
    statement="DELETE FROM Log WHERE level = 'debug'",
)
PARTITION = LogPartition(
    key="service-logs",
    description="Logs kept apart.",
    partition="Log_legal_platform",
    where="service = 'ai'",
    retention="SECONDARY",
)


def made(window: MutingRule = WINDOW) -> Recording:
    """What the component registers."""

    def program() -> None:
        Upkeep("upkeep", (window,), (DROP, PARTITION), policy_ids("slack", "email", "page"), context())

    return recorded(program)


def test_a_muting_rule_silences_the_named_policies_alone() -> None:
    assert made().of_type("AlertMutingRule")["deploy-window"].inputs["condition"] == {
        "operator": "AND",
        "conditions": [{"attribute": "policyId", "operator": "IN", "values": ["id-of-slack", "id-of-email"]}],
    }


def test_a_muting_rule_repeats_weekly_in_local_time() -> None:
    assert made().of_type("AlertMutingRule")["deploy-window"].inputs["schedule"] == {
        "startTime": "2026-01-06T10:00:00",
        "endTime": "2026-01-06T10:30:00",
        "timeZone": "America/Los_Angeles",
        "repeat": "WEEKLY",
        "weeklyRepeatDays": ["TUESDAY", "THURSDAY"],
    }


def test_what_is_still_wrong_after_the_window_is_heard_of() -> None:
    rule = made().of_type("AlertMutingRule")["deploy-window"].inputs
    assert rule["actionOnMutingRuleWindowEnded"] == "CLOSE_ISSUES_ON_INACTIVE"


def test_a_muting_rule_can_be_switched_off() -> None:
    off = made(WINDOW.model_copy(update={"enabled": False}))
    assert off.of_type("AlertMutingRule")["deploy-window"].inputs["enabled"] is False


def test_a_drop_rule_says_what_goes_and_whose_rule_it_is() -> None:
    assert made().of_type("PipelineCloudRule")["debug-logs"].inputs == {
        "accountId": ACCOUNT_ID,
        "name": "Drop debug logs",
        "description": "Debug lines only cost. (managed-by: pulumi)",
        "nrql": "DELETE FROM Log WHERE level = 'debug'",
    }


def test_a_log_partition_says_which_logs_and_how_long_they_stay() -> None:
    assert made().of_type("DataPartitionRule")["service-logs"].inputs == {
        "accountId": ACCOUNT_ID,
        "description": "Logs kept apart. (managed-by: pulumi)",
        "enabled": True,
        "nrql": "service = 'ai'",
        "retentionPolicy": "SECONDARY",
        "targetDataPartition": "Log_legal_platform",
    }
