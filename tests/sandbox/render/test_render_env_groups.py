from __future__ import annotations

from typing import Any

import pytest
from render_sandbox import OWNER_ID, RenderSandbox


def _group(api: RenderSandbox, **changed: Any) -> dict[str, Any]:
    body = {"name": "shared", "ownerId": OWNER_ID, "envVars": [{"key": "A", "value": "1"}], **changed}
    made: dict[str, Any] = api.ok("POST", "/env-groups", body)
    return made


def test_a_group_holds_variables_and_files(api: RenderSandbox) -> None:
    made = _group(api, secretFiles=[{"name": "ca.pem", "content": "x"}])
    assert made["envVars"] == [{"key": "A", "value": "1"}]
    assert made["secretFiles"] == [{"name": "ca.pem", "content": "x"}]


def test_a_list_of_groups_tells_no_values(api: RenderSandbox) -> None:
    made = _group(api)
    (told,) = api.ok("GET", "/env-groups", params={"name": "shared", "ownerId": OWNER_ID})
    assert told["id"] == made["id"]
    assert not {"envVars", "secretFiles"} & told.keys()
    assert api.ok("GET", "/env-groups", params={"name": "other"}) == []


def test_a_variable_of_a_group_is_set_read_and_removed(api: RenderSandbox) -> None:
    path = f"/env-groups/{_group(api)['id']}/env-vars"
    assert api.ok("PUT", f"{path}/B", {"value": "2"})["envVars"][1] == {"key": "B", "value": "2"}
    assert api.ok("PUT", f"{path}/A", {"value": "3"})["envVars"][0] == {"key": "A", "value": "3"}
    assert api.ok("GET", f"{path}/A") == {"key": "A", "value": "3"}
    api.ok("DELETE", f"{path}/A")
    assert api.refusal("GET", f"{path}/A") == (404, 'not found: environment variable "A"')


def test_a_secret_file_of_a_group_is_set_read_and_removed(api: RenderSandbox) -> None:
    path = f"/env-groups/{_group(api)['id']}/secret-files"
    assert api.ok("PUT", f"{path}/a.pem", {"content": "x"})["secretFiles"] == [{"name": "a.pem", "content": "x"}]
    assert api.ok("GET", f"{path}/a.pem")["content"] == "x"
    api.ok("DELETE", f"{path}/a.pem")
    assert api.refusal("DELETE", f"{path}/a.pem") == (404, 'not found: secret file "a.pem"')


def test_a_service_is_linked_once_and_unlinked(api: RenderSandbox) -> None:
    group, service = _group(api), api.web()
    path = f"/env-groups/{group['id']}/services/{service['id']}"
    link = {"id": service["id"], "name": "legal-web", "type": "web"}
    for _ in range(2):
        assert api.ok("POST", path)["serviceLinks"] == [link]
    api.ok("DELETE", path)
    assert api.ok("GET", f"/env-groups/{group['id']}")["serviceLinks"] == []
    assert api.refusal("DELETE", path)[0] == 404


def test_linking_starts_no_deploy(api: RenderSandbox) -> None:
    group, service = _group(api), api.web()
    api.settle()
    api.ok("POST", f"/env-groups/{group['id']}/services/{service['id']}")
    assert len(api.ok("GET", f"/services/{service['id']}/deploys")) == 1


def test_a_link_shows_the_service_s_present_name(api: RenderSandbox) -> None:
    service = api.web()
    group = _group(api, serviceIds=[service["id"]])
    api.ok("PATCH", f"/services/{service['id']}", {"name": "renamed"})
    assert api.ok("GET", f"/env-groups/{group['id']}")["serviceLinks"][0]["name"] == "renamed"


def test_a_group_is_renamed_and_deleted(api: RenderSandbox) -> None:
    path = f"/env-groups/{_group(api)['id']}"
    assert api.ok("PATCH", path, {"name": "renamed"})["name"] == "renamed"
    api.ok("DELETE", path)
    assert api.refusal("GET", path)[0] == 404


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": ""}, 'field "name" is ""; a name is needed'),
        ({"ownerId": "tea-1"}, 'field "ownerId" is "tea-1"; there is no such workspace'),
        ({"environmentId": "evm-1"}, 'field "environmentId" is "evm-1"; there is no such environment'),
        ({"serviceIds": ["srv-1"]}, 'field "serviceIds" has "srv-1"; there is no such service'),
        ({"envVars": [{"key": "A"}]}, 'field "envVars[0].value" is required'),
    ],
)
def test_a_group_that_cannot_be_is_refused(api: RenderSandbox, changed: dict[str, Any], message: str) -> None:
    body = {"name": "shared", "ownerId": OWNER_ID, "envVars": [], **changed}
    _, told = api.refusal("POST", "/env-groups", body)
    assert told == message
