"""An NRQL alert condition: its query, when it opens an incident, and how its signal is read."""

from __future__ import annotations

from typing import Any

from sandbox.pages.fields import Fields
from sandbox.pages.html import Child, Html, element, joined
from sandbox.pages.layout import facts, panel
from sandbox.pages.views.nrql import query_block
from sandbox.pages.words import duration, readable

_OPERATORS = {
    "above": "above",
    "above_or_equals": "at or above",
    "below": "below",
    "below_or_equals": "at or below",
    "equals": "equal to",
    "not_equals": "other than",
}


def condition(properties: dict[str, Any], fields: Fields) -> Html:
    """What a reader asks of a condition first."""
    query = (properties.get("nrql") or {}).get("query", "")
    description = properties.get("description")
    policy, runbook = properties.get("policyId"), properties.get("runbookUrl")
    opens = [
        ("Enabled", None if properties.get("enabled", True) else "no: it opens nothing"),
        *((readable(severity), _term(term)) for severity, term in _terms(properties)),
        ("Policy", fields.value(policy, ("policyId",), "policyId") if policy else None),
        ("Runbook", fields.value(runbook, ("runbookUrl",), "runbookUrl") if runbook else None),
    ]
    return joined(
        [
            element("p", description, class_="lead") if description else None,
            panel("Query", query_block(query)),
            panel("Opens an incident", facts(opens)),
            panel("How the signal is read", facts(_signal(properties))),
        ]
    )


def _terms(properties: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    single = [(name, properties[name]) for name in ("critical", "warning") if properties.get(name)]
    return single or [(str(term.get("priority", "critical")), term) for term in properties.get("terms") or []]


def _term(term: dict[str, Any]) -> Child:
    operator = str(term.get("operator", "equals")).lower()
    length = duration(term.get("thresholdDuration", term.get("duration", "")))
    once = str(term.get("thresholdOccurrences", "all")).lower() == "at_least_once"
    return [
        f"{_OPERATORS.get(operator, operator)} ",
        element("strong", _number(term.get("threshold", ""))),
        f" at least once in {length}" if once else f" for {length} on end",
    ]


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _signal(properties: dict[str, Any]) -> list[tuple[str, Child]]:
    method = str(properties.get("aggregationMethod", "")).lower()
    return [
        ("Kind of condition", readable(str(properties.get("type", "static")))),
        ("Window", _seconds(properties, "aggregationWindow")),
        ("Slides by", _seconds(properties, "slideBy")),
        ("Window closes by", readable(method) if method else None),
        ("Waits for late data", _seconds(properties, "aggregationDelay") or _seconds(properties, "aggregationTimer")),
        ("Gaps are filled with", _filling(properties)),
        ("Signal is lost after", _loss(properties)),
        ("Incident is closed after", _seconds(properties, "violationTimeLimitSeconds")),
    ]


def _seconds(properties: dict[str, Any], name: str) -> str | None:
    value = properties.get(name)
    return None if value in (None, "", 0, "0") else duration(value)


def _filling(properties: dict[str, Any]) -> str | None:
    option = str(properties.get("fillOption") or "none").lower()
    if option == "static":
        return _number(properties.get("fillValue", 0))
    return "the last value" if option == "last_value" else None


def _loss(properties: dict[str, Any]) -> str | None:
    after = _seconds(properties, "expirationDuration")
    if after is None:
        return None
    then = [
        "opens an incident" if properties.get("openViolationOnExpiration") else "",
        "closes open incidents" if properties.get("closeViolationsOnExpiration") else "",
    ]
    return f"{after}, which {' and '.join(part for part in then if part) or 'changes no incident'}"
