"""Pulumi's preview is read as what the accounts hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lookout.drift.reading import parsed, read
from lookout.errors import CouldNotRun
from lookout.stack.pulumi_cli import Pulumi

TYPE = "newrelic:index/nrqlAlertCondition:NrqlAlertCondition"


def step(op: str, name: str, old: dict[str, Any] | None, new: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    def state(inputs: dict[str, Any], object_id: str) -> dict[str, Any]:
        return {"custom": True, "type": TYPE, "inputs": {"__defaults": [], **inputs}, "id": object_id}

    found: dict[str, Any] = {"op": op, "urn": f"urn:pulumi:prod::p::{TYPE}::{name}", **more}
    if old is not None:
        found["oldState"] = state(old, f"id-{name}")
    if new is not None:
        found["newState"] = state(new, f"id-{name}")
    return found


def test_an_object_that_was_changed_has_the_accounts_inputs_and_the_declared_ones() -> None:
    steps = [step("refresh", "a", {"x": 1}, {"x": 2}), step("update", "a", {"x": 2}, {"x": 1})]
    (one,) = parsed({"steps": steps}).changed
    assert (one.account, one.declared, one.effect, one.differing) == ({"x": 2}, {"x": 1}, "update", ("x",))


def test_an_object_that_is_gone_has_no_inputs_in_the_account() -> None:
    steps = [step("refresh", "a", {"x": 1}, None), step("create", "a", None, {"x": 1})]
    (one,) = parsed({"steps": steps}).changed
    assert (one.account, one.declared, one.effect) == (None, {"x": 1}, "create")


def test_an_object_that_is_declared_no_longer_has_no_declared_inputs() -> None:
    (one,) = parsed({"steps": [step("delete", "a", {"x": 1}, None)]}).changed
    assert (one.account, one.declared, one.effect) == ({"x": 1}, None, "delete")


def test_a_replacement_is_one_object_with_its_reasons() -> None:
    steps = [
        step("create-replacement", "a", {"x": 1}, {"x": 2}, replaceReasons=["x"]),
        step("replace", "a", {"x": 1}, {"x": 2}, replaceReasons=["x"]),
        step("delete-replaced", "a", {"x": 1}, None),
    ]
    (one,) = parsed({"steps": steps}).changed
    assert (one.effect, one.because) == ("replace", ("x",))


def test_what_is_as_declared_is_known_by_its_id_and_not_changed() -> None:
    found = parsed({"steps": [step("same", "a", {"x": 1}, {"x": 1})]})
    assert found.changed == ()
    assert found.known["id-a"].name == "a"
    assert found.name_of("id-a", "NrqlAlertCondition") == "a"
    assert found.name_of("id-a", "AlertPolicy") is None


def test_components_and_providers_are_no_objects() -> None:
    component = {"op": "same", "urn": "urn:pulumi:prod::p::x:y:Z::c", "newState": {"type": "x:y:Z", "inputs": {}}}
    assert parsed({"steps": [component]}).objects == ()


@pytest.mark.parametrize(
    ("environment", "where"), [({}, ""), ({"LOOKOUT_SANDBOX_URL": "http://localhost"}, " --sandbox")]
)
def test_a_stack_that_was_never_provisioned_is_told_as_that_and_not_as_gone(
    environment: dict[str, str], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = step("create", "a", None, {"x": 1})
    del made["newState"]["id"]
    monkeypatch.setattr(Pulumi, "read", lambda *_: json.dumps({"steps": [made]}))
    with pytest.raises(CouldNotRun) as fault:
        read(Pulumi(Path("pulumi"), environment, Path()), "prod")
    assert str(fault.value) == (
        "nothing of prod was ever provisioned here, or all of it was destroyed: there is nothing to compare.\n"
        f"Provision it first, with `lookout up --stack prod{where}`."
    )


def test_a_stack_of_which_everything_was_deleted_by_hand_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = [step("refresh", "a", {"x": 1}, None), step("create", "a", None, {"x": 1})]
    monkeypatch.setattr(Pulumi, "read", lambda *_: json.dumps({"steps": gone}))
    (one,) = read(Pulumi(Path("pulumi"), {}, Path()), "prod").changed
    assert one.effect == "create"
