from __future__ import annotations

import pytest
from provider_harness import Harness, key_value, postgres
from render_account import Fault, RenderAccount

from infra.render_provider.errors import InitializationFailed, RenderProviderError
from infra.render_provider.values import plain_map

POSTGRES = "render:index:Postgres"
KEY_VALUE = "render:index:KeyValue"


def test_a_database_tells_its_addresses_and_password_as_secrets_only(harness: Harness) -> None:
    made = harness.create(POSTGRES, postgres())
    for name in ("internalConnectionString", "externalConnectionString", "password"):
        assert made.properties[name].is_secret
        assert "seededDatabasePassword" in made.plain[name]
    assert made.plain["host"] == made.object_id


def test_no_network_may_connect_from_outside_unless_declared(harness: Harness, account: RenderAccount) -> None:
    harness.create(POSTGRES, postgres())
    assert account.only("postgres")["ipAllowList"] == []


def test_a_database_grows_and_changes_plan_in_place(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(POSTGRES, postgres())
    harness.update(made, postgres(diskSizeGB=50, plan="pro_4gb", highAvailability=True))
    (patch,) = account.made("PATCH", "/postgres/.*")
    assert patch.body == {"plan": "pro_4gb", "diskSizeGB": 50, "enableHighAvailability": True}


def test_an_unchanged_database_gets_no_request_that_writes(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(POSTGRES, postgres())
    since = len(account.calls)
    harness.update(made, postgres())
    assert {call.method for call in account.calls[since:]} == {"GET"}


def test_a_store_moves_to_another_environment_in_place(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(KEY_VALUE, key_value())
    harness.update(made, key_value(environmentId="evm-2"))
    assert account.only("key-value")["environmentId"] == "evm-2"
    assert account.only("key-value")["id"] == made.object_id


def test_a_key_value_instance_changes_its_eviction_policy_in_place(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(KEY_VALUE, key_value())
    harness.update(made, key_value(maxmemoryPolicy="noeviction"))
    (patch,) = account.made("PATCH", "/key-value/.*")
    assert patch.body == {"maxmemoryPolicy": "noeviction"}


def test_a_store_whose_create_answer_is_lost_exists_once(harness: Harness, account: RenderAccount) -> None:
    account.faults.append(Fault("POST", "/postgres", 0, after_work=True))
    made = harness.create(POSTGRES, postgres())
    assert account.only("postgres")["id"] == made.object_id


def test_a_store_that_an_interrupted_run_created_is_adopted(harness: Harness, account: RenderAccount) -> None:
    first = harness.create(POSTGRES, postgres())
    harness.restart()
    assert harness.create(POSTGRES, postgres()).object_id == first.object_id
    assert harness.messages == [
        f'adopted: Postgres database "legal-db" ({first.object_id}) was created by an interrupted run'
    ]


def test_a_store_of_the_name_in_no_environment_is_someone_else_s(harness: Harness, account: RenderAccount) -> None:
    harness.create(POSTGRES, postgres())
    account.only("postgres")["environmentId"] = None
    harness.restart()
    with pytest.raises(
        RenderProviderError, match=r"is in no environment; it was left untouched. To take it over: `pulumi"
    ):
        harness.create(POSTGRES, postgres())


def test_a_store_of_another_version_is_not_adopted(harness: Harness) -> None:
    harness.create(POSTGRES, postgres(version="15"))
    harness.restart()
    with pytest.raises(RenderProviderError, match='with version "15", and version "16" is declared'):
        harness.create(POSTGRES, postgres())


def test_delete_refuses_a_store_that_left_our_environment(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(POSTGRES, postgres())
    account.only("postgres")["environmentId"] = "evm-someone-else"
    with pytest.raises(RenderProviderError, match="is in environment evm-someone-else, which this stack does not own"):
        harness.delete(made)
    assert account.made("DELETE", ".*") == []


def test_a_store_is_waited_for_until_it_is_available(harness: Harness, account: RenderAccount) -> None:
    harness.provider._config = {"deployTimeoutSeconds": 0.1}
    made = harness.create(KEY_VALUE, key_value())
    account.only("key-value")["status"] = "updating_instance"
    with pytest.raises(InitializationFailed, match="is still updating_instance after 0 s"):
        harness.update(made, key_value(plan="standard"))


def test_a_suspended_store_fails_at_once(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(KEY_VALUE, key_value())
    account.only("key-value")["status"] = "suspended"
    with pytest.raises(InitializationFailed, match="is suspended; resume it in Render's dashboard"):
        harness.update(made, key_value(plan="standard"))


@pytest.mark.parametrize(("token", "inputs"), [(POSTGRES, postgres()), (KEY_VALUE, key_value())])
def test_import_gives_inputs_that_declare_the_store_as_it_is(
    harness: Harness, token: str, inputs: dict[str, object]
) -> None:
    made = harness.create(token, inputs)
    imported = harness.import_(token, made.object_id)
    assert harness.diff(made, plain_map(imported.inputs)).changes is False


def test_refresh_after_create_shows_no_difference_though_render_chose_the_names(harness: Harness) -> None:
    made = harness.create(POSTGRES, postgres())
    seen = harness.read(made)
    assert plain_map(seen.properties) == made.plain
    assert made.plain["databaseName"] == "chosen_by_render"


def test_declaring_the_name_that_render_chose_is_no_change(harness: Harness) -> None:
    made = harness.create(POSTGRES, postgres())
    assert harness.diff(made, postgres(databaseName="chosen_by_render")).changes is False
    assert harness.diff(made, postgres(databaseName="other")).replaces == ["databaseName"]


def test_refresh_of_a_deleted_store_says_it_is_gone(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(POSTGRES, postgres())
    account.objects["postgres"].clear()
    assert harness.read(made).resource_id is None
