"""What PagerDuty does with events and incidents by itself: routing, webhooks and incident workflows."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_pagerduty as pagerduty

from infra.context import Context
from infra.response.ownership import described
from monitors.spec import EventOrchestration, IncidentWorkflow, Route, WebhookSubscription


def router_arguments(
    orchestration: EventOrchestration,
    *,
    orchestration_id: pulumi.Input[str],
    services: Mapping[str, pulumi.Input[str]],
) -> pagerduty.EventOrchestrationRouterArgs:
    """Return where events go; `services` holds PagerDuty ids by key."""
    otherwise = pagerduty.EventOrchestrationRouterCatchAllActionsArgs(route_to=services[orchestration.otherwise])
    return pagerduty.EventOrchestrationRouterArgs(
        event_orchestration=orchestration_id,
        set=pagerduty.EventOrchestrationRouterSetArgs(
            id="start", rules=[_route(route, services) for route in orchestration.routes]
        ),
        catch_all=pagerduty.EventOrchestrationRouterCatchAllArgs(actions=otherwise),
    )


def webhook_arguments(
    webhook: WebhookSubscription, *, service_id: pulumi.Input[str], context: Context
) -> pagerduty.WebhookSubscriptionArgs:
    """Return a subscription of one service's incidents to an address of ours."""
    url = context.settings.text(webhook.base_url).rstrip("/") + webhook.path
    return pagerduty.WebhookSubscriptionArgs(
        description=described(webhook.description, context),
        type="webhook_subscription",
        active=True,
        events=list(webhook.events),
        filters=[pagerduty.WebhookSubscriptionFilterArgs(type="service_reference", id=service_id)],
        delivery_methods=[pagerduty.WebhookSubscriptionDeliveryMethodArgs(type="http_delivery_method", url=url)],
    )


def workflow_arguments(
    workflow: IncidentWorkflow, *, team_id: pulumi.Input[str], context: Context
) -> pagerduty.IncidentWorkflowArgs:
    """Return the steps of an incident workflow."""
    steps = [
        pagerduty.IncidentWorkflowStepArgs(
            name=step.name,
            action=step.action,
            inputs=[
                pagerduty.IncidentWorkflowStepInputArgs(name=name, value=value) for name, value in step.inputs.items()
            ],
        )
        for step in workflow.steps
    ]
    return pagerduty.IncidentWorkflowArgs(
        name=workflow.name, description=described(workflow.description, context), team=team_id, steps=steps
    )


def trigger_arguments(
    workflow: IncidentWorkflow, *, workflow_id: pulumi.Input[str], services: Mapping[str, pulumi.Input[str]]
) -> pagerduty.IncidentWorkflowTriggerArgs:
    """Return what starts an incident workflow; `services` holds PagerDuty ids by key."""
    return pagerduty.IncidentWorkflowTriggerArgs(
        type="conditional",
        workflow=workflow_id,
        condition=workflow.condition,
        subscribed_to_all_services=False,
        services=[services[key] for key in workflow.services],
    )


def _route(route: Route, services: Mapping[str, pulumi.Input[str]]) -> pagerduty.EventOrchestrationRouterSetRuleArgs:
    return pagerduty.EventOrchestrationRouterSetRuleArgs(
        label=route.label,
        conditions=[pagerduty.EventOrchestrationRouterSetRuleConditionArgs(expression=route.condition)],
        actions=pagerduty.EventOrchestrationRouterSetRuleActionsArgs(route_to=services[route.service]),
    )
