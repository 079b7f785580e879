from __future__ import annotations

from typing import Any

from render_sandbox import OWNER_ID, RenderSandbox, database, key_value, web_service


def _project(api: RenderSandbox, *environments: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The project, and its environments' ids by name."""
    body = {"name": "legal", "ownerId": OWNER_ID, "environments": [{"name": name} for name in environments]}
    project = api.ok("POST", "/projects", body)
    listed = api.ok("GET", "/environments", params={"projectId": project["id"]})
    return project, {item["environment"]["name"]: item["environment"]["id"] for item in listed}


def test_a_project_is_made_with_its_environments(api: RenderSandbox) -> None:
    project, environments = _project(api, "staging", "production")
    assert project["environmentIds"] == list(environments.values())
    assert list(environments) == ["staging", "production"]
    assert api.ok("GET", f"/environments/{environments['staging']}")["protectedStatus"] == "unprotected"


def test_an_environment_tells_everything_in_it_by_kind(api: RenderSandbox) -> None:
    _, environments = _project(api, "staging")
    inside: dict[str, Any] = {"environmentId": environments["staging"]}
    service = api.ok("POST", "/services", web_service(**inside))["service"]
    db, kv = api.ok("POST", "/postgres", database(**inside)), api.ok("POST", "/key-value", key_value(**inside))
    group = api.ok("POST", "/env-groups", {"name": "g", "ownerId": OWNER_ID, "envVars": [], **inside})
    told = api.ok("GET", f"/environments/{environments['staging']}")
    assert (told["serviceIds"], told["databasesIds"], told["redisIds"], told["envGroupIds"]) == (
        [service["id"]],
        [db["id"]],
        [kv["id"]],
        [group["id"]],
    )


def test_objects_move_between_environments_and_out_of_them(api: RenderSandbox) -> None:
    _, environments = _project(api, "staging", "production")
    service = api.web(environmentId=environments["staging"])
    target = f"/environments/{environments['production']}"
    assert api.ok("POST", f"{target}/resources", {"resourceIds": [service["id"]]})["serviceIds"] == [service["id"]]
    assert api.ok("GET", f"/environments/{environments['staging']}")["serviceIds"] == []
    api.ok("DELETE", f"{target}/resources", params={"resourceIds": service["id"]})
    assert "environmentId" not in api.ok("GET", f"/services/{service['id']}")
    status, told = api.refusal("DELETE", f"{target}/resources", params={"resourceIds": service["id"]})
    assert (status, told) == (
        400,
        f'"resourceIds" has "{service["id"]}", which is not in environment {environments["production"]}',
    )


def test_only_what_exists_can_be_moved_and_then_nothing_moves(api: RenderSandbox) -> None:
    _, environments = _project(api, "staging")
    service = api.web()
    path = f"/environments/{environments['staging']}"
    status, told = api.refusal("POST", f"{path}/resources", {"resourceIds": [service["id"], "dpg-1"]})
    assert (status, told) == (404, '"resourceIds" has "dpg-1"; there is no such service, database, store or group')
    assert api.ok("GET", path)["serviceIds"] == []


def test_an_environment_is_edited_and_deleted_with_everything_in_it(api: RenderSandbox) -> None:
    project, environments = _project(api, "staging", "production")
    path = f"/environments/{environments['staging']}"
    edit = {"name": "test", "protectedStatus": "protected", "networkIsolationEnabled": True}
    assert api.ok("PATCH", path, edit).items() >= edit.items()
    service = api.web(environmentId=environments["staging"])
    api.ok("DELETE", path)
    assert api.refusal("GET", f"/services/{service['id']}")[0] == 404
    assert api.ok("GET", f"/projects/{project['id']}")["environmentIds"] == [environments["production"]]


def test_a_deleted_project_takes_everything_in_it_along(api: RenderSandbox) -> None:
    project, environments = _project(api, "staging")
    inside: dict[str, Any] = {"environmentId": environments["staging"]}
    api.web(**inside)
    api.ok("POST", "/postgres", database(**inside))
    kept = api.ok("POST", "/key-value", key_value())
    api.ok("DELETE", f"/projects/{project['id']}")
    assert api.store.counts() == {"render": {"key-value": 1, "owner": 1}}
    assert api.ok("GET", f"/key-value/{kept['id']}")


def test_an_environment_is_added_to_a_project_under_a_name_of_its_own(api: RenderSandbox) -> None:
    project, _ = _project(api, "staging")
    body = {"name": "production", "projectId": project["id"]}
    assert api.ok("POST", "/environments", body)["name"] == "production"
    told = 'field "name": a project has one environment "production" at most'
    assert api.refusal("POST", "/environments", body) == (400, told)
    gone = {**body, "projectId": "prj-1"}
    assert api.refusal("POST", "/environments", gone) == (404, 'field "projectId" is "prj-1"; there is no such project')


def test_projects_are_listed_by_name_and_renamed(api: RenderSandbox) -> None:
    project, _ = _project(api, "staging")
    api.ok("PATCH", f"/projects/{project['id']}", {"name": "renamed"})
    assert api.ok("GET", "/projects", params={"name": "legal"}) == []
    (item,) = api.ok("GET", "/projects", params={"name": "renamed", "ownerId": OWNER_ID})
    assert item["project"]["id"] == project["id"]


def test_environments_are_listed_for_a_project_only(api: RenderSandbox) -> None:
    assert api.refusal("GET", "/environments") == (400, 'query parameter "projectId" is required')
