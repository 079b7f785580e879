"""Checks from outside and service levels as they reach New Relic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from observability_specs import BASE_URL, context
from stack_mocks import ACCOUNT_ID, Recording, a_context, recorded

from infra.observability.checks import certificate_arguments
from infra.observability.objectives import Objectives
from monitors.spec import CertificateMonitor, Events, Monitor, PingMonitor, ServiceLevel

REQUESTS = Events(source="Metric", function="SUM", attribute="Custom/Service/RequestCount", where="env = 'staging'")
FAILURES = Events(source="SkillExecution", function="COUNT", where="outcome != 'success'")
PING = PingMonitor(
    key="health", name="Health (staging)", base_url=BASE_URL, path="/health", locations=("US_EAST_1", "EU_WEST_1")
)
CERTIFICATE = CertificateMonitor(
    key="certificate", name="Certificate (staging)", base_url=BASE_URL, locations=("US_EAST_1",), days_before=14
)


def level(**changes: Any) -> ServiceLevel:
    """An availability objective on the ping."""
    fields: dict[str, Any] = {
        "key": "availability",
        "name": "Availability (staging)",
        "description": "The share of requests that were answered.",
        "monitor": "health",
        "valid": REQUESTS,
        "bad": FAILURES,
        "target_percent": 99.9,
    }
    return ServiceLevel(**{**fields, **changes})


def made(levels: Sequence[ServiceLevel] = (), monitors: Sequence[Monitor] = (PING, CERTIFICATE)) -> Recording:
    """What the component registers."""

    def program() -> None:
        Objectives("objectives", levels, monitors, context())

    return recorded(program)


def test_a_ping_asks_the_service_s_address_from_its_places_every_period() -> None:
    inputs = made().of_type("Monitor")["health"].inputs
    said = {name: inputs[name] for name in ("type", "status", "uri", "period", "locationsPublics", "verifySsl")}
    assert said == {
        "type": "SIMPLE",
        "status": "ENABLED",
        "uri": "https://legal.example.com/health",
        "period": "EVERY_MINUTE",
        "locationsPublics": ["US_EAST_1", "EU_WEST_1"],
        "verifySsl": True,
    }


def test_a_ping_is_a_get_since_a_head_has_no_text_to_search() -> None:
    looking = PING.model_copy(update={"expected_text": "ok"})
    inputs = made(monitors=(looking,)).of_type("Monitor")["health"].inputs
    assert (inputs["bypassHeadRequest"], inputs["validationString"]) == (True, "ok")


def test_a_ping_without_expected_text_searches_none() -> None:
    assert "validationString" not in made().of_type("Monitor")["health"].inputs


def test_a_certificate_check_names_the_host_alone_and_a_runtime_that_still_exists() -> None:
    inputs = made().of_type("CertCheckMonitor")["certificate"].inputs
    assert (inputs["domain"], inputs["certificateExpiration"]) == ("legal.example.com", 14)
    assert (inputs["runtimeType"], inputs["runtimeTypeVersion"]) == ("NODE_API", "22.20.0")


def test_an_address_without_a_host_is_refused_with_the_setting_s_name() -> None:
    with pytest.raises(ValueError, match="names no host") as raised:
        certificate_arguments(CERTIFICATE, context=a_context(settings={BASE_URL.name: "legal.example.com"}))
    assert str(raised.value) == (
        "certificate monitor \"certificate\": setting publicUrl is 'legal.example.com', which names no host; "
        "give a whole address, such as https://legal.example.com."
    )


def test_checks_carry_the_stack_s_tags_themselves() -> None:
    recording = made()
    for one in (recording.of_type("Monitor")["health"], recording.of_type("CertCheckMonitor")["certificate"]):
        assert {"key": "managed-by", "values": ["pulumi"]} in one.inputs["tags"]


def test_a_service_level_stands_on_its_check_s_entity_over_rolling_days() -> None:
    inputs = made((level(period_days=7),)).of_type("ServiceLevel")["availability"].inputs
    assert inputs["guid"] == "Monitor:health"
    assert inputs["objective"] == {"target": 99.9, "timeWindow": {"rolling": {"count": 7, "unit": "DAY"}}}


def test_valid_and_bad_events_are_those_of_the_spec_with_the_metric_in_backquotes() -> None:
    assert made((level(),)).of_type("ServiceLevel")["availability"].inputs["events"] == {
        "accountId": ACCOUNT_ID,
        "validEvents": {
            "from": "Metric",
            "where": "env = 'staging'",
            "select": {"function": "SUM", "attribute": "`Custom/Service/RequestCount`"},
        },
        "badEvents": {"from": "SkillExecution", "where": "outcome != 'success'", "select": {"function": "COUNT"}},
    }


def test_good_events_take_the_place_of_bad_ones() -> None:
    good = Events(source="SkillExecution", function="SUM", attribute="answered")
    events = made((level(bad=None, good=good),)).of_type("ServiceLevel")["availability"].inputs["events"]
    assert events["goodEvents"] == {"from": "SkillExecution", "select": {"function": "SUM", "attribute": "answered"}}
    assert "badEvents" not in events


def test_a_service_level_is_tagged_by_its_own_entity() -> None:
    tags = made((level(),)).of_type("EntityTags")["availability"]
    assert tags.inputs["guid"] == "ServiceLevel:availability.sliGuid"
