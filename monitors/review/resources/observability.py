"""What is at New Relic, as resources: alerts, dashboards, objectives and upkeep, as infra registers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitors.review.resources.registered import Ref, Registered, Surroundings, value_of
from monitors.spec import (
    CertificateMonitor,
    ChartWidget,
    Dashboard,
    DataRule,
    DropRule,
    EventTimer,
    IncidentPreference,
    Monitor,
    MutingRule,
    NrqlCondition,
    Page,
    PingMonitor,
    ServiceLevel,
    Widget,
)


def policy(around: Surroundings, key: str, name: str, preference: IncidentPreference) -> Iterator[Registered]:
    """Yield a policy with its tags; its conditions are resources of their own."""
    yield Registered("AlertPolicy", key, {"name": name, "incidentPreference": preference})
    yield tags("AlertPolicy", key, around.tags)


def condition(around: Surroundings, spec: NrqlCondition, policy_key: str) -> Iterator[Registered]:
    """Yield a condition with its tags."""
    signal, silence, baseline = spec.signal, spec.loss_of_signal, spec.baseline
    method = signal.method
    inputs = {
        "policyId": Ref("AlertPolicy", policy_key),
        "name": spec.name,
        "description": (spec.severity, spec.user_impact, spec.owner, spec.runbook),
        "runbookUrl": spec.runbook,
        "enabled": spec.enabled,
        "type": "baseline" if baseline else "static",
        "baselineDirection": baseline.direction if baseline else None,
        "signalSeasonality": baseline.seasonality if baseline else None,
        "nrql": spec.query,
        "critical": spec.critical,
        "warning": spec.warning,
        "aggregationWindow": signal.window_seconds,
        "slideBy": signal.slide_seconds,
        "aggregationMethod": method.kind,
        "aggregationDelay": None if isinstance(method, EventTimer) else method.delay_seconds,
        "aggregationTimer": method.timer_seconds if isinstance(method, EventTimer) else None,
        "fillOption": signal.fill.option,
        "fillValue": signal.fill.value,
        "expirationDuration": silence.after_seconds if silence else None,
        "openViolationOnExpiration": silence.open_incident if silence else False,
        "closeViolationsOnExpiration": silence.close_incidents if silence else False,
        "ignoreOnExpectedTermination": silence.ignore_expected_termination if silence else False,
        "violationTimeLimitSeconds": spec.violation_time_limit_seconds,
    }
    yield Registered("NrqlAlertCondition", spec.key, inputs)
    own = {"alert": spec.key, "severity": str(spec.severity), "owner": spec.owner}
    yield tags("NrqlAlertCondition", spec.key, {**around.tags, **own})


def dashboard(around: Surroundings, spec: Dashboard) -> Iterator[Registered]:
    """Yield a dashboard with its tags."""
    inputs = {
        "name": spec.name,
        "description": spec.description,
        "permissions": spec.permissions,
        "pages": tuple(_page(page) for page in spec.pages),
        "variables": spec.variables,
    }
    yield Registered("OneDashboard", spec.key, inputs)
    yield tags("OneDashboard", spec.key, around.tags, "guid")


def monitor(around: Surroundings, spec: Monitor) -> Iterator[Registered]:
    """Yield a synthetic monitor, which carries its tags itself."""
    shared = {"name": spec.name, "period": spec.period, "locationsPublics": spec.locations, "tags": around.tags}
    if isinstance(spec, CertificateMonitor):
        inputs = {"domain": value_of(spec.base_url), "certificateExpiration": spec.days_before}
        yield Registered("CertCheckMonitor", spec.key, {**shared, **inputs}, serves="monitor")
    elif isinstance(spec, PingMonitor):
        inputs = {
            "type": "SIMPLE",
            "uri": (value_of(spec.base_url), spec.path),
            "validationString": spec.expected_text,
            "verifySsl": spec.verify_tls,
        }
        yield Registered("Monitor", spec.key, {**shared, **inputs}, serves="monitor")


def service_level(around: Surroundings, spec: ServiceLevel) -> Iterator[Registered]:
    """Yield a service level with its tags; its burn rates are conditions of their own."""
    inputs = {
        "guid": Ref("monitor", spec.monitor),
        "name": spec.name,
        "description": spec.description,
        "events": (spec.valid, spec.good, spec.bad),
        "objective": (spec.target_percent, spec.period_days),
    }
    yield Registered("ServiceLevel", spec.key, inputs)
    yield tags("ServiceLevel", spec.key, around.tags, "sliGuid")


def muting_rule(around: Surroundings, spec: MutingRule) -> Iterator[Registered]:
    """Yield a muting rule."""
    inputs = {
        "name": spec.name,
        "description": (spec.description, around.owner),
        "enabled": spec.enabled,
        "condition": tuple(Ref("AlertPolicy", key) for key in spec.policies),
        "schedule": (spec.first_start, spec.first_end, spec.time_zone, spec.weekdays),
    }
    yield Registered("AlertMutingRule", spec.key, inputs)


def data_rule(around: Surroundings, spec: DataRule) -> Iterator[Registered]:
    """Yield a rule for arriving data."""
    described = (spec.description, around.owner)
    if isinstance(spec, DropRule):
        inputs: dict[str, Any] = {"name": spec.name, "description": described, "nrql": spec.statement}
        yield Registered("PipelineCloudRule", spec.key, inputs)
        return
    inputs = {
        "description": described,
        "nrql": spec.where,
        "retentionPolicy": spec.retention,
        "targetDataPartition": spec.partition,
    }
    yield Registered("DataPartitionRule", spec.key, inputs)


def tags(
    kind: str, name: str, values: Mapping[str, str], output: str = "entityGuid", *, serves: str = ""
) -> Registered:
    """Return the tags of an entity; they stand below it, since an alert and its policy may have the same key."""
    guid = Ref(serves or kind, name, output)
    return Registered("EntityTags", name, {"guid": guid, "tags": values}, below=kind)


def _page(page: Page) -> tuple[str, Mapping[str, tuple[Widget, ...]]]:
    """Return a page as New Relic takes it: a list for each kind of widget, in the order of their places."""
    lists: dict[str, tuple[Widget, ...]] = {}
    for widget in page.widgets_in_order:
        kind = widget.kind if isinstance(widget, ChartWidget) else widget.LABEL
        lists[kind] = (*lists.get(kind, ()), widget)
    return page.name, lists
