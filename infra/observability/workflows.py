"""Workflows as New Relic takes them: which issues go to which channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_newrelic as newrelic

from infra.context import Context
from monitors.spec import Enrichment, Workflow


def workflow_arguments(
    workflow: Workflow,
    *,
    policy_ids: Mapping[str, pulumi.Input[str]],
    channel_ids: Sequence[pulumi.Input[str]],
    context: Context,
) -> newrelic.WorkflowArgs:
    """Return a workflow that takes the issues of its policies and priorities; `policy_ids` are by key."""
    triggers = [str(trigger) for trigger in workflow.triggers]
    return newrelic.WorkflowArgs(
        account_id=context.account_id,
        name=workflow.name,
        enabled=True,
        muting_rules_handling=workflow.muted_issues,
        issues_filter=newrelic.WorkflowIssuesFilterArgs(
            name=workflow.name, type="FILTER", predicates=_predicates(workflow, policy_ids)
        ),
        destinations=[
            newrelic.WorkflowDestinationArgs(channel_id=channel_id, notification_triggers=triggers)
            for channel_id in channel_ids
        ],
        enrichments=_enrichments(workflow.enrichments, context),
    )


def _predicates(
    workflow: Workflow, policy_ids: Mapping[str, pulumi.Input[str]]
) -> list[newrelic.WorkflowIssuesFilterPredicateArgs]:
    """Return the filter's parts, all of which an issue has to meet; of the values in a part, any."""
    return [
        newrelic.WorkflowIssuesFilterPredicateArgs(
            attribute="labels.policyIds",
            operator="EXACTLY_MATCHES",
            values=[policy_ids[key] for key in workflow.policies],
        ),
        newrelic.WorkflowIssuesFilterPredicateArgs(
            attribute="priority", operator="EQUAL", values=[str(priority) for priority in workflow.priorities]
        ),
    ]


def _enrichments(enrichments: Sequence[Enrichment], context: Context) -> newrelic.WorkflowEnrichmentsArgs | None:
    if not enrichments:
        return None
    return newrelic.WorkflowEnrichmentsArgs(
        nrqls=[
            newrelic.WorkflowEnrichmentsNrqlArgs(
                name=enrichment.name,
                account_id=context.account_id,
                configurations=[newrelic.WorkflowEnrichmentsNrqlConfigurationArgs(query=enrichment.query)],
            )
            for enrichment in enrichments
        ]
    )
