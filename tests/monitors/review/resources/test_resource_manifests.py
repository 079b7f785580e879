"""What two manifests say that provisioning does, for edits that no spec shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from registered_programs import entry

from monitors.review.changes import Effect
from monitors.review.resources.manifests import ManifestError, manifest_changes

PROD = (Path(__file__).parents[4] / "infra" / "manifests" / "prod.yaml").read_text(encoding="utf-8")


def manifest(*resources: dict[str, Any]) -> str:
    return yaml.safe_dump({"resources": list(resources), "exports": {}})


POLICY = {"type": "newrelic:index/alertPolicy:AlertPolicy", "name": "page", "inputs": {"name": "Page"}}
CONDITION = {
    "type": "newrelic:index/nrqlAlertCondition:NrqlAlertCondition",
    "name": "down",
    "parent": "Alerting:alerting",
    "inputs": {"policyId": "AlertPolicy:page", "type": "static", "critical": {"threshold": 5}},
}
GROUP = {"type": "render:index:EnvironmentGroup", "name": "stores", "inputs": {"envVars": {"LEVEL": "info"}}}
SERVICE = {
    "type": "render:index:WebService",
    "name": "web",
    "inputs": {
        "envVars": {"ADDRESS": "PrivateService:ai.internalHost:10000"},
        "environmentGroups": {"EnvironmentGroup:stores": "EnvironmentGroup:stores.contentHash"},
        "region": "oregon",
    },
}
PRIVATE = {"type": "render:index:PrivateService", "name": "ai", "inputs": {"region": "oregon"}}
COMPONENT = {"type": "legal-platform:hosting:Hosting", "name": "hosting"}


def entries(before: str, after: str) -> list[str]:
    return [entry(one) for one in manifest_changes(before, after)]


def with_inputs(one: dict[str, Any], **inputs: Any) -> dict[str, Any]:
    return {**one, "inputs": {**one["inputs"], **inputs}}


def test_equal_manifests_touch_nothing() -> None:
    assert manifest_changes(PROD, PROD) == ()


def test_another_head_line_touches_nothing() -> None:
    assert manifest_changes(PROD, f"# Another line.\n{PROD}") == ()


def test_an_edit_of_the_committed_manifest_is_one_update() -> None:
    assert entries(PROD, PROD.replace("threshold: 95\n", "threshold: 96\n", 1)) == [
        "update NrqlAlertCondition claude-api-success-rate"
    ]


def test_what_is_new_and_what_is_gone_are_told() -> None:
    assert entries(manifest(POLICY, CONDITION), manifest(POLICY, GROUP)) == [
        "delete NrqlAlertCondition down",
        "create EnvironmentGroup stores",
    ]


def test_an_input_that_cannot_change_replaces_and_says_what_is_lost() -> None:
    (found,) = manifest_changes(manifest(POLICY, CONDITION), manifest(POLICY, with_inputs(CONDITION, type="baseline")))
    assert (found.effect, found.because) == (Effect.REPLACE, ("type",))
    assert "its history ends" in found.loses


def test_what_refers_to_something_made_anew_is_followed_within_a_text() -> None:
    after = manifest(with_inputs(PRIVATE, region="ohio"), GROUP, SERVICE)
    assert entries(manifest(PRIVATE, GROUP, SERVICE), after) == ["replace PrivateService ai", "update WebService web"]


def test_a_service_is_deployed_for_another_content_of_its_group() -> None:
    after = manifest(PRIVATE, with_inputs(GROUP, envVars={"LEVEL": "debug"}), SERVICE)
    assert entries(manifest(PRIVATE, GROUP, SERVICE), after) == [
        "update EnvironmentGroup stores",
        "update WebService web",
    ]


def test_a_component_is_no_resource_at_a_vendor() -> None:
    assert manifest_changes(manifest(POLICY), manifest(POLICY, COMPONENT)) == ()


def test_a_type_that_nobody_knows_is_told_by_its_own_name() -> None:
    strange = {"type": "newrelic:index/team:Team", "name": "ours", "inputs": {"name": "Ours"}}
    (found,) = manifest_changes(manifest(strange), manifest(with_inputs(strange, name="Theirs")))
    assert (found.type, found.effect) == ("newrelic:index/team:Team", Effect.UPDATE)


def test_a_text_that_is_no_manifest_is_refused_with_what_to_do() -> None:
    with pytest.raises(ManifestError, match=r"no list of resources; write it anew with: python -m infra\.manifest"):
        manifest_changes("a: 1", PROD)
    with pytest.raises(ManifestError, match="no YAML"):
        manifest_changes("a: [", PROD)
