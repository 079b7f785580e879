"""New Relic's own event types, with their attributes, as far as they are documented.

Sources: New Relic's data dictionary (docs.newrelic.com/attribute-dictionary) for SyntheticCheck, SyntheticRequest,
Transaction, TransactionError, NrConsumption and NrIntegrationError; "Alert event attributes"
(docs.newrelic.com/docs/alerts/create-alert/condition-details/alert-event-attributes) for NrAiIncident. Of NrAiIssue and
NrAiNotification no whole list is published: the attributes here are those that New Relic's own published queries use.
Times of agents' events are in seconds, those of synthetic checks in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from service.metrics import LOG_ATTRIBUTES, Attribute, Type, Unit


@dataclass(frozen=True, slots=True)
class VendorType:
    """One event type; a `closed` one has no attributes beside those named here, others take custom ones."""

    name: str
    attributes: Mapping[str, Attribute]
    closed: bool = True


def _texts(names: str) -> Iterator[Attribute]:
    return (Attribute(name, "") for name in names.split())


def _numbers(names: str, unit: Unit = Unit.ONE) -> Iterator[Attribute]:
    return (Attribute(name, "", Type.NUMBER, unit) for name in names.split())


def _booleans(names: str) -> Iterator[Attribute]:
    return (Attribute(name, "", Type.BOOLEAN) for name in names.split())


def _of(name: str, *groups: Iterable[Attribute], closed: bool = True) -> VendorType:
    return VendorType(name, MappingProxyType({one.name: one for group in groups for one in group}), closed)


_INCIDENT_TEXTS = (
    "closeCause conditionName description entity.guid entity.name entity.type event mutingRuleId nrqlEventType "
    "nrqlQuery operator policyName runbookUrl targetName title type valueFunction violationUuId evaluationType "
    "thresholdOccurrences incidentId issueId"
)
_INCIDENT_SECONDS = (
    "aggregationDuration durationSeconds evaluationOffsetSeconds expirationDuration thresholdDuration "
    "violationTimeLimitSeconds"
)
_TRANSACTION_TEXTS = (
    "appName entityGuid entity.guid error.class error.message errorMessage errorType guid host name parentId "
    "parent.account parent.app parent.transportType parent.type request.headers.accept request.headers.host "
    "request.headers.referer request.headers.userAgent request.method request.uri response.headers.contentType "
    "response.status httpResponseCode traceId tripId transactionName transactionType transactionSubType "
    "transactionUiName apdexPerfZone realAgentId entity.name"
)
_TRANSACTION_SECONDS = (
    "duration totalTime queueDuration databaseDuration externalDuration webDuration memcacheDuration eventLoopTime "
    "eventLoopWait parent.transportDuration"
)

_TYPES: Final = (
    _of(
        "SyntheticCheck",
        _texts("entityGuid entity.guid error id location locationLabel monitorId monitorName typeLabel"),
        (Attribute("result", "", values=("SUCCESS", "FAILED")),),
        _texts("type"),
        _numbers("duration", Unit.MILLISECONDS),
        _numbers(
            "totalRequestBodySize totalRequestHeaderSize totalResponseBodySize totalResponseHeaderSize", Unit.BYTES
        ),
    ),
    _of(
        "SyntheticRequest",
        _texts("URL checkId contentCategory contentType domain host hierarchicalURL id jobId location locationLabel"),
        _texts("monitorId monitorName pageref parentId path responseStatus serverIPAddress verb entityGuid"),
        _numbers("duration durationBlocked durationConnect durationDNS durationReceive", Unit.MILLISECONDS),
        _numbers("durationSSL durationSend durationWait firstPaint firstContentfulPaint", Unit.MILLISECONDS),
        _numbers("onPageContentLoad onPageLoad", Unit.MILLISECONDS),
        _numbers("port responseCode"),
        _numbers("sslCertificationExpirationDaysRemaining", Unit.DAYS),
        _booleans("externalResource isAjax isNavigationRoot"),
        closed=False,
    ),
    _of(
        "NrAiIncident",
        _texts(_INCIDENT_TEXTS),
        (Attribute("priority", "", values=("critical", "warning")),),
        _numbers(_INCIDENT_SECONDS, Unit.SECONDS),
        _numbers("accountId closeTime conditionId degradationTime openTime policyId recoveryTime threshold"),
        _booleans("closeViolationsOnExpiration muted"),
    ),
    _of(
        "NrAiIssue",
        _texts("event issueId conditionName conditionFamilyId policyName policyIds priority title mutingState"),
        _texts("incidentIds entity.guid entityNames origins sources createTime activateTime closeTime"),
        closed=False,
    ),
    _of(
        "NrAiNotification",
        _texts("channelId destinationId destinationType errorType issueId notificationId status statusDescription"),
        _texts("workflowId workflowName"),
        closed=False,
    ),
    _of("NrIntegrationError", _texts("category message name newRelicFeature apiKeyPrefix requestId"), closed=False),
    _of(
        "NrConsumption",
        _texts("consumingAccountName metric month productLine usageMetric"),
        _numbers("AppTransactionsAnalyzed BytesIngested FullUsers GigabytesIngested consumption monthTimestamp"),
        _numbers("estimatedCost", Unit.USD),
        closed=False,
    ),
    _of(
        "Transaction",
        _texts(_TRANSACTION_TEXTS),
        _numbers(_TRANSACTION_SECONDS, Unit.SECONDS),
        _numbers("appId databaseCallCount externalCallCount priority response.headers.contentLength port"),
        _booleans("error sampled"),
        closed=False,
    ),
    _of(
        "TransactionError",
        _texts(_TRANSACTION_TEXTS),
        _numbers(_TRANSACTION_SECONDS, Unit.SECONDS),
        _numbers("appId"),
        _booleans("error.expected sampled"),
        closed=False,
    ),
    _of(
        "Span",
        _texts("appName category component entity.guid entity.name error.class error.message guid http.url name"),
        _texts("parentId span.kind trace.id traceId transactionId transaction.name"),
        _numbers("duration", Unit.SECONDS),
        _numbers("duration.ms", Unit.MILLISECONDS),
        _numbers("appId http.statusCode"),
        closed=False,
    ),
    # Logs come from the service alone, so that nothing else is in them but what New Relic adds.
    _of("Log", LOG_ATTRIBUTES, _texts("entity.guid entity.name hostname newrelic.logPattern newrelic.source logtype")),
)
VENDOR_TYPES: Final[Mapping[str, VendorType]] = MappingProxyType({one.name: one for one in _TYPES})

# What `FROM Metric` can read beside the metrics and attributes of the service: New Relic's own metrics and the fields
# of every data point (docs.newrelic.com/docs/data-apis/understand-data/metric-data/query-metric-data-type).
METRIC_FIELDS: Final = frozenset(
    {
        *("metricName", "metricTimesliceName", "newrelic.timeslice.value", "entity.guid", "entity.name"),
        *("appName", "appId", "endTimestamp", "newrelic.source", "instrumentation.provider"),
    }
)
METRIC_NAMESPACES: Final = ("newrelic.", "apm.", "nr.", "entity.", "tags.", "instrumentation.")
