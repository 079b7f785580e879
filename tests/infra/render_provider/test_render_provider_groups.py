from __future__ import annotations

import pytest
from provider_harness import MANAGED_BY, Harness, environment_group
from render_account import Fault, RenderAccount

from infra.render_provider.errors import RenderProviderError
from infra.render_provider.values import UNKNOWN, plain_map

GROUP = "render:index:EnvironmentGroup"


def test_only_the_entries_that_changed_are_written(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(GROUP, environment_group(envVars={"KEPT": "a", "CHANGED": "b", "GONE": "c"}))
    since = len(account.calls)
    harness.update(made, environment_group(envVars={"KEPT": "a", "CHANGED": "z", "NEW": "n"}, secretFiles={}))
    path = f"/env-groups/{made.object_id}"
    assert [f"{call.method} {call.path}" for call in account.calls[since:] if call.method != "GET"] == [
        f"PUT {path}/env-vars/CHANGED",
        f"PUT {path}/env-vars/NEW",
        f"DELETE {path}/env-vars/GONE",
        f"DELETE {path}/secret-files/ca.pem",
    ]
    assert account.only("env-groups")["_env"] == {"KEPT": "a", "CHANGED": "z", "NEW": "n", "MANAGED_BY": MANAGED_BY}


def test_the_content_hash_changes_with_the_content_and_only_then(harness: Harness) -> None:
    made = harness.create(GROUP, environment_group())
    same = harness.update(made, environment_group(name="renamed"))
    other = harness.update(same, environment_group(envVars={"SENTRY_DSN": "seededOtherDsn"}))
    assert same.plain["contentHash"] == made.plain["contentHash"]
    assert other.plain["contentHash"] != made.plain["contentHash"]


def test_the_content_hash_of_equal_contents_differs_between_groups_so_it_cannot_be_looked_up(harness: Harness) -> None:
    one = harness.create(GROUP, environment_group(name="one"), resource="one")
    two = harness.create(GROUP, environment_group(name="two"), resource="two")
    assert one.plain["contentHash"] != two.plain["contentHash"]
    assert one.properties["contentSalt"].is_secret


def test_a_preview_foresees_the_hash_that_the_update_then_has(harness: Harness) -> None:
    made = harness.create(GROUP, environment_group())
    changed = environment_group(envVars={"SENTRY_DSN": "seededOtherDsn"})
    foreseen = harness.preview_update(made, changed)
    assert foreseen["contentHash"] == harness.update(made, changed).plain["contentHash"]


def test_a_preview_with_a_value_not_known_yet_foresees_no_hash(harness: Harness) -> None:
    made = harness.create(GROUP, environment_group())
    foreseen = harness.preview_update(made, environment_group(envVars={"DATABASE_URL": UNKNOWN}))
    assert foreseen["contentHash"] is UNKNOWN


def test_refresh_shows_drift_and_a_hash_that_differs(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(GROUP, environment_group())
    assert plain_map(harness.read(made).properties) == made.plain
    account.only("env-groups")["_env"]["BY_HAND"] = "yes"
    seen = harness.read(made)
    assert plain_map(seen.inputs)["envVars"]["BY_HAND"] == "yes"
    assert plain_map(seen.properties)["contentHash"] != made.plain["contentHash"]


def test_a_group_whose_create_answer_is_lost_exists_once(harness: Harness, account: RenderAccount) -> None:
    account.faults.append(Fault("POST", "/env-groups", 504, after_work=True))
    made = harness.create(GROUP, environment_group())
    assert account.only("env-groups")["id"] == made.object_id


def test_a_group_that_an_interrupted_run_created_is_adopted(harness: Harness, account: RenderAccount) -> None:
    first = harness.create(GROUP, environment_group())
    harness.restart()
    second = harness.create(GROUP, environment_group(envVars={"NEW": "value"}))
    assert second.object_id == first.object_id
    assert account.only("env-groups")["_env"] == {"NEW": "value", "MANAGED_BY": MANAGED_BY}


def test_a_group_of_another_owner_is_left_alone(harness: Harness, account: RenderAccount) -> None:
    harness.create(GROUP, environment_group(managedBy="someone/else"))
    harness.restart()
    with pytest.raises(RenderProviderError, match="is marked MANAGED_BY=someone/else; it was left untouched"):
        harness.create(GROUP, environment_group())
    assert len(account.objects["env-groups"]) == 1


def test_delete_refuses_a_group_that_lost_its_mark(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(GROUP, environment_group())
    del account.only("env-groups")["_env"]["MANAGED_BY"]
    with pytest.raises(RenderProviderError, match="carries no MANAGED_BY mark"):
        harness.delete(made)


def test_delete_removes_our_group(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(GROUP, environment_group())
    harness.delete(made)
    assert account.objects["env-groups"] == {}


def test_entry_names_with_special_signs_reach_render_whole(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(GROUP, environment_group(secretFiles={}))
    harness.update(made, environment_group(secretFiles={"a b/c?.pem": "seededText"}))
    assert account.only("env-groups")["_files"] == {"a b/c?.pem": "seededText"}
