from __future__ import annotations

import pytest
from render_sandbox import RenderSandbox


def test_setting_all_variables_replaces_them_and_starts_no_deploy(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}"
    api.settle()
    told = api.ok("PUT", f"{path}/env-vars", [{"key": "B", "value": "2"}, {"key": "A", "value": "1"}])
    assert [item["envVar"] for item in told] == [{"key": "A", "value": "1"}, {"key": "B", "value": "2"}]
    assert [item["envVar"]["key"] for item in api.ok("GET", f"{path}/env-vars")] == ["A", "B"]
    assert len(api.ok("GET", f"{path}/deploys")) == 1


def test_the_answer_to_setting_all_variables_has_them_all(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}/env-vars"
    variables = [{"key": f"KEY_{number:02}", "value": ""} for number in range(25)]
    assert len(api.ok("PUT", path, variables)) == 25
    assert len(api.ok("GET", path)) == 20


def test_one_variable_is_set_read_and_deleted(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}/env-vars"
    assert api.ok("PUT", f"{path}/MODE", {"value": "fast"}) == {"key": "MODE", "value": "fast"}
    assert api.ok("GET", f"{path}/MODE")["value"] == "fast"
    api.ok("DELETE", f"{path}/MODE")
    assert api.refusal("GET", f"{path}/MODE") == (404, 'not found: environment variable "MODE"')
    assert api.refusal("DELETE", f"{path}/MODE")[0] == 404


def test_render_makes_up_a_value_where_one_is_asked_for(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}/env-vars"
    (told,) = api.ok("PUT", path, [{"key": "TOKEN", "generateValue": True}])
    assert len(told["envVar"]["value"]) == 32
    assert api.ok("PUT", f"{path}/TOKEN", {"generateValue": True}) != told["envVar"]


def test_secret_files_are_replaced_set_and_deleted(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}/secret-files"
    api.ok("PUT", path, [{"name": "ca.pem", "content": "one"}])
    assert api.ok("PUT", f"{path}/key.pem", {"content": "two"}) == {"name": "key.pem", "content": "two"}
    assert [item["secretFile"]["name"] for item in api.ok("GET", path)] == ["ca.pem", "key.pem"]
    api.ok("DELETE", f"{path}/ca.pem")
    assert api.refusal("GET", f"{path}/ca.pem") == (404, 'not found: secret file "ca.pem"')


def test_a_key_in_the_path_may_hold_encoded_characters(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}/env-vars"
    assert api.ok("PUT", f"{path}/a%2Fb%20c", {"value": "1"})["key"] == "a/b c"
    assert api.ok("GET", f"{path}/a%2Fb%20c")["value"] == "1"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ([{"key": "A"}], 'field "[0].value" is required'),
        ({"A": "1"}, "the body is an object, an array is needed"),
        (
            [{"key": "A", "value": "1"}, {"key": "A", "value": "1"}],
            'the body has "A" 2 times; each key may be there once',
        ),
    ],
)
def test_variables_that_are_none_are_refused(api: RenderSandbox, body: object, message: str) -> None:
    status, told = api.refusal("PUT", f"/services/{api.web()['id']}/env-vars", body)
    assert status == 400
    assert told.startswith(message)
