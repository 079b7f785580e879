from __future__ import annotations

from typing import Any

import pytest
from render_sandbox import DEPLOY_SECONDS, RenderSandbox, database, key_value


def test_a_store_is_being_created_until_a_deploy_s_time_has_gone_by(api: RenderSandbox) -> None:
    for path, body in (("/postgres", database()), ("/key-value", key_value())):
        made = api.ok("POST", path, body)
        assert made["status"] == "creating"
        api.settle()
        assert api.ok("GET", f"{path}/{made['id']}")["status"] == "available"


def test_a_database_has_names_and_a_password_of_its_own(api: RenderSandbox) -> None:
    made = api.ok("POST", "/postgres", database())
    info = api.ok("GET", f"/postgres/{made['id']}/connection-info")
    assert made["databaseName"].startswith("legal_db_")
    assert "password" not in made
    internal = f"postgresql://{made['databaseUser']}:{info['password']}@{made['id']}-a/{made['databaseName']}"
    assert info["internalConnectionString"] == internal
    assert f"@{made['id']}-a.oregon-postgres.render.com/" in info["externalConnectionString"]


def test_a_password_outlasts_edits(api: RenderSandbox) -> None:
    path = f"/postgres/{api.ok('POST', '/postgres', database())['id']}"
    before = api.ok("GET", f"{path}/connection-info")
    api.ok("PATCH", path, {"name": "renamed"})
    assert api.ok("GET", f"{path}/connection-info") == before


def test_any_address_may_connect_to_a_database_unless_told(api: RenderSandbox) -> None:
    assert api.ok("POST", "/postgres", database())["ipAllowList"] == [
        {"cidrBlock": "0.0.0.0/0", "description": "everywhere"}
    ]
    assert api.ok("POST", "/postgres", database(ipAllowList=[]))["ipAllowList"] == []
    assert api.ok("POST", "/key-value", key_value())["ipAllowList"] == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"plan": "basic"}, 'field "plan" is "basic"; allowed are free, starter,'),
        ({"version": "9"}, 'field "version" is "9"; allowed are 11, 12,'),
        ({"version": 16}, 'field "version" is 16, a string is needed'),
        ({"region": "mars"}, 'field "region" is "mars"; allowed are frankfurt, oregon,'),
        ({"diskSizeGB": 7}, 'field "diskSizeGB" is 7; allowed are 1 and multiples of 5'),
        ({"diskSizeGB": 0}, 'field "diskSizeGB" is 0; allowed are 1 and multiples of 5'),
        ({"diskSizeGb": 5}, 'field "diskSizeGb" is not known here; known are databaseName,'),
        ({"enableHighAvailability": True}, "a standby needs a pro or an accelerated plan, from pro_4gb on"),
        ({"readReplicas": [{"name": "r"}]}, 'field "readReplicas" asks for 1; the sandbox has no read replicas'),
        (
            {"ipAllowList": [{"cidrBlock": "10.0.0.1/8", "description": ""}]},
            'field "ipAllowList[0].cidrBlock" is "10.0.0.1/8"; a network such as 203.0.113.0/24 is needed',
        ),
        ({"environmentId": "evm-1"}, 'field "environmentId" is "evm-1"; there is no such environment'),
    ],
)
def test_a_database_that_render_would_not_take_is_refused(
    api: RenderSandbox, changed: dict[str, Any], message: str
) -> None:
    status, told = api.refusal("POST", "/postgres", database(**changed))
    assert status in {400, 404}
    assert message in told


@pytest.mark.parametrize("name", ["databaseName", "databaseUser", "region", "version"])
def test_what_identifies_a_database_cannot_be_changed(api: RenderSandbox, name: str) -> None:
    path = f"/postgres/{api.ok('POST', '/postgres', database())['id']}"
    status, told = api.refusal("PATCH", path, {name: "17"})
    assert (status, told.partition(":")[0]) == (
        400,
        f'field "{name}" cannot be changed after creation; these can',
    )


def test_a_database_s_disk_only_grows_and_rests_after_it_grew(api: RenderSandbox) -> None:
    path = f"/postgres/{api.ok('POST', '/postgres', database())['id']}"
    assert api.refusal("PATCH", path, {"diskSizeGB": 20}) == (
        400,
        'field "diskSizeGB" is 20; the disk has 25 and only grows',
    )
    assert api.ok("PATCH", path, {"diskSizeGB": 30})["diskSizeGB"] == 30
    status, told = api.refusal("PATCH", path, {"diskSizeGB": 35})
    assert status == 400
    assert told.endswith("and can grow again 12 hours later")
    api.clock.move(12 * 3600)
    assert api.ok("PATCH", path, {"diskSizeGB": 35})["diskSizeGB"] == 35


def test_a_changed_plan_takes_its_time(api: RenderSandbox) -> None:
    path = f"/postgres/{api.ok('POST', '/postgres', database())['id']}"
    api.settle()
    changed = api.ok("PATCH", path, {"plan": "pro_4gb", "enableHighAvailability": True})
    assert (changed["status"], changed["highAvailabilityEnabled"]) == ("updating_instance", True)
    api.clock.move(DEPLOY_SECONDS)
    assert api.ok("GET", path)["status"] == "available"


def test_a_standby_keeps_a_database_on_a_plan_that_has_one(api: RenderSandbox) -> None:
    made = api.ok("POST", "/postgres", database(plan="pro_4gb", enableHighAvailability=True))
    status, told = api.refusal("PATCH", f"/postgres/{made['id']}", {"plan": "basic_1gb"})
    assert status == 400
    assert told.startswith('field "enableHighAvailability" is true and "plan" is "basic_1gb"')


def test_a_database_is_suspended_resumed_and_restarted(api: RenderSandbox) -> None:
    made = api.ok("POST", "/postgres", database())
    path = f"/postgres/{made['id']}"
    api.ok("POST", f"{path}/suspend")
    assert api.ok("GET", path)["status"] == "suspended"
    told = f"database {made['id']} is suspended; resume it instead"
    assert api.refusal("POST", f"{path}/restart") == (400, told)
    api.ok("POST", f"{path}/resume")
    assert api.ok("GET", path)["status"] == "unavailable"
    api.settle()
    api.ok("POST", f"{path}/restart")
    assert api.ok("GET", path)["status"] == "unavailable"


def test_a_key_value_instance_changes_in_place_and_its_plan_only_goes_up(api: RenderSandbox) -> None:
    made = api.ok("POST", "/key-value", key_value(plan="standard"))
    assert made["options"] == {"maxmemoryPolicy": "allkeys_lru"}
    path = f"/key-value/{made['id']}"
    changed = api.ok("PATCH", path, {"plan": "pro", "maxmemoryPolicy": "noeviction"})
    assert (changed["plan"], changed["options"], changed["status"]) == (
        "pro",
        {"maxmemoryPolicy": "noeviction"},
        "updating_instance",
    )
    told = 'field "plan" is "starter"; the instance has "pro", and a Key Value plan only goes up'
    assert api.refusal("PATCH", path, {"plan": "starter"}) == (400, told)


def test_a_key_value_instance_tells_its_addresses(api: RenderSandbox) -> None:
    made = api.ok("POST", "/key-value", key_value(region="ohio"))
    info = api.ok("GET", f"/key-value/{made['id']}/connection-info")
    assert info["internalConnectionString"] == f"redis://{made['id']}:6379"
    assert info["externalConnectionString"].endswith("@ohio-keyvalue.render.com:6379")


def test_stores_are_listed_by_name_region_and_environment(api: RenderSandbox) -> None:
    for path, body, wrapper in (("/postgres", database(), "postgres"), ("/key-value", key_value(), "keyValue")):
        made = api.ok("POST", path, body)
        (item,) = api.ok("GET", path, params={"name": body["name"], "region": "oregon"})
        assert item[wrapper]["id"] == made["id"]
        assert api.ok("GET", path, params={"environmentId": "evm-1"}) == []


def test_a_deleted_store_is_gone(api: RenderSandbox) -> None:
    for path, body, what in (("/postgres", database(), "database"), ("/key-value", key_value(), "Key Value instance")):
        made = api.ok("POST", path, body)
        api.ok("DELETE", f"{path}/{made['id']}")
        told = f'not found: {what} "{made["id"]}"'
        assert api.refusal("GET", f"{path}/{made['id']}") == (404, told)
        assert api.refusal("GET", f"{path}/{made['id']}/connection-info") == (404, told)
