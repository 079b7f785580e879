"""The component for what an event becomes: services, ways into them, routing, webhooks and incident workflows."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_pagerduty as pagerduty

from infra.context import Context
from infra.response.automation import router_arguments, trigger_arguments, webhook_arguments, workflow_arguments
from infra.response.oncall import OnCall
from infra.response.ownership import described
from infra.response.services import event_rules_arguments, grouping_arguments, service_arguments
from monitors.spec import EventOrchestration, IncidentWorkflow, Integration, Response, Service, WebhookSubscription


class Paging(pulumi.ComponentResource):
    """Services and everything that leads into or out of them.

    `integration_keys` (of integrations and event orchestrations), `webhook_secrets` and `service_links` are by the
    specs' keys. The provider marks neither keys nor signing secrets as secret: each is made so here, twice, in the
    state (`additional_secret_outputs`) and in the program (`Output.secret`).
    """

    integration_keys: Mapping[str, pulumi.Output[str]]
    webhook_secrets: Mapping[str, pulumi.Output[str]]
    service_links: Mapping[str, pulumi.Output[str]]

    def __init__(
        self,
        name: str,
        response: Response,
        context: Context,
        on_call: OnCall,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("legal-platform:response:Paging", name, None, opts)
        self._context, self._on_call = context, on_call
        services = {service.key: self._service(service) for service in response.services}
        self._service_ids = {key: service.id for key, service in services.items()}
        self.service_links = {key: service.html_url for key, service in services.items()}
        self.integration_keys = {
            **self._integrations(response.integrations),
            **{orchestration.key: self._orchestration(orchestration) for orchestration in response.orchestrations},
        }
        self.webhook_secrets = {webhook.key: self._webhook(webhook) for webhook in response.webhooks}
        for workflow in response.incident_workflows:
            self._incident_workflow(workflow)
        self.register_outputs({"services": self.service_links})

    def _service(self, service: Service) -> pagerduty.Service:
        escalation_policy_id = self._on_call.escalation_policy_ids[service.escalation_policy]
        arguments = service_arguments(service, escalation_policy_id=escalation_policy_id, context=self._context)
        made = pagerduty.Service(service.key, arguments, self._child())
        if service.grouping_window_seconds is not None:
            grouping = grouping_arguments(
                service, service.grouping_window_seconds, service_id=made.id, context=self._context
            )
            pagerduty.AlertGroupingSetting(service.key, grouping, self._child())
        if service.event_rules:
            rules = event_rules_arguments(service, service_id=made.id)
            pagerduty.EventOrchestrationService(service.key, rules, self._child())
        return made

    def _integrations(self, integrations: tuple[Integration, ...]) -> dict[str, pulumi.Output[str]]:
        from_new_relic = any(integration.kind == "new_relic" for integration in integrations)
        vendor_id = self._new_relic_vendor_id() if from_new_relic else None
        return {integration.key: self._integration(integration, vendor_id) for integration in integrations}

    def _new_relic_vendor_id(self) -> pulumi.Output[str]:
        # PagerDuty documents no vendor's id, only how to look one up by name.
        return pagerduty.get_vendor_output(name="New Relic", opts=pulumi.InvokeOutputOptions(parent=self)).id

    def _integration(self, integration: Integration, vendor_id: pulumi.Input[str] | None) -> pulumi.Output[str]:
        made = pagerduty.ServiceIntegration(
            integration.key,
            pagerduty.ServiceIntegrationArgs(
                name=integration.name,
                service=self._service_ids[integration.service],
                vendor=vendor_id if integration.kind == "new_relic" else None,
                type="events_api_v2_inbound_integration" if integration.kind == "events_api_v2" else None,
            ),
            self._child("integration_key"),
        )
        return pulumi.Output.secret(made.integration_key)

    def _orchestration(self, orchestration: EventOrchestration) -> pulumi.Output[str]:
        made = pagerduty.EventOrchestration(
            orchestration.key,
            pagerduty.EventOrchestrationArgs(
                name=orchestration.name,
                description=described(f"Routes the events of {orchestration.name} to services.", self._context),
                team=self._on_call.team_ids[orchestration.team],
            ),
            # PagerDuty makes an integration of its own with every orchestration; its key is nobody's, and secret.
            self._child("integrations"),
        )
        way_in = pagerduty.EventOrchestrationIntegration(
            orchestration.key,
            pagerduty.EventOrchestrationIntegrationInitArgs(event_orchestration=made.id, label=orchestration.name),
            self._child("parameters"),
        )
        router = router_arguments(orchestration, orchestration_id=made.id, services=self._service_ids)
        pagerduty.EventOrchestrationRouter(orchestration.key, router, self._child())
        what = f'routing key of event orchestration "{orchestration.key}"'
        return pulumi.Output.secret(way_in.parameters.apply(lambda found: present(found[0].routing_key, what)))

    def _webhook(self, webhook: WebhookSubscription) -> pulumi.Output[str]:
        arguments = webhook_arguments(webhook, service_id=self._service_ids[webhook.service], context=self._context)
        made = pagerduty.WebhookSubscription(webhook.key, arguments, self._child("delivery_methods"))
        what = f'signing secret of webhook subscription "{webhook.key}"'
        return pulumi.Output.secret(made.delivery_methods.apply(lambda methods: present(methods[0].secret, what)))

    def _incident_workflow(self, workflow: IncidentWorkflow) -> None:
        arguments = workflow_arguments(workflow, team_id=self._on_call.team_ids[workflow.team], context=self._context)
        made = pagerduty.IncidentWorkflow(workflow.key, arguments, self._child())
        trigger = trigger_arguments(workflow, workflow_id=made.id, services=self._service_ids)
        pagerduty.IncidentWorkflowTrigger(workflow.key, trigger, self._child())

    def _child(self, *secret_outputs: str) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, additional_secret_outputs=list(secret_outputs))


def present(found: str | None, what: str) -> str:
    """Return a key or secret that PagerDuty made; raises `pulumi.RunError` when the answer had none."""
    # A preview need not know it yet.
    if not found and not pulumi.runtime.is_dry_run():
        raise pulumi.RunError(
            f"PagerDuty did not return the {what}, as happens after an import. Delete the object and let the next "
            "update create it"
        )
    return found or ""
