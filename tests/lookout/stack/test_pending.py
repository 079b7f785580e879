"""What a killed run left open: which objects are ours, and how the state is brought in line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from lookout.errors import CouldNotRun
from lookout.stack.pending import Found, decide, match, read_unfinished, settle

STACK = "urn:pulumi:staging::legal-platform::"
POLICY = "newrelic:index/alertPolicy:AlertPolicy"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}


@dataclass
class RecordedPulumi:
    """Answers `stack export` with a state, and records what is asked of it."""

    exported: dict[str, Any]
    asked: list[tuple[str, ...]] = field(default_factory=list)
    imported: dict[str, Any] = field(default_factory=dict)

    def read(self, arguments: Sequence[str], typed: str = "") -> str:
        self.asked.append(tuple(arguments))
        if typed:
            self.imported = json.loads(typed)
        return json.dumps(self.exported)


def resource(label: str, object_id: str | None = None, token: str = POLICY, **inputs: Any) -> dict[str, Any]:
    known = {"id": object_id} if object_id else {}
    return {"urn": f"{STACK}{token}::{label}", "type": token, "custom": True, "inputs": inputs, **known}


def state(resources: Sequence[Mapping[str, Any]], creating: Sequence[Mapping[str, Any]]) -> RecordedPulumi:
    operations = [{"resource": one, "type": "creating"} for one in creating]
    return RecordedPulumi({"version": 3, "deployment": {"resources": [*resources], "pending_operations": operations}})


def account(**objects: Mapping[str, Any]) -> Any:
    return lambda vendor, kind, inputs: [Found(object_id, inputs) for object_id, inputs in objects.items()]


def outcomes(pulumi: RecordedPulumi, find: Any) -> list[tuple[str, str | None]]:
    unfinished = read_unfinished(pulumi, "staging")  # type: ignore[arg-type]  # a recording stands in
    return [(one.pending.name, one.object_id) for one in match(unfinished, find)]


def test_an_object_with_exactly_the_values_that_were_sent_is_ours() -> None:
    pulumi = state([], [resource("page", name="Page (staging)")])
    assert outcomes(pulumi, account(i1={"name": "Page (staging)", "added": "by the vendor"})) == [
        ("AlertPolicy page", "i1")
    ]


def test_an_object_of_the_same_name_with_other_values_is_not_ours() -> None:
    pulumi = state([], [resource("page", name="Page", incidentPreference="PER_CONDITION")])
    assert outcomes(pulumi, account(i1={"name": "Page", "incidentPreference": "PER_POLICY"})) == [
        ("AlertPolicy page", None)
    ]


def test_an_object_that_the_state_knows_is_not_taken_twice() -> None:
    pulumi = state([resource("other", "i1", name="Page")], [resource("page", name="Page")])
    assert outcomes(pulumi, account(i1={"name": "Page"})) == [("AlertPolicy page", None)]


def test_two_equal_creates_take_an_object_each() -> None:
    channel = "newrelic:index/notificationChannel:NotificationChannel"
    pulumi = state(
        [], [resource("a", token=channel, destinationId="d1"), resource("b", token=channel, destinationId="d2")]
    )
    found = outcomes(pulumi, account(c1={"destinationId": "d1"}, c2={"destinationId": "d2"}))
    assert found == [("NotificationChannel a", "c1"), ("NotificationChannel b", "c2")]


def test_two_objects_that_fit_one_create_stop_the_run() -> None:
    pulumi = state([], [resource("page", name="Page")])
    with pytest.raises(CouldNotRun, match=r"AlertPolicy page .* 2 objects in the\s+account fit it: i1, i2") as refusal:
        outcomes(pulumi, account(i1={"name": "Page"}, i2={"name": "Page"}))
    assert "Delete those that nobody needs" in str(refusal.value)


def test_a_secret_which_no_account_tells_is_passed_over_in_the_comparison() -> None:
    pulumi = state([], [resource("page", name="Page", auth={"token": SECRET, "prefix": "Bearer"})])
    assert outcomes(pulumi, account(i1={"name": "Page", "auth": {"prefix": "Bearer"}}))[0][1] == "i1"
    assert outcomes(pulumi, account(i1={"name": "Page", "auth": {"prefix": "Token"}}))[0][1] is None


def test_lists_are_compared_item_by_item() -> None:
    pulumi = state([], [resource("page", name="Page", tags=[{"key": "env"}])])
    assert outcomes(pulumi, account(i1={"name": "Page", "tags": [{"key": "env"}, {"key": "team"}]}))[0][1] is None


def test_what_was_made_is_added_to_the_state_with_its_id_and_read_back() -> None:
    pulumi = state(
        [resource("kept", "i0", name="Kept")], [resource("page", name="Page"), resource("lost", name="Lost")]
    )
    unfinished = read_unfinished(pulumi, "staging")  # type: ignore[arg-type]  # a recording stands in
    found = match(unfinished, lambda vendor, kind, inputs: [Found("i1", inputs)] if inputs["name"] == "Page" else [])
    settle(pulumi, "staging", unfinished, found)  # type: ignore[arg-type]  # a recording stands in
    written = pulumi.imported["deployment"]
    assert [(one["urn"].rpartition("::")[2], one["id"]) for one in written["resources"]] == [
        ("kept", "i0"),
        ("page", "i1"),
    ]
    assert written["pending_operations"] == []
    assert pulumi.asked[-1][:3] == ("refresh", "--stack", "staging")
    assert pulumi.asked[-1][-2:] == ("--target", f"{STACK}{POLICY}::page")


def test_updates_that_were_cut_off_stay_for_the_engine() -> None:
    pulumi = state([], [resource("page", name="Page")])
    pulumi.exported["deployment"]["pending_operations"].append({"resource": resource("x", "i9"), "type": "updating"})
    unfinished = read_unfinished(pulumi, "staging")  # type: ignore[arg-type]  # a recording stands in
    settle(pulumi, "staging", unfinished, match(unfinished, account()))  # type: ignore[arg-type]  # likewise
    assert [one["type"] for one in pulumi.imported["deployment"]["pending_operations"]] == ["updating"]


def test_a_create_that_a_later_run_repeated_is_not_adopted() -> None:
    pulumi = state([resource("page", "i2", name="Page")], [resource("page", name="Page")])
    unfinished = read_unfinished(pulumi, "staging")  # type: ignore[arg-type]  # a recording stands in
    (outcome,) = match(unfinished, account(i1={"name": "Page"}, i2={"name": "Page"}))
    assert (outcome.object_id, outcome.is_repeated, outcome.is_adopted) == ("i1", True, False)


def test_in_a_real_account_every_cut_off_create_is_listed_and_nothing_is_guessed() -> None:
    pulumi = state([], [resource("page", name="Page"), resource("lost", name="Lost")])
    unfinished = read_unfinished(pulumi, "prod")  # type: ignore[arg-type]  # a recording stands in
    with pytest.raises(CouldNotRun) as refusal:
        decide(unfinished, {f"{STACK}{POLICY}::page": "i1"}, [])
    told = str(refusal.value)
    assert "AlertPolicy lost" in told
    assert f"{STACK}{POLICY}::lost" in told
    assert "AlertPolicy page" not in told
    assert "--made '<urn>=<id>'" in told


def test_what_a_person_found_out_is_taken_as_it_is() -> None:
    pulumi = state([], [resource("page", name="Page"), resource("lost", name="Lost")])
    unfinished = read_unfinished(pulumi, "prod")  # type: ignore[arg-type]  # a recording stands in
    found = decide(unfinished, {f"{STACK}{POLICY}::page": "i1"}, [f"{STACK}{POLICY}::lost"])
    assert [(one.pending.name, one.object_id) for one in found] == [
        ("AlertPolicy page", "i1"),
        ("AlertPolicy lost", None),
    ]


def test_a_name_that_was_not_cut_off_is_refused() -> None:
    unfinished = read_unfinished(state([], []), "prod")  # type: ignore[arg-type]  # a recording stands in
    with pytest.raises(CouldNotRun, match="urn:x is no create that was cut off"):
        decide(unfinished, {"urn:x": "i1"}, [])


def test_creates_at_render_need_no_decision() -> None:
    pulumi = state([], [resource("web", token="render:index:WebService", name="web")])
    unfinished = read_unfinished(pulumi, "prod")  # type: ignore[arg-type]  # a recording stands in
    assert [one.object_id for one in decide(unfinished, {}, [])] == [None]
