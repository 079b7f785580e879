"""The component for muting windows and for what becomes of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_newrelic as newrelic

from infra.context import Context
from monitors.spec import DataRule, DropRule, LogPartition, MutingRule


class Upkeep(pulumi.ComponentResource):
    """Every muting rule and data rule; New Relic tags none of them, so descriptions say whose they are."""

    def __init__(
        self,
        name: str,
        muting_rules: Sequence[MutingRule],
        data_rules: Sequence[DataRule],
        policy_ids: Mapping[str, pulumi.Output[str]],
        context: Context,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("legal-platform:observability:Upkeep", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for muting in muting_rules:
            newrelic.AlertMutingRule(
                muting.key, muting_arguments(muting, policy_ids=policy_ids, context=context), child
            )
        for rule in data_rules:
            if isinstance(rule, DropRule):
                newrelic.PipelineCloudRule(rule.key, drop_arguments(rule, context=context), child)
            else:
                newrelic.DataPartitionRule(rule.key, partition_arguments(rule, context=context), child)
        self.register_outputs({})


def muting_arguments(
    rule: MutingRule, *, policy_ids: Mapping[str, pulumi.Input[str]], context: Context
) -> newrelic.AlertMutingRuleArgs:
    """Return a weekly window in local time for the issues of some policies; `policy_ids` are by key."""
    return newrelic.AlertMutingRuleArgs(
        account_id=context.account_id,
        name=rule.name,
        description=_described(rule.description, context),
        enabled=rule.enabled,
        # An issue that opened muted stays muted: closed at the window's end, it opens anew and is heard of.
        action_on_muting_rule_window_ended="CLOSE_ISSUES_ON_INACTIVE",
        condition=newrelic.AlertMutingRuleConditionArgs(
            operator="AND",
            conditions=[
                newrelic.AlertMutingRuleConditionConditionArgs(
                    attribute="policyId", operator="IN", values=[policy_ids[key] for key in rule.policies]
                )
            ],
        ),
        schedule=newrelic.AlertMutingRuleScheduleArgs(
            start_time=rule.first_start,
            end_time=rule.first_end,
            time_zone=rule.time_zone,
            repeat="WEEKLY",
            weekly_repeat_days=list(rule.weekdays),
        ),
    )


def drop_arguments(rule: DropRule, *, context: Context) -> newrelic.PipelineCloudRuleArgs:
    """Return a rule that lets data go on arrival."""
    return newrelic.PipelineCloudRuleArgs(
        account_id=context.account_id,
        name=rule.name,
        description=_described(rule.description, context),
        nrql=rule.statement,
    )


def partition_arguments(rule: LogPartition, *, context: Context) -> newrelic.DataPartitionRuleArgs:
    """Return a rule that keeps some logs in a partition of their own; its NRQL is a condition, no whole query."""
    return newrelic.DataPartitionRuleArgs(
        account_id=context.account_id,
        description=_described(rule.description, context),
        enabled=True,
        nrql=rule.where,
        retention_policy=rule.retention,
        target_data_partition=rule.partition,
    )


def _described(sentence: str, context: Context) -> str:
    return f"{sentence} (managed-by: {context.tags['managed-by']})"
