"""The Render provider itself against the sandbox: what it does at Render has to work here unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from provider_harness import (
    MANAGED_BY,
    Harness,
    environment_group,
    key_value,
    postgres,
    private_service,
    project,
    web_service,
)
from render_sandbox import OWNER_ID, RenderSandbox

from infra.render_provider.client import Client
from infra.render_provider.errors import InitializationFailed, RenderProviderError
from infra.render_provider.values import plain_map
from infra.render_provider.waiting import Attempts

WEB = "render:index:WebService"
PRIVATE = "render:index:PrivateService"
GROUP = "render:index:EnvironmentGroup"
PROJECT = "render:index:Project"
POSTGRES = "render:index:Postgres"
KEY_VALUE = "render:index:KeyValue"
LOG_STREAM = "render:index:LogStream"
METRICS_STREAM = "render:index:MetricsStream"


@pytest.fixture
def account(api: RenderSandbox) -> RenderSandbox:
    """The account, at a real pace: a deploy takes 60 ms."""
    api.clock.running = True
    api.controls.change_settings({"deploy_seconds": 0.06})
    return api


@pytest.fixture
def harness(account: RenderSandbox, monkeypatch: pytest.MonkeyPatch) -> Harness:
    monkeypatch.setattr("infra.render_provider.deploys._FIRST_POLL_SECONDS", 0.02)
    monkeypatch.setattr("infra.render_provider.stores._FIRST_POLL_SECONDS", 0.02)
    return Harness(account)  # type: ignore[arg-type]  # of an account, it uses the address only


def _ours(inputs: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {**inputs, "ownerId": OWNER_ID, **changed}


def _deploys(account: RenderSandbox, service_id: str) -> list[dict[str, Any]]:
    return [item["deploy"] for item in account.ok("GET", f"/services/{service_id}/deploys")]


def _variables(account: RenderSandbox, service_id: str) -> dict[str, str]:
    told = account.ok("GET", f"/services/{service_id}/env-vars")
    return {item["envVar"]["key"]: item["envVar"]["value"] for item in told}


def test_a_service_is_created_marked_as_ours_and_live(harness: Harness, account: RenderSandbox) -> None:
    made = harness.create(WEB, _ours(web_service()))
    assert made.plain["deployStatus"] == "live"
    assert made.plain["url"] == "https://legal-web.onrender.com"
    assert _variables(account, made.object_id)["MANAGED_BY"] == MANAGED_BY
    assert len(_deploys(account, made.object_id)) == 1


def test_a_private_service_tells_where_it_listens(harness: Harness) -> None:
    made = harness.create(PRIVATE, _ours(private_service(envVars={"PORT": "8000"})))
    assert (made.plain["internalHost"], made.plain["internalPort"]) == ("legal-ai", 8000)


def test_a_changed_variable_is_one_deploy_and_keeps_the_service(harness: Harness, account: RenderSandbox) -> None:
    made = harness.create(WEB, _ours(web_service()))
    after = harness.update(made, _ours(web_service(envVars={"API_TOKEN": "seededToken0002"})))
    assert _variables(account, made.object_id) == {"API_TOKEN": "seededToken0002", "MANAGED_BY": MANAGED_BY}
    newest, first = _deploys(account, made.object_id)
    assert (newest["status"], first["status"]) == ("live", "deactivated")
    assert after.plain["deployId"] == newest["id"]


def test_a_failed_deploy_is_told_with_render_s_reason_and_the_end_of_the_log(
    harness: Harness, account: RenderSandbox
) -> None:
    account.controls.add_fault({"kind": "deploy", "service": "legal-web", "status": "update_failed"})
    with pytest.raises(InitializationFailed) as failed:
        harness.create(WEB, _ours(web_service()))
    lines = str(failed.value).splitlines()
    assert lines[0].endswith(
        "ended update_failed: health check failed: HTTP health check failed (timed out after 5 seconds)"
    )
    assert "  ==> Pulling docker.io/library/nginx:1.27" in lines
    waited = "==> Timed out after waiting for internal health check to return a successful response code at: "
    assert f"  {waited}legal-web:10000/health" in lines


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("build_failed", "the build failed (bld-"),
        ("pre_deploy_failed", "the process exited with status 1"),
    ],
)
def test_a_failed_build_or_pre_deploy_command_is_told_as_such(
    harness: Harness, account: RenderSandbox, status: str, reason: str
) -> None:
    account.controls.add_fault({"kind": "deploy", "status": status, "log": ["seed: no such table"]})
    built = {"runtime": "python", "repo": "https://github.com/acme/legal", "buildCommand": "b", "startCommand": "s"}
    inputs = _ours(web_service(preDeployCommand="migrate", **built))
    del inputs["image"]
    with pytest.raises(InitializationFailed) as failed:
        harness.create(WEB, inputs)
    assert f"ended {status}: {reason}" in str(failed.value)
    assert "  seed: no such table" in str(failed.value).splitlines()


def test_an_image_that_cannot_be_pulled_is_told_by_name(harness: Harness, account: RenderSandbox) -> None:
    account.controls.add_fault({"kind": "deploy", "status": "build_failed", "reason": "manifest unknown"})
    with pytest.raises(InitializationFailed, match=r"the image docker\.io/library/nginx:1\.27 cannot be pulled: manif"):
        harness.create(WEB, _ours(web_service()))


def test_the_next_update_repairs_a_service_whose_deploy_failed(harness: Harness, account: RenderSandbox) -> None:
    made = harness.create(WEB, _ours(web_service()))
    account.controls.add_fault({"kind": "deploy", "status": "update_failed"})
    changed = _ours(web_service(envVars={}))
    with pytest.raises(InitializationFailed):
        harness.update(made, changed)
    assert harness.update(made, changed).plain["deployStatus"] == "live"
    assert account.ok("GET", f"/services/{made.object_id}/instances")


def test_autoscaling_is_edited_and_turned_off_without_a_deploy(harness: Harness, account: RenderSandbox) -> None:
    made = harness.create(WEB, _ours(web_service(numInstances=2)))
    scaled = harness.update(
        made, _ours(web_service(numInstances=2, autoscaling={"min": 2, "max": 10, "cpuPercent": 70}))
    )
    details = account.ok("GET", f"/services/{made.object_id}")["serviceDetails"]
    assert details["autoscaling"]["criteria"]["cpu"] == {"enabled": True, "percentage": 70}
    harness.update(scaled, _ours(web_service(numInstances=3)))
    details = account.ok("GET", f"/services/{made.object_id}")["serviceDetails"]
    assert "autoscaling" not in details
    assert details["numInstances"] == 3
    assert len(_deploys(account, made.object_id)) == 1


def test_many_edits_at_once_are_one_deploy(harness: Harness, account: RenderSandbox) -> None:
    made = harness.create(WEB, _ours(web_service()))
    changed = {
        "name": "renamed",
        "plan": "pro",
        "image": {"imagePath": "nginx:1.28"},
        "secretFiles": {"key.pem": "seededKeyFile"},
        "disk": {"name": "data", "mountPath": "/data", "sizeGB": 10},
        "preDeployCommand": "migrate",
    }
    after = harness.update(made, _ours(web_service(**changed)))
    assert len(_deploys(account, made.object_id)) == 2
    seen = harness.read(after)
    assert {name: plain_map(seen.inputs)[name] for name in ("name", "plan", "disk", "preDeployCommand")} == {
        name: changed[name] for name in ("name", "plan", "disk", "preDeployCommand")
    }


def test_the_groups_of_a_service_are_in_its_first_live_deploy(harness: Harness, account: RenderSandbox) -> None:
    group = harness.create(GROUP, _ours(environment_group()), resource="group")
    linked = {"environmentGroups": {group.object_id: group.plain["contentHash"]}}
    made = harness.create(WEB, _ours(web_service(**linked)))
    newest, first = _deploys(account, made.object_id)
    assert (newest["status"], first["status"]) == ("live", "canceled")
    links = account.ok("GET", f"/env-groups/{group.object_id}")["serviceLinks"]
    assert links == [{"id": made.object_id, "name": "legal-web", "type": "web"}]


def test_a_group_is_edited_entry_by_entry(harness: Harness, account: RenderSandbox) -> None:
    made = harness.create(GROUP, _ours(environment_group()))
    harness.update(made, _ours(environment_group(name="renamed", envVars={"A": "1"}, secretFiles={})))
    group = account.ok("GET", f"/env-groups/{made.object_id}")
    assert (group["name"], group["secretFiles"]) == ("renamed", [])
    assert {entry["key"]: entry["value"] for entry in group["envVars"]} == {"A": "1", "MANAGED_BY": MANAGED_BY}


@pytest.mark.parametrize(
    ("token", "path", "inputs"),
    [
        (WEB, "/services", web_service()),
        (GROUP, "/env-groups", environment_group()),
        (PROJECT, "/projects", project("staging")),
        (KEY_VALUE, "/key-value", key_value()),
    ],
)
def test_a_create_whose_answer_is_lost_happens_once(
    harness: Harness, account: RenderSandbox, token: str, path: str, inputs: dict[str, Any]
) -> None:
    ours = _ours(inputs)
    if "environmentId" in inputs:
        ours["environmentId"] = harness.create(PROJECT, _ours(project("staging")), resource="place").plain[
            "environmentIds"
        ]["staging"]
    fault = {"kind": "request", "method": "POST", "path": f"/render/v1{path}", "lose_answer": True}
    account.controls.add_fault(fault)
    made = harness.create(token, ours)
    assert account.controls.waiting_faults() == []
    assert len(account.ok("GET", path)) == 1
    assert account.ok("GET", f"{path}/{made.object_id}")["name"] == inputs["name"]


def test_a_deploy_whose_answer_is_lost_is_started_once(harness: Harness, account: RenderSandbox) -> None:
    made = harness.create(WEB, _ours(web_service()))
    path = "/render/v1/services/*/deploys"
    account.controls.add_fault({"kind": "request", "method": "POST", "path": path, "lose_answer": True})
    harness.update(made, _ours(web_service(envVars={})))
    assert [deploy["status"] for deploy in _deploys(account, made.object_id)] == ["live", "deactivated"]


def test_a_service_that_an_interrupted_run_created_is_adopted(harness: Harness) -> None:
    first = harness.create(WEB, _ours(web_service()))
    harness.restart()
    assert harness.create(WEB, _ours(web_service())).object_id == first.object_id
    assert harness.messages == [
        f'adopted: web service "legal-web" ({first.object_id}) was created by an interrupted run'
    ]


def test_a_service_of_the_name_that_someone_else_made_is_left_alone(harness: Harness, account: RenderSandbox) -> None:
    theirs = account.web()
    with pytest.raises(
        RenderProviderError, match=f"already exists at Render as {theirs['id']} and carries no MANAGED_BY"
    ):
        harness.create(WEB, _ours(web_service()))


def test_the_client_waits_out_a_rate_limit_by_its_headers(api: RenderSandbox) -> None:
    api.controls.change_settings({"rate_limit_multiplier": 1})
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        api.clock.move(seconds)

    client = Client(api.url, "rnd_any", attempts=lambda policy: Attempts(policy, wait, lambda: sum(waits)))
    for number in range(31):
        client.create("/projects", {"name": f"p{number}", "ownerId": OWNER_ID, "environments": []}, lambda: None)
    assert waits == [60.0]
    assert len(list(client.pages("/projects"))) == 31


def test_a_database_is_waited_for_grown_and_moved(harness: Harness, account: RenderSandbox) -> None:
    places = harness.create(PROJECT, _ours(project("one", "two")), resource="place").plain["environmentIds"]
    made = harness.create(POSTGRES, _ours(postgres(), environmentId=places["one"]))
    assert made.plain["status"] == "available"
    assert made.plain["password"] in made.plain["internalConnectionString"]
    changed = _ours(postgres(diskSizeGB=50, plan="pro_4gb", highAvailability=True), environmentId=places["two"])
    harness.update(made, changed)
    live = account.ok("GET", f"/postgres/{made.object_id}")
    assert (live["diskSizeGB"], live["plan"], live["highAvailabilityEnabled"]) == (50, "pro_4gb", True)
    assert account.ok("GET", f"/environments/{places['two']}")["databasesIds"] == [made.object_id]


@pytest.mark.parametrize(
    ("token", "path", "target"),
    [
        (LOG_STREAM, f"/logs/streams/owner/{OWNER_ID}", {"endpoint": "newrelic.syslog.nr-data.net:6514"}),
        (
            METRICS_STREAM,
            f"/metrics-stream/{OWNER_ID}",
            {"provider": "NEW_RELIC", "url": "https://metric-api.newrelic.com"},
        ),
    ],
)
def test_a_stream_is_set_without_telling_its_token_and_removed(
    harness: Harness, account: RenderSandbox, token: str, path: str, target: dict[str, str]
) -> None:
    made = harness.create(token, {"ownerId": OWNER_ID, "token": "seededLicence", **target})
    told = account.ok("GET", path)
    assert {name: told[name] for name in target} == target
    assert "token" not in told
    harness.delete(made)
    assert account.refusal("GET", path)[0] == 404


def test_a_refresh_right_after_a_create_shows_no_difference(harness: Harness) -> None:
    place = harness.create(PROJECT, _ours(project("staging")), resource="place").plain["environmentIds"]["staging"]
    declared: list[tuple[str, dict[str, Any]]] = [
        (WEB, _ours(web_service(autoscaling={"min": 1, "max": 2, "cpuPercent": 50}))),
        (PRIVATE, _ours(private_service())),
        (GROUP, _ours(environment_group())),
        (POSTGRES, _ours(postgres(), environmentId=place)),
        (KEY_VALUE, _ours(key_value(), environmentId=place)),
    ]
    for token, inputs in declared:
        made = harness.create(token, inputs, resource=token)
        assert plain_map(harness.read(made).properties) == made.plain, token
        assert harness.diff(made, inputs).changes is False, token


def test_everything_is_deleted_again(harness: Harness, account: RenderSandbox) -> None:
    place = harness.create(PROJECT, _ours(project("staging")), resource="place")
    inside = {"environmentId": place.plain["environmentIds"]["staging"]}
    made = [
        harness.create(GROUP, _ours(environment_group(), **inside), resource="group"),
        harness.create(WEB, _ours(web_service(), **inside), resource="web"),
        harness.create(PRIVATE, _ours(private_service(), **inside), resource="ai"),
        harness.create(POSTGRES, _ours(postgres(), **inside), resource="db"),
        harness.create(KEY_VALUE, _ours(key_value(), **inside), resource="kv"),
    ]
    with pytest.raises(RenderProviderError, match="still holds"):
        harness.delete(place)
    for one in made:
        harness.delete(one)
    harness.delete(place)
    assert account.store.counts() == {"render": {"owner": 1}}
