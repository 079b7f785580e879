"""What was made by hand is looked for by the vendors' own APIs, reading alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from vendor_server import Asked, served

from lookout.drift import vendors
from lookout.drift.reading import Object, Reading
from lookout.drift.strangers import Stranger
from lookout.drift.vendors import newrelic, pagerduty

READING = Reading(
    (Object("pagerduty:index/schedule:Schedule", "ai-primary", "same", {}, {}, (), "PSCHED"),),
    {"accountId": "7", "region": "EU"},
)


def nerdgraph(asked: Asked) -> object:
    """Answer as NerdGraph does, in two pages of conditions."""
    query, cursor = asked.body["query"], asked.body["variables"].get("cursor")
    if "nrqlConditionsSearch" in query:
        number, after = ("1", "more") if cursor is None else ("2", None)
        page = {"nrqlConditions": [{"id": number, "name": f"C{number}", "policyId": "5"}], "nextCursor": after}
        part: dict[str, object] = {"alerts": {"nrqlConditionsSearch": page}}
    elif "aiWorkflows" in query:
        issues = {"predicates": [{"attribute": "labels.policyIds", "values": ["5"]}]}
        entities = [{"id": "w", "name": "W", "issuesFilter": issues}]
        part = {"aiWorkflows": {"workflows": {"entities": entities, "nextCursor": None}}}
    elif "aiNotifications" in query:
        entities = [{"id": "c", "name": "Ch", "destinationId": "d"}]
        part = {"aiNotifications": {"channels": {"entities": entities, "nextCursor": None}}}
    else:
        rule = {"id": "3", "name": "M", "condition": {"conditions": [{"attribute": "policyId", "values": ["5"]}]}}
        part = {"alerts": {"mutingRules": [rule]}}
    return {"data": {"actor": {"account": part}}}


def rest(asked: Asked) -> object:
    """Answer as PagerDuty does, services in two pages."""
    match asked.path, asked.body.get("offset"):
        case "/services", "0":
            return {"services": [{"id": "S1", "name": "One", "escalation_policy": {"id": "E1"}}], "more": True}
        case "/services", _:
            way = {"id": "I1", "summary": "Way in"}
            return {"services": [{"id": "S2", "name": "Two", "integrations": [way]}], "more": False}
        case "/escalation_policies", _:
            rules = [{"targets": [{"id": "PSCHED"}]}]
            return {"escalation_policies": [{"id": "E1", "name": "E", "escalation_rules": rules}]}
        case "/maintenance_windows", _:
            window = {"id": "M1", "description": "Move", "start_time": "a", "end_time": "b", "services": [{"id": "S1"}]}
            return {"maintenance_windows": [window]}
        case "/schedules/PSCHED/overrides", _:
            return {"overrides": [{"id": "O1", "start": "x", "end": "y", "user": {"summary": "Somebody"}}]}
    return 404


def test_new_relics_objects_are_named_and_numbered_as_the_state_has_them() -> None:
    with served(nerdgraph) as server:
        found = list(newrelic.strangers("a-key", READING, server.address))
    assert [(one.kind, one.id, one.name) for one in found] == [
        ("NrqlAlertCondition", "5:1", "C1"),
        ("NrqlAlertCondition", "5:2", "C2"),
        ("Workflow", "w", "W"),
        ("NotificationChannel", "c", "Ch"),
        ("AlertMutingRule", "7:3", "M"),
    ]
    assert {asked.headers["API-Key"] for asked in server.asked} == {"a-key"}
    assert {asked.body["variables"]["account"] for asked in server.asked} == {7}
    assert not any("mutation" in asked.body["query"] for asked in server.asked)


def test_pagerdutys_objects_come_with_what_they_name_and_with_our_schedules_overrides() -> None:
    with served(rest) as server:
        found = list(pagerduty.strangers("a-key", READING, server.address))
    assert [(one.kind, one.id, dict(one.inputs)) for one in found] == [
        ("EscalationPolicy", "E1", {"rules": [{"targets": [{"id": "PSCHED"}]}]}),
        ("Service", "S1", {"escalationPolicy": "E1"}),
        ("Service", "S2", {"escalationPolicy": None}),
        ("ServiceIntegration", "I1", {"service": "S2"}),
        ("MaintenanceWindow", "M1", {"services": ["S1"]}),
        ("ScheduleOverride", "O1", {"schedule": "PSCHED"}),
    ]


def test_an_account_without_a_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEW_RELIC_API_KEY", raising=False)
    monkeypatch.delenv("PAGERDUTY_TOKEN", raising=False)
    assert vendors.inventory(READING).unseen == (
        "What was made by hand at New Relic was not looked for: set NEW_RELIC_API_KEY to a key that may read.",
        "What was made by hand at PagerDuty was not looked for: set PAGERDUTY_TOKEN to a key that may read.",
    )


def test_an_account_that_refuses_is_named_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "seeded-secret")

    def look(key: str, reading: Reading) -> Iterator[Stranger]:
        raise LookupError(f"the key {key} may not read\nmore")

    found = vendors.inventory(READING, (("New Relic", "SOME_KEY", look),))
    assert found.unseen == (
        "What was made by hand at New Relic could not be looked for: the key [secret] may not read.",
    )


def test_an_error_of_nerdgraph_is_told() -> None:
    def refusing(asked: Asked) -> object:
        return {"errors": [{"message": "Forbidden: no such account"}]}

    with served(refusing) as server, pytest.raises(LookupError, match="Forbidden: no such account"):
        list(newrelic.strangers("a-key", READING, server.address))
