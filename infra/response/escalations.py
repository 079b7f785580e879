"""Escalation policies as PagerDuty takes them."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_pagerduty as pagerduty

from infra.context import Context
from infra.response.ownership import described
from monitors.spec import EscalationLevel, EscalationPolicy, ScheduleTarget, UserTarget


def escalation_policy_arguments(
    policy: EscalationPolicy,
    *,
    team_id: pulumi.Input[str],
    schedules: Mapping[str, pulumi.Input[str]],
    users: Mapping[str, str],
    context: Context,
) -> pagerduty.EscalationPolicyArgs:
    """Return an escalation policy; `schedules` and `users` hold PagerDuty ids by key."""
    return pagerduty.EscalationPolicyArgs(
        name=policy.name,
        description=described(f"How a page to {policy.name} goes on when nobody acknowledges it.", context),
        teams=team_id,
        num_loops=policy.loops,
        rules=[_rule(level, schedules, users) for level in policy.levels],
    )


def _rule(
    level: EscalationLevel, schedules: Mapping[str, pulumi.Input[str]], users: Mapping[str, str]
) -> pagerduty.EscalationPolicyRuleArgs:
    return pagerduty.EscalationPolicyRuleArgs(
        escalation_delay_in_minutes=level.delay_minutes,
        targets=[_target(target, schedules, users) for target in level.targets],
    )


def _target(
    target: ScheduleTarget | UserTarget, schedules: Mapping[str, pulumi.Input[str]], users: Mapping[str, str]
) -> pagerduty.EscalationPolicyRuleTargetArgs:
    if isinstance(target, ScheduleTarget):
        return pagerduty.EscalationPolicyRuleTargetArgs(type="schedule_reference", id=schedules[target.schedule])
    return pagerduty.EscalationPolicyRuleTargetArgs(type="user_reference", id=users[target.user])
