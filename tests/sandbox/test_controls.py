from __future__ import annotations

import re
from typing import Any

import pytest

from sandbox.controls import ControlError, Controls, Settings, settings_from_environment


def _request_fault(**changed: Any) -> dict[str, Any]:
    return {"kind": "request", "path": "/render/v1/services", "status": 500, **changed}


def _deploy_fault(**changed: Any) -> dict[str, Any]:
    return {"kind": "deploy", "status": "update_failed", **changed}


def test_the_pace_is_set_by_environment_variables() -> None:
    variables = {"LOOKOUT_SANDBOX_DEPLOY_SECONDS": "12.5", "LOOKOUT_SANDBOX_RATE_LIMIT_MULTIPLIER": "1", "PATH": "/bin"}
    settings = settings_from_environment(variables)
    assert (settings.deploy_seconds, settings.rate_limit_multiplier) == (12.5, 1.0)
    assert settings_from_environment({}) == Settings()


def test_an_impossible_environment_variable_is_named_with_its_value() -> None:
    with pytest.raises(ControlError, match=r'variable LOOKOUT_SANDBOX_DEPLOY_SECONDS is "soon": .*number'):
        settings_from_environment({"LOOKOUT_SANDBOX_DEPLOY_SECONDS": "soon"})


def test_a_changed_setting_leaves_the_others() -> None:
    controls = Controls(Settings(deploy_seconds=3))
    assert controls.change_settings({"rate_limit_multiplier": 1}) == Settings(deploy_seconds=3, rate_limit_multiplier=1)
    assert controls.settings.deploy_seconds == 3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"pace": 1}, '"pace": Extra inputs are not permitted'),
        ({"deploy_seconds": -1}, '"deploy_seconds": Input should be greater than or equal to 0'),
        ({"rate_limit_multiplier": 0}, '"rate_limit_multiplier": Input should be greater than 0'),
        ([], "the body has to be a JSON object of settings"),
    ],
)
def test_an_impossible_setting_is_refused_by_name_and_changes_nothing(changes: Any, message: str) -> None:
    controls = Controls(Settings())
    with pytest.raises(ControlError, match=re.escape(message)):
        controls.change_settings(changes)
    assert controls.settings == Settings()


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/render/v1/services", "/render/v1/services", True),
        ("/render/v1/services", "/render/v1/services/srv-1", False),
        ("/render/v1/services/*/deploys", "/render/v1/services/srv-1/deploys", True),
        ("/render/v1/services/*/deploys", "/render/v1/services/srv-1/x/deploys", False),
        ("/render/**", "/render/v1/services/srv-1", True),
        ("/render/v1/a.b", "/render/v1/axb", False),
    ],
)
def test_a_request_fault_fits_by_path(pattern: str, path: str, fits: bool) -> None:
    controls = Controls(Settings())
    controls.add_fault(_request_fault(path=pattern))
    assert (controls.take_request_fault("GET", path) is not None) is fits


def test_a_request_fault_fits_by_method() -> None:
    controls = Controls(Settings())
    controls.add_fault(_request_fault(method="POST"))
    assert controls.take_request_fault("GET", "/render/v1/services") is None
    assert controls.take_request_fault("POST", "/render/v1/services") is not None


def test_a_fault_is_met_as_often_as_it_says() -> None:
    controls = Controls(Settings())
    controls.add_fault(_request_fault(times=2))
    assert [controls.take_request_fault("GET", "/render/v1/services") is not None for _ in range(3)] == [
        True,
        True,
        False,
    ]


def test_equal_faults_wait_for_turns_of_their_own() -> None:
    controls = Controls(Settings())
    for _ in range(2):
        controls.add_fault(_request_fault(times=2))
    controls.take_request_fault("GET", "/render/v1/services")
    assert [fault["times"] for fault in controls.waiting_faults()] == [1, 2]


def test_a_deploy_fault_is_for_its_service_by_name_or_id_and_for_a_way_it_can_end() -> None:
    controls = Controls(Settings())
    controls.add_fault(_deploy_fault(service="legal-ai", status="pre_deploy_failed"))
    possible = {"build_failed", "pre_deploy_failed"}
    assert controls.take_deploy_fault({"srv-1", "legal-web"}, possible) is None
    assert controls.take_deploy_fault({"srv-2", "legal-ai"}, {"build_failed"}) is None
    assert controls.take_deploy_fault({"srv-2", "legal-ai"}, possible) is not None
    assert controls.waiting_faults() == []


def test_waiting_faults_can_be_forgotten() -> None:
    controls = Controls(Settings())
    controls.add_fault(_deploy_fault())
    controls.clear_faults()
    assert controls.waiting_faults() == []


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"kind": "flood"}, "Input tag 'flood' found using 'kind' does not match any of the expected tags"),
        ({"kind": "request", "path": "/x"}, "give exactly one of status, lose_answer and delay_seconds"),
        (_request_fault(lose_answer=True), "give exactly one of status, lose_answer and delay_seconds"),
        (_request_fault(status=200), '"request.status": Input should be greater than or equal to 400'),
        (_request_fault(path="services"), '"request.path": String should match pattern'),
        (_request_fault(times=0), '"request.times": Input should be greater than or equal to 1'),
        (_deploy_fault(status="live"), "\"deploy.status\": Input should be 'build_failed'"),
        (_deploy_fault(services="x"), '"deploy.services": Extra inputs are not permitted'),
    ],
)
def test_a_fault_that_is_none_is_refused_by_field(document: dict[str, Any], message: str) -> None:
    controls = Controls(Settings())
    with pytest.raises(ControlError, match=re.escape(message)):
        controls.add_fault(document)
    assert controls.waiting_faults() == []
