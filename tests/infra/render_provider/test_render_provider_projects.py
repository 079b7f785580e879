from __future__ import annotations

import pytest
from provider_harness import Harness, project
from render_account import Fault, RenderAccount

from infra.render_provider.errors import RenderProviderError
from infra.render_provider.values import UNKNOWN, plain_map

PROJECT = "render:index:Project"


def test_environment_ids_are_told_by_name(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(PROJECT, project("staging", "prod"))
    ids = {entry["name"]: entry["id"] for entry in account.objects["environments"].values()}
    assert made.plain["environmentIds"] == ids


def test_environments_are_added_changed_and_removed_in_place(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(PROJECT, project("staging", "old"))
    wanted = project("staging", "prod")
    wanted["environments"][0]["protectedStatus"] = "protected"
    updated = harness.update(made, wanted)
    live = {entry["name"]: entry["protectedStatus"] for entry in account.objects["environments"].values()}
    assert live == {"staging": "protected", "prod": "unprotected"}
    assert updated.plain["environmentIds"]["staging"] == made.plain["environmentIds"]["staging"]


def test_a_preview_keeps_known_ids_and_leaves_only_new_ones_open(harness: Harness) -> None:
    made = harness.create(PROJECT, project("staging"))
    foreseen = harness.preview_update(made, project("staging", "prod"))["environmentIds"]
    assert foreseen == {"staging": made.plain["environmentIds"]["staging"], "prod": UNKNOWN}


def test_an_environment_that_still_holds_something_is_not_removed(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(PROJECT, project("staging", "old"))
    old = made.plain["environmentIds"]["old"]
    account.objects["environments"][old]["databasesIds"] = ["dpg-precious"]
    with pytest.raises(RenderProviderError, match=r'environment "old" \(evm-.*\) still holds dpg-precious, and Render'):
        harness.update(made, project("staging"))
    assert account.made("DELETE", ".*") == []


def test_a_project_that_still_holds_something_is_not_deleted(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(PROJECT, project("staging"))
    next(iter(account.objects["environments"].values()))["serviceIds"] = ["srv-1"]
    with pytest.raises(RenderProviderError, match="still holds srv-1"):
        harness.delete(made)
    assert len(account.objects["projects"]) == 1


def test_an_empty_project_of_the_name_is_what_an_interrupted_run_left(harness: Harness, account: RenderAccount) -> None:
    first = harness.create(PROJECT, project("staging"))
    harness.restart()
    second = harness.create(PROJECT, project("staging", "prod"))
    assert second.object_id == first.object_id
    assert set(second.plain["environmentIds"]) == {"staging", "prod"}
    assert harness.messages == [f'adopted: project "legal" ({first.object_id}) was created by an interrupted run']


def test_an_inhabited_project_of_the_name_is_left_alone(harness: Harness, account: RenderAccount) -> None:
    harness.create(PROJECT, project("staging"))
    next(iter(account.objects["environments"].values()))["serviceIds"] = ["srv-1"]
    harness.restart()
    with pytest.raises(RenderProviderError, match="holds resources; it was left untouched"):
        harness.create(PROJECT, project("staging"))


def test_a_project_whose_create_answer_is_lost_exists_once(harness: Harness, account: RenderAccount) -> None:
    account.faults.append(Fault("POST", "/projects", 0, after_work=True))
    made = harness.create(PROJECT, project("staging"))
    assert account.only("projects")["id"] == made.object_id
    assert len(account.objects["environments"]) == 1


def test_import_gives_inputs_that_declare_the_project_as_it_is(harness: Harness) -> None:
    made = harness.create(PROJECT, project("staging", "prod"))
    inputs = plain_map(harness.import_(PROJECT, made.object_id).inputs)
    assert harness.diff(made, inputs).changes is False
