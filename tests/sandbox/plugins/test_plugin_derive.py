"""The schemas that the stand-ins check against are those of the installed SDKs."""

from __future__ import annotations

import importlib.metadata

import pulumi_newrelic
import pulumi_pagerduty
import pytest

from sandbox.plugins.derive import SDKS, derive, schema_path, text_of
from sandbox.plugins.schema import load


@pytest.mark.parametrize("vendor", SDKS)
def test_the_committed_schema_is_what_a_fresh_derivation_gives(vendor: str) -> None:
    assert schema_path(vendor).read_text() == text_of(derive(vendor)), "run `python -m sandbox.plugins.derive`"


@pytest.mark.parametrize("vendor", SDKS)
def test_the_schema_has_the_version_of_the_installed_sdk(vendor: str) -> None:
    assert load(vendor).version == importlib.metadata.version(SDKS[vendor])


@pytest.mark.parametrize(("vendor", "package"), [("newrelic", pulumi_newrelic), ("pagerduty", pulumi_pagerduty)])
def test_every_resource_that_the_sdk_registers_with_pulumi_is_in_the_schema(vendor: str, package: object) -> None:
    source = importlib.metadata.files(SDKS[vendor]) or []
    registry = next(path for path in source if str(path) == f"{SDKS[vendor]}/__init__.py").read_text()
    registered = {line.split('"')[1] for line in registry.splitlines() if line.strip().startswith(f'"{vendor}:')}
    assert len(registered) > 50
    assert {found.token for found in load(vendor).resources.values()} == registered


def test_fields_have_their_wire_names_types_and_what_is_required() -> None:
    condition = load("newrelic").resources["NrqlAlertCondition"]
    assert condition.inputs.required == {"nrql", "policyId"}
    assert condition.inputs.fields["aggregationWindow"] == "integer"
    assert condition.inputs.fields["aggregationDelay"] == "string"
    assert condition.inputs.fields["critical"] == {"type": "NrqlAlertConditionCritical"}
    assert condition.inputs.fields["terms"] == ["list", {"type": "NrqlAlertConditionTerm"}]
    assert load("newrelic").types["NrqlAlertConditionCritical"].required == {"threshold"}


def test_outputs_are_what_the_program_cannot_set() -> None:
    assert set(load("newrelic").resources["OneDashboard"].outputs) == {"guid", "permalink"}
    assert "htmlUrl" in load("pagerduty").resources["Service"].outputs


def test_secret_outputs_and_replacing_inputs_come_from_the_sdk() -> None:
    assert load("newrelic").resources["SecureCredential"].secrets == {"value"}
    assert load("newrelic").resources["ServiceLevel"].replaces == {"guid"}
    assert load("pagerduty").resources["UserContactMethod"].replaces == {"userId"}


def test_a_resource_whose_name_another_type_has_keeps_its_own_arguments() -> None:
    integration = load("pagerduty").resources["EventOrchestrationIntegration"]
    assert integration.inputs.required == {"eventOrchestration", "label"}


def test_two_resources_of_one_name_have_kinds_of_their_own() -> None:
    resources = load("newrelic").resources
    assert resources["AlertCondition"].token == "newrelic:index/alertCondition:AlertCondition"
    assert resources["SyntheticsAlertCondition"].token == "newrelic:synthetics/alertCondition:AlertCondition"
