"""What is lost with a resource that is deleted, or replaced by another one.

Sources: docs.newrelic.com (alerts, service levels, synthetic monitoring), support.pagerduty.com (services, schedules,
integrations), render.com/docs (databases, services), and this repository's own provider for Render.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitors.review.changes import Effect

# By kind: what is lost when it is deleted, and when it is replaced.
_LOST: Final[Mapping[str, tuple[str, str]]] = {
    "AlertPolicy": (
        "Its open issues are told no further, and its conditions go with it.",
        "Its open issues are told no further, and its conditions are made anew.",
    ),
    "NrqlAlertCondition": (
        "An incident that it has open is told no further, and its history ends.",
        "An incident that the old one has open is told no further, its history ends, and the new one knows nothing of "
        "the data before it was made.",
    ),
    "NotificationDestination": ("", "The new one has to be confirmed again where its addresses are mail's."),
    "OneDashboard": ("Links to it lead nowhere.", "Links to the old one lead nowhere."),
    "ServiceLevel": (
        "How much of its budget was kept so far is no longer shown.",
        "What was kept so far stays with the old one: its budget is counted from now on.",
    ),
    "Monitor": ("Nobody checks from outside any more.", "Its results so far stay with the old one."),
    "CertCheckMonitor": ("Nobody checks the certificate any more.", "Its results so far stay with the old one."),
    "Team": ("Its members belong to it no more.", "Whatever was given to the old team by hand is gone."),
    "Schedule": (
        "Its overrides go with it, and nobody is on call by it.",
        "Overrides of the old one go with it.",
    ),
    "Service": (
        "No incident can be opened on it any more, and its incidents can no longer be found by it.",
        "Its incidents so far stay with the old one.",
    ),
    "ServiceIntegration": (
        "Its key stops working: whoever still sends events with it is refused.",
        "The old key stops working, and the new one is handed on; events sent with the old one meanwhile are refused.",
    ),
    "EventOrchestrationIntegration": (
        "Its routing key stops working: whoever still sends events with it is refused.",
        "The old routing key stops working: whoever still sends events with it is refused.",
    ),
    "WebhookSubscription": (
        "Nothing is told of the service's incidents at its address any more.",
        "The secret that signs its requests is another one.",
    ),
    "Postgres": (
        "All its data is lost, and its backups with it.",
        "All its data is lost, and its backups with it: the new database is empty.",
    ),
    "KeyValue": ("All its data is lost.", "All its data is lost: the new store is empty."),
    "WebService": (
        "It stops, and its address answers no more; its deploys can no longer be rolled back to.",
        "It is down from the deletion of the old one until the new one is live, and its deploys so far can no longer "
        "be rolled back to.",
    ),
    "PrivateService": (
        "It stops, and its deploys can no longer be rolled back to.",
        "It is down from the deletion of the old one until the new one is live, and its deploys so far can no longer "
        "be rolled back to.",
    ),
    "EnvironmentGroup": (
        "Its variables are gone from every service that used it.",
        "Until the new one is linked, its variables are gone from the services that use it.",
    ),
    "LogStream": ("Logs of the whole workspace are sent nowhere any more.", "Logs are sent nowhere for a moment."),
    "MetricsStream": (
        "Metrics of the whole workspace are sent nowhere any more.",
        "Metrics are sent nowhere for a moment.",
    ),
    "PipelineCloudRule": ("What it dropped is kept, and billed, from then on.", ""),
    "DataPartitionRule": ("Its logs are kept with all others from then on.", ""),
}
_REFUSED: Final = "It is protected, so provisioning refuses this until somebody takes the protection off by hand."


def loses(kind: str, effect: Effect, *, is_protected: bool = False) -> str:
    """Return what is lost in a sentence or two, "" where nothing is."""
    if effect not in (Effect.DELETE, Effect.REPLACE):
        return ""
    on_delete, on_replace = _LOST.get(kind, ("", ""))
    lost = on_delete if effect is Effect.DELETE else on_replace
    return f"{lost} {_REFUSED}" if is_protected else lost
