from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from render_sandbox import OWNER_ID, RenderSandbox, private_service, web_service


def test_a_new_service_is_told_complete_with_its_defaults(api: RenderSandbox) -> None:
    service = api.web(details={"runtime": "image"})
    details = service["serviceDetails"]
    assert re.fullmatch(r"srv-[0-9a-z]{20}", service["id"])
    assert (service["slug"], service["suspended"], service["autoDeploy"]) == ("legal-web", "not_suspended", "yes")
    assert (details["region"], details["numInstances"], details["maxShutdownDelaySeconds"]) == ("oregon", 1, 30)
    assert details["url"] == "https://legal-web.onrender.com"
    assert service["dashboardUrl"] == f"{api.host.url}/objects/render/service/{service['id']}"


def test_variables_and_files_are_no_part_of_a_service_s_document(api: RenderSandbox) -> None:
    service = api.web(secretFiles=[{"name": "ca.pem", "content": "seededCertificate"}])
    assert not {"envVars", "secretFiles"} & service.keys()


def test_a_service_has_open_ports_once_a_deploy_of_it_is_live(api: RenderSandbox) -> None:
    service = api.web(envVars=[{"key": "PORT", "value": "8080"}])
    assert service["serviceDetails"]["openPorts"] == []
    api.settle()
    details = api.ok("GET", f"/services/{service['id']}")["serviceDetails"]
    assert details["openPorts"] == [{"port": 8080, "protocol": "TCP"}]


def test_a_private_service_is_told_with_its_internal_host_and_port(api: RenderSandbox) -> None:
    service = api.ok("POST", "/services", private_service())["service"]
    assert service["serviceDetails"]["url"] == "legal-ai:10000"
    assert service["branch"] == "main"


def test_a_private_service_takes_no_health_check_path(api: RenderSandbox) -> None:
    body = private_service()
    body["serviceDetails"]["healthCheckPath"] = "/health"
    status, message = api.refusal("POST", "/services", body)
    assert status == 400
    assert message.startswith(
        'for type private_service: field "serviceDetails.healthCheckPath" is not known here; known are autoscaling,'
    )


def test_the_name_of_a_service_is_unique_in_the_workspace(api: RenderSandbox) -> None:
    service = api.web()
    taken = f'field "name" is "legal-web"; service {service["id"]} of this workspace has that name already'
    assert api.refusal("POST", "/services", web_service()) == (409, taken)
    other = api.web(name="other")
    assert api.refusal("PATCH", f"/services/{other['id']}", {"name": "legal-web"}) == (409, taken)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"type": "cron_job"}, 'field "type" is "cron_job"; the sandbox has web_service, private_service of Render\'s'),
        ({"type": "webservice"}, 'field "type" is "webservice"; allowed are static_site, web_service, private_service'),
        ({"name": 5}, 'field "name" is 5, a string is needed'),
        ({"name": ""}, 'field "name" is ""; a name is needed'),
        ({"plan": "pro"}, 'field "plan" is not known here; known are autoDeploy, branch,'),
        ({"ownerId": "tea-none"}, 'field "ownerId" is "tea-none"; there is no such workspace'),
        ({"environmentId": "evm-none"}, 'field "environmentId" is "evm-none"; there is no such environment'),
        ({"details": {"region": "mars"}}, 'field "serviceDetails.region" is "mars"; allowed are frankfurt, oregon,'),
        ({"details": {"numInstances": 0}}, 'field "serviceDetails.numInstances" is 0; the least allowed is 1'),
        ({"details": {"healthCheckPath": "up"}}, 'field "serviceDetails.healthCheckPath" is "up"; it has to start'),
        ({"details": {"runtime": "python"}}, 'for runtime python: field "serviceDetails.envSpecificDetails.build'),
        ({"repo": "https://github.com/acme/web"}, 'field "repo" does not go with runtime image, which takes "image"'),
        ({"image": {"ownerId": "tea-1", "imagePath": "nginx"}}, 'field "image.ownerId" is "tea-1"; the service\'s own'),
        ({"image": {"ownerId": OWNER_ID, "imagePath": ""}}, 'field "image.imagePath" is ""; an image such as'),
        ({"details": {"runtime": "docker"}}, 'field "repo" is required for runtime docker'),
        ({"envVars": [{"key": "A", "value": "1"}, {"key": "A", "value": "2"}]}, 'field "envVars" has "A" 2 times'),
        ({"envVars": [{"key": "", "value": "1"}]}, 'an environment variable has the key ""; a key is needed'),
        ({"secretFiles": [{"name": "a/b", "content": ""}]}, 'secret file "a/b" has no possible name'),
    ],
)
def test_a_service_that_render_would_not_take_is_refused_by_field_and_value(
    api: RenderSandbox, changed: dict[str, Any], message: str
) -> None:
    status, told = api.refusal("POST", "/services", web_service(**changed))
    assert status == 400
    assert message in told


def test_of_many_creates_of_one_name_at_once_one_succeeds(api: RenderSandbox) -> None:
    def create(_number: int) -> int:
        return requests.post(f"{api.url}/services", json=web_service(), timeout=10).status_code

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(create, range(8))) == [201] + [409] * 7


def test_a_refused_create_leaves_nothing_behind(api: RenderSandbox) -> None:
    api.refusal("POST", "/services", web_service(details={"disk": {"name": "data", "mountPath": "data"}}))
    assert api.store.counts() == {"render": {"owner": 1}}


def test_a_refusal_never_quotes_the_value_of_a_variable(api: RenderSandbox) -> None:
    _, message = api.refusal("POST", "/services", web_service(envVars=[{"key": "A", "value": {"s": "seededSecret"}}]))
    assert message == 'field "envVars[0].value" is an object, a string is needed'


def test_a_value_that_stands_in_a_key_is_not_quoted(api: RenderSandbox) -> None:
    _, message = api.refusal("POST", "/services", web_service(envVars=[{"key": "A=seededSecret", "value": ""}]))
    assert message == 'environment variable "A": its key goes on with "=" or a zero byte; give the name only'


def test_services_are_listed_by_filter_oldest_first_page_by_page(api: RenderSandbox) -> None:
    names = ["one", "two", "three"]
    for name in names:
        api.web(name=name)
    api.ok("POST", "/services", private_service())
    first = api.ok("GET", "/services", params={"type": "web_service", "limit": 2})
    rest = api.ok("GET", "/services", params={"type": "web_service", "cursor": first[-1]["cursor"]})
    assert [item["service"]["name"] for item in first + rest] == names


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=legal-web", True),
        ("name=other,legal-web", True),
        ("name=other&name=legal-web", True),
        ("name=other", False),
        (f"ownerId={OWNER_ID}", True),
        ("region=ohio", False),
        ("suspended=suspended", False),
        ("env=image", True),
        ("includePreviews=false", True),
        ("createdAfter=2026-01-01T00:00:00Z", True),
        ("createdBefore=2026-01-01T00:00:00Z", False),
    ],
)
def test_each_filter_of_the_list_keeps_what_fits(api: RenderSandbox, query: str, found: bool) -> None:
    api.web()
    assert bool(api.ok("GET", f"/services?{query}")) is found


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("nam=x", 'query parameter "nam" is not known here; known are createdAfter,'),
        ("limit=101", 'query parameter "limit" is 101; the most allowed is 100'),
        ("limit=many", 'query parameter "limit" is "many", an integer is needed'),
        ("includePreviews=maybe", 'query parameter "includePreviews" is "maybe", a boolean is needed'),
        (
            "createdAfter=soon",
            'query parameter "createdAfter" is "soon"; a time such as 2026-01-31T08:15:30Z is needed',
        ),
        ("type=web", 'query parameter "type[0]" is "web"; allowed are static_site,'),
        ("cursor=@", 'query parameter "cursor" is none that a list answer gave'),
        ("limit=1&limit=2", 'query parameter "limit" is there 2 times, once is allowed'),
    ],
)
def test_a_query_that_render_has_not_is_refused_by_name_and_value(api: RenderSandbox, query: str, message: str) -> None:
    status, told = api.refusal("GET", f"/services?{query}")
    assert status == 400
    assert message in told


def test_an_edit_changes_what_it_names_and_starts_no_deploy(api: RenderSandbox) -> None:
    service = api.web()
    edit = {
        "name": "renamed",
        "autoDeploy": "no",
        "image": {"ownerId": OWNER_ID, "imagePath": "nginx:1.28"},
        "serviceDetails": {
            "plan": "pro",
            "preDeployCommand": "migrate",
            "envSpecificDetails": {"dockerCommand": "run"},
        },
    }
    changed = api.ok("PATCH", f"/services/{service['id']}", edit)
    details = changed["serviceDetails"]
    assert (changed["name"], changed["slug"], changed["imagePath"]) == ("renamed", "legal-web", "nginx:1.28")
    assert (details["plan"], details["region"], details["healthCheckPath"]) == ("pro", "oregon", "/health")
    assert (details["envSpecificDetails"]["dockerCommand"], details["envSpecificDetails"]["preDeployCommand"]) == (
        "run",
        "migrate",
    )
    assert len(api.ok("GET", f"/services/{service['id']}/deploys")) == 1


def test_a_service_changes_from_an_image_to_a_repository(api: RenderSandbox) -> None:
    service = api.web()
    path = f"/services/{service['id']}"
    runtime = {"serviceDetails": {"runtime": "docker"}}
    assert api.refusal("PATCH", path, runtime) == (400, 'field "repo" is required when runtime becomes "docker"')
    changed = api.ok("PATCH", path, {"repo": "https://github.com/acme/web", **runtime})
    assert "imagePath" not in changed
    assert changed["serviceDetails"]["envSpecificDetails"]["dockerfilePath"] == "./Dockerfile"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ({"ownerId": "tea-1"}, 'field "ownerId" cannot be changed after creation; these can: autoDeploy, branch,'),
        ({"serviceDetails": {"numInstances": 2}}, 'field "serviceDetails.numInstances" is not known here; known are'),
        ({"repo": "https://github.com/acme/web"}, 'field "repo" does not go with runtime image, which takes "image"'),
    ],
)
def test_an_edit_of_what_render_cannot_change_is_refused(
    api: RenderSandbox, edit: dict[str, Any], message: str
) -> None:
    status, told = api.refusal("PATCH", f"/services/{api.web()['id']}", edit)
    assert status == 400
    assert message in told


def test_a_changed_plan_is_an_event(api: RenderSandbox) -> None:
    service = api.web()
    api.ok("PATCH", f"/services/{service['id']}", {"serviceDetails": {"plan": "pro"}})
    events = api.ok("GET", f"/services/{service['id']}/events", params={"type": "plan_changed"})
    assert [item["event"]["details"] for item in events] == [{"from": "standard", "to": "pro"}]


def test_a_deleted_service_takes_all_that_belongs_to_it_along(api: RenderSandbox) -> None:
    service = api.web(details={"disk": {"name": "data", "mountPath": "/data"}})
    group = {"name": "shared", "ownerId": OWNER_ID, "envVars": [], "serviceIds": [service["id"]]}
    group = api.ok("POST", "/env-groups", group)
    api.ok("DELETE", f"/services/{service['id']}")
    assert api.store.counts() == {"render": {"env-group": 1, "owner": 1}}
    assert api.ok("GET", f"/env-groups/{group['id']}")["serviceLinks"] == []
    path = f"/services/{service['id']}"
    assert api.refusal("GET", path) == (404, f'not found: service "{service["id"]}"')
    assert api.refusal("DELETE", path)[0] == 404


def test_the_state_of_a_service_outlasts_the_server(api: RenderSandbox) -> None:
    service = api.web()
    again = RenderSandbox(api.host, api.store, clock=api.clock)
    assert again.ok("GET", f"/services/{service['id']}") == api.ok("GET", f"/services/{service['id']}")
