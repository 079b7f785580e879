"""Policies and NRQL conditions, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lookout.drift.altering import altered
from lookout.drift.lifting.references import References
from monitors.spec import (
    Baseline,
    Cadence,
    EventFlow,
    EventTimer,
    Fill,
    IncidentPreference,
    LossOfSignal,
    NrqlCondition,
    Occurrences,
    Operator,
    Policy,
    Signal,
    Threshold,
)

POLICY_PROPERTIES: Final = frozenset({"name", "incidentPreference"})
PROPERTIES: Final = frozenset(
    {
        "name",
        "enabled",
        "type",
        "baselineDirection",
        "signalSeasonality",
        "nrql",
        "critical",
        "warning",
        "aggregationWindow",
        "slideBy",
        "aggregationMethod",
        "aggregationDelay",
        "aggregationTimer",
        "fillOption",
        "fillValue",
        "expirationDuration",
        "openViolationOnExpiration",
        "closeViolationsOnExpiration",
        "ignoreOnExpectedTermination",
        "violationTimeLimitSeconds",
    }
)


def policy(spec: Policy, inputs: Mapping[str, Any], references: References) -> Policy:
    """Return a policy as the account has it."""
    preference = IncidentPreference(inputs.get("incidentPreference", IncidentPreference.PER_POLICY))
    return altered(spec, name=inputs["name"], incident_preference=preference)


def condition(spec: NrqlCondition, inputs: Mapping[str, Any], references: References) -> NrqlCondition:
    """Return a condition as the account has it; what New Relic does not know of an alert stays as declared."""
    return altered(
        spec,
        name=inputs["name"],
        enabled=inputs.get("enabled", True),
        query=inputs["nrql"]["query"],
        critical=_threshold(inputs.get("critical")),
        warning=_threshold(inputs.get("warning")),
        baseline=_baseline(inputs),
        signal=_signal(inputs),
        loss_of_signal=_loss(inputs),
        violation_time_limit_seconds=inputs["violationTimeLimitSeconds"],
    )


def _threshold(term: Mapping[str, Any] | None) -> Threshold | None:
    if term is None:
        return None
    return Threshold(
        operator=Operator(term["operator"]),
        value=float(term["threshold"]),
        duration_seconds=int(term["thresholdDuration"]),
        occurrences=Occurrences(term["thresholdOccurrences"].lower()),
    )


def _baseline(inputs: Mapping[str, Any]) -> Baseline | None:
    if inputs.get("type") != "baseline":
        return None
    direction = inputs["baselineDirection"].lower()
    seasonality = inputs.get("signalSeasonality")
    return Baseline(direction=direction, **({"seasonality": seasonality.lower()} if seasonality else {}))


def _signal(inputs: Mapping[str, Any]) -> Signal:
    option = inputs.get("fillOption", "none")
    value = inputs.get("fillValue")
    return Signal(
        window_seconds=int(inputs["aggregationWindow"]),
        slide_seconds=None if inputs.get("slideBy") is None else int(inputs["slideBy"]),
        method=_method(inputs),
        fill=Fill(option=option, value=float(value) if option == "static" and value is not None else None),
    )


def _method(inputs: Mapping[str, Any]) -> EventFlow | EventTimer | Cadence:
    kind = inputs["aggregationMethod"].lower()
    if kind == "event_timer":
        return EventTimer(timer_seconds=int(inputs["aggregationTimer"]))
    delay = int(inputs["aggregationDelay"])
    return Cadence(delay_seconds=delay) if kind == "cadence" else EventFlow(delay_seconds=delay)


def _loss(inputs: Mapping[str, Any]) -> LossOfSignal | None:
    after, opens = inputs.get("expirationDuration"), inputs.get("openViolationOnExpiration", False)
    closes = inputs.get("closeViolationsOnExpiration", False)
    if after is None or not (opens or closes):
        return None
    return LossOfSignal(
        after_seconds=int(after),
        open_incident=opens,
        close_incidents=closes,
        ignore_expected_termination=inputs.get("ignoreOnExpectedTermination", False),
    )
