"""What Pulumi's plugins do with each kind of resource: which inputs force a new one, and which outputs follow inputs.

Sources: the schemas and documentation of pulumi-newrelic 5.80.4 and pulumi-pagerduty 4.37.0, previews of the real
plugins against local servers, and the Render provider in infra, whose schema marks what Render cannot change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of resource, by Pulumi's `type`.

    - `replaces`: the inputs that force a new resource.
    - `computed`: the inputs that the vendor fills in, so that leaving one out is no change.
    - `follows`: outputs that are another value after an update of some inputs; all others stay as they are.
    """

    type: str
    replaces: frozenset[str] = frozenset()
    computed: frozenset[str] = frozenset()
    follows: Mapping[str, frozenset[str]] = field(default_factory=dict)


def _kind(type_: str, replaces: str = "", computed: str = "", **follows: str) -> Kind:
    outputs = {name: frozenset(inputs.split()) for name, inputs in follows.items()}
    return Kind(type_, frozenset(replaces.split()), frozenset(computed.split()), outputs)


def _newrelic(name: str, replaces: str = "", computed: str = "", *, module: str = "index") -> Kind:
    return _kind(f"newrelic:{module}/{name[0].lower()}{name[1:]}:{name}", replaces, computed)


def _pagerduty(name: str, replaces: str = "", computed: str = "") -> Kind:
    return _kind(f"pagerduty:index/{name[0].lower()}{name[1:]}:{name}", replaces, computed)


def _render(name: str, replaces: str = "", **follows: str) -> Kind:
    return _kind(f"render:index:{name}", f"ownerId {replaces}", **follows)


KINDS: Final[Mapping[str, Kind]] = {
    kind.type.rpartition(":")[2]: kind
    for kind in (
        _newrelic("AlertPolicy", "accountId channelIds"),
        _newrelic("NrqlAlertCondition", "policyId type", "aggregationWindow aggregationMethod aggregationDelay "
                  "aggregationTimer violationTimeLimitSeconds"),
        _newrelic("AlertMutingRule", computed="actionOnMutingRuleWindowEnded"),
        _newrelic("NotificationDestination", "accountId type", "scope"),
        _newrelic("NotificationChannel", "accountId destinationId product type"),
        _newrelic("Workflow", "accountId"),
        _newrelic("OneDashboard"),
        _newrelic("ServiceLevel", "guid"),
        _newrelic("EntityTags", "guid"),
        _newrelic("Monitor", "type", "period", module="synthetics"),
        _newrelic("CertCheckMonitor", module="synthetics"),
        _newrelic("PipelineCloudRule"),
        _newrelic("DataPartitionRule"),
        _pagerduty("Team", computed="defaultRole"),
        _pagerduty("TeamMembership", "teamId userId"),
        _pagerduty("Schedule"),
        _pagerduty("EscalationPolicy"),
        _pagerduty("Service", computed="alertCreation incidentUrgencyRule alertGrouping alertGroupingTimeout "
                   "alertGroupingParameters autoPauseNotificationsParameters"),
        _pagerduty("AlertGroupingSetting", computed="config"),
        _pagerduty("ServiceIntegration", "service type vendor", "type vendor integrationKey integrationEmail "
                   "emailFilterMode"),
        _pagerduty("EventOrchestration", computed="integrations"),
        _pagerduty("EventOrchestrationIntegration", computed="id parameters"),
        _pagerduty("EventOrchestrationRouter", "eventOrchestration"),
        _pagerduty("EventOrchestrationService", "service", "enableEventOrchestrationForService"),
        _pagerduty("WebhookSubscription"),
        _pagerduty("IncidentWorkflow"),
        _pagerduty("IncidentWorkflowTrigger"),
        _pagerduty("Tag", "label"),
        _pagerduty("TagAssignment", "tagId entityId entityType"),
        _render("Project"),
        _render("EnvironmentGroup", contentHash="envVars secretFiles"),
        _render("WebService", "region"),
        _render("PrivateService", "region"),
        _render("Postgres", "version region databaseName databaseUser"),
        _render("KeyValue", "region"),
        _render("LogStream"),
        _render("MetricsStream"),
    )
}  # fmt: skip
"""Every kind that infra registers, by the last part of its type."""


def kind_of(name: str, type_: str = "") -> Kind:
    """Return a kind by the last part of its type; of a type that nobody knows here, every input is changed in place."""
    found = KINDS.get(name)
    if found is None or (type_ and found.type != type_):
        return Kind(type_)
    return found
