from __future__ import annotations

from typing import Any

import pytest
from provider_harness import Harness, Made, postgres, web_service
from pulumi.provider.experimental.provider import PropertyDiffKind

WEB = "render:index:WebService"


def _paths(harness: Harness, made: Made, inputs: dict[str, Any]) -> dict[str, PropertyDiffKind]:
    return {path: found.kind for path, found in harness.diff(made, inputs).detailed_diff.items()}


def test_the_same_declaration_is_no_change(harness: Harness) -> None:
    made = harness.create(WEB, web_service())
    assert harness.diff(made, web_service()).changes is False


def test_writing_a_default_out_is_no_change(harness: Harness) -> None:
    made = harness.create(WEB, web_service())
    assert harness.diff(made, web_service(region="oregon", secretFiles={}, preDeployCommand="")).changes is False


def test_leaving_out_what_render_chose_is_no_change(harness: Harness) -> None:
    made = harness.create("render:index:Postgres", postgres(databaseName="legal"))
    assert harness.diff(made, postgres()).changes is False


def test_the_order_of_allowed_networks_is_no_change(harness: Harness) -> None:
    home = {"cidrBlock": "10.0.0.0/8", "description": "home"}
    office = {"cidrBlock": "192.0.2.0/24", "description": "office"}
    made = harness.create("render:index:Postgres", postgres(ipAllowList=[home, office]))
    assert harness.diff(made, postgres(ipAllowList=[office, home])).changes is False


def test_each_changed_variable_is_named_by_itself(harness: Harness) -> None:
    made = harness.create(WEB, web_service(envVars={"A": "1", "B": "2", "C.D": "3"}))
    assert _paths(harness, made, web_service(envVars={"A": "9", "C.D": "4", "E": "5"})) == {
        "envVars.A": PropertyDiffKind.UPDATE,
        "envVars.B": PropertyDiffKind.DELETE,
        'envVars["C.D"]': PropertyDiffKind.UPDATE,
        "envVars.E": PropertyDiffKind.ADD,
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"envVars": {}},
        {"plan": "pro"},
        {"name": "other"},
        {"environmentId": "evm-2"},
        {"numInstances": 3},
        {"autoscaling": {"min": 1, "max": 3, "cpuPercent": 70}},
        {"image": {"imagePath": "nginx:1.28"}},
        {"secretFiles": {"a": "b"}},
        {"managedBy": "someone/else"},
        {"healthCheckPath": "/live"},
    ],
)
def test_what_render_can_change_is_never_a_replacement(harness: Harness, changed: dict[str, Any]) -> None:
    made = harness.create(WEB, web_service())
    answer = harness.diff(made, web_service(**changed))
    assert answer.changes is True
    assert answer.replaces == []


@pytest.mark.parametrize(
    ("token", "inputs", "changed", "name"),
    [
        (WEB, web_service, {"region": "ohio"}, "region"),
        (WEB, web_service, {"ownerId": "tea-2"}, "ownerId"),
        ("render:index:Postgres", postgres, {"version": "17"}, "version"),
        ("render:index:Postgres", postgres, {"databaseName": "other"}, "databaseName"),
        ("render:index:Postgres", postgres, {"databaseUser": "other"}, "databaseUser"),
        ("render:index:Postgres", postgres, {"region": "ohio"}, "region"),
    ],
)
def test_what_render_cannot_change_is_a_replacement_that_frees_the_name_first(
    harness: Harness, token: str, inputs: Any, changed: dict[str, Any], name: str
) -> None:
    made = harness.create(token, inputs(databaseName="a", databaseUser="b") if token.endswith("Postgres") else inputs())
    answer = harness.diff(
        made,
        inputs(**{"databaseName": "a", "databaseUser": "b"} | changed)
        if token.endswith("Postgres")
        else inputs(**changed),
    )
    assert answer.replaces == [name]
    assert answer.delete_before_replace is True


def test_check_and_diff_ask_render_nothing(harness: Harness) -> None:
    made = harness.create(WEB, web_service())
    before = len(harness.account.calls)
    harness.diff(made, web_service(plan="pro"))
    harness.preview_update(made, web_service(plan="pro"))
    assert len(harness.account.calls) == before
