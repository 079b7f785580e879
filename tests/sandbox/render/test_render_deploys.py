from __future__ import annotations

from typing import Any

import pytest
from render_sandbox import DEPLOY_SECONDS, OWNER_ID, RenderSandbox, private_service


def _built(api: RenderSandbox, **details: Any) -> str:
    body = private_service()
    body["serviceDetails"] |= details
    return f"/services/{api.ok('POST', '/services', body)['service']['id']}"


def _deploys(api: RenderSandbox, path: str) -> list[dict[str, Any]]:
    return [item["deploy"] for item in api.ok("GET", f"{path}/deploys")]


def _events(api: RenderSandbox, path: str) -> list[dict[str, Any]]:
    """Oldest first."""
    return [item["event"] for item in reversed(api.ok("GET", f"{path}/events", params={"limit": 100}))]


def _statuses(api: RenderSandbox, path: str) -> list[str]:
    """The statuses that the newest deploy goes through, looked at twenty times on its way."""
    seen = []
    for _ in range(21):
        seen.append(_deploys(api, path)[0]["status"])
        api.clock.move(DEPLOY_SECONDS / 20)
    return list(dict.fromkeys(seen))


def test_a_repository_is_built_and_an_image_is_not(api: RenderSandbox) -> None:
    assert _statuses(api, _built(api)) == ["created", "build_in_progress", "update_in_progress", "live"]
    assert _statuses(api, f"/services/{api.web()['id']}") == ["created", "update_in_progress", "live"]


def test_a_pre_deploy_command_runs_between_build_and_update(api: RenderSandbox) -> None:
    path = _built(api, preDeployCommand="migrate")
    assert _statuses(api, path) == [
        "created",
        "build_in_progress",
        "pre_deploy_in_progress",
        "update_in_progress",
        "live",
    ]


def test_what_nobody_looked_at_happened_all_the_same_and_at_its_own_time(api: RenderSandbox) -> None:
    path = _built(api)
    started = _deploys(api, path)[0]["startedAt"]
    api.clock.move(3600)
    (deploy,) = _deploys(api, path)
    assert deploy["status"] == "live"
    assert started[:17] == "2026-01-05T09:00:"
    assert deploy["finishedAt"][:19] == "2026-01-05T09:00:10"
    assert [event["type"] for event in _events(api, path)] == [
        "deploy_started",
        "build_started",
        "build_ended",
        "deploy_ended",
        "server_available",
    ]


def test_a_new_live_deploy_deactivates_the_former(api: RenderSandbox) -> None:
    path = _built(api)
    api.settle()
    deploy = api.ok("POST", f"{path}/deploys", {})
    assert (deploy["trigger"], deploy["status"]) == ("api", "created")
    api.settle()
    assert [one["status"] for one in _deploys(api, path)] == ["live", "deactivated"]


def test_a_deploy_waits_behind_the_one_in_progress_and_gives_way_to_a_newer(api: RenderSandbox) -> None:
    path = _built(api)
    assert api.call("POST", f"{path}/deploys", json={}).status_code == 202
    assert api.call("POST", f"{path}/deploys", json={}).status_code == 202
    assert [one["status"] for one in _deploys(api, path)] == ["queued", "canceled", "created"]
    api.clock.move(2.5 * DEPLOY_SECONDS)
    assert [one["status"] for one in _deploys(api, path)] == ["live", "canceled", "deactivated"]


def test_a_deploy_in_progress_can_be_cancelled_and_an_ended_one_cannot(api: RenderSandbox) -> None:
    path = _built(api)
    (deploy,) = _deploys(api, path)
    assert api.ok("POST", f"{path}/deploys/{deploy['id']}/cancel")["status"] == "canceled"
    api.settle()
    assert _deploys(api, path)[0]["status"] == "canceled"
    told = f"deploy {deploy['id']} is canceled; only one in progress can be cancelled"
    assert api.refusal("POST", f"{path}/deploys/{deploy['id']}/cancel") == (400, told)


def test_a_failed_deploy_leaves_the_former_one_live(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}"
    api.settle()
    api.controls.add_fault({"kind": "deploy", "service": "legal-web", "status": "update_failed"})
    failed = api.ok("POST", f"{path}/deploys", {})
    api.settle()
    assert [one["status"] for one in _deploys(api, path)] == ["update_failed", "live"]
    ended = _events(api, path)[-1]
    assert (ended["type"], ended["details"]["deployId"]) == ("deploy_ended", failed["id"])
    assert ended["details"]["reason"] == {
        "failure": {"evicted": False, "unhealthy": "HTTP health check failed (timed out after 5 seconds)"}
    }


def test_a_fault_fails_as_many_deploys_as_it_says_and_of_that_service_only(api: RenderSandbox) -> None:
    api.controls.add_fault({"kind": "deploy", "service": "legal-ai", "status": "build_failed", "times": 1})
    web, built = f"/services/{api.web()['id']}", _built(api)
    api.settle()
    assert (_deploys(api, web)[0]["status"], _deploys(api, built)[0]["status"]) == ("live", "build_failed")
    api.ok("POST", f"{built}/deploys", {})
    api.settle()
    assert _deploys(api, built)[0]["status"] == "live"


def test_a_fault_s_reason_is_told_where_render_tells_it(api: RenderSandbox) -> None:
    api.controls.add_fault({"kind": "deploy", "status": "build_failed", "reason": "manifest unknown"})
    path = f"/services/{api.web()['id']}"
    api.settle()
    (pull,) = [event for event in _events(api, path) if event["type"] == "image_pull_failed"]
    assert pull["details"] == {"message": "manifest unknown", "imageURL": "docker.io/library/nginx:1.27"}


def test_a_rollback_deploys_again_what_was_live(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}"
    api.settle()
    (first,) = _deploys(api, path)
    api.ok("PATCH", path, {"image": {"ownerId": OWNER_ID, "imagePath": "nginx:1.28"}})
    api.ok("POST", f"{path}/deploys", {})
    api.settle()
    back = api.ok("POST", f"{path}/rollback", {"deployId": first["id"]})
    assert (back["trigger"], back["image"]["ref"]) == ("rollback", "docker.io/library/nginx:1.27")
    assert api.ok("GET", path)["imagePath"] == "nginx:1.28"


def test_only_a_deploy_that_was_live_can_be_returned_to(api: RenderSandbox) -> None:
    api.controls.add_fault({"kind": "deploy", "status": "update_failed"})
    path = _built(api)
    api.settle()
    (failed,) = _deploys(api, path)
    told = f"deploy {failed['id']} is update_failed; only one that was live can be returned to"
    assert api.refusal("POST", f"{path}/rollback", {"deployId": failed["id"]}) == (400, told)
    assert api.refusal("POST", f"{path}/rollback", {}) == (400, 'field "deployId" is required')
    assert api.refusal("POST", f"{path}/rollback", {"deployId": "dep-1"}) == (404, 'not found: deploy "dep-1"')


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"commitId": "abc"}, "runs an image, not a repository"),
        (
            {"imageUrl": "docker.io/library/redis:7"},
            "host, repository and name have to be those of docker.io/library/ng",
        ),
        ({"imageUrl": "nginx:1", "commitId": "abc"}, 'give "imageUrl" or "commitId", not both'),
        ({"clearCache": "yes"}, 'field "clearCache" is "yes"; allowed are clear, do_not_clear'),
    ],
)
def test_a_deploy_of_something_else_is_refused(api: RenderSandbox, body: dict[str, str], message: str) -> None:
    status, told = api.refusal("POST", f"/services/{api.web()['id']}/deploys", body)
    assert status == 400
    assert message in told


def test_another_tag_of_the_same_image_can_be_deployed(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}"
    api.settle()
    deploy = api.ok("POST", f"{path}/deploys", {"imageUrl": "docker.io/library/nginx:1.28"})
    assert deploy["image"]["ref"] == "docker.io/library/nginx:1.28"


def test_a_deploy_of_another_service_is_not_found(api: RenderSandbox) -> None:
    web = f"/services/{api.web()['id']}"
    (deploy,) = _deploys(api, _built(api))
    assert api.refusal("GET", f"{web}/deploys/{deploy['id']}") == (404, f'not found: deploy "{deploy["id"]}"')


def test_deploys_are_listed_newest_first_and_by_status(api: RenderSandbox) -> None:
    path = _built(api)
    for _ in range(2):
        api.settle()
        api.ok("POST", f"{path}/deploys", {})
    first = api.ok("GET", f"{path}/deploys", params={"limit": 1})
    rest = api.ok("GET", f"{path}/deploys", params={"cursor": first[0]["cursor"]})
    assert [item["deploy"]["id"] for item in first + rest] == [one["id"] for one in _deploys(api, path)]
    live = api.ok("GET", f"{path}/deploys", params={"status": "live,deactivated"})
    assert [item["deploy"]["status"] for item in live] == ["live", "deactivated"]


def test_events_are_listed_newest_first_within_their_times(api: RenderSandbox) -> None:
    path = _built(api)
    api.settle()
    newest = api.ok("GET", f"{path}/events", params={"limit": 2})
    rest = api.ok("GET", f"{path}/events", params={"cursor": newest[-1]["cursor"]})
    assert [item["event"]["type"] for item in newest + rest][:3] == ["server_available", "deploy_ended", "build_ended"]
    early = api.ok("GET", f"{path}/events", params={"endTime": "2026-01-05T09:00:00.5Z"})
    assert [item["event"]["type"] for item in early] == ["deploy_started"]


def test_instances_keep_their_ids_until_the_next_deploy(api: RenderSandbox) -> None:
    path = f"/services/{api.web(details={'numInstances': 2})['id']}"
    assert api.ok("GET", f"{path}/instances") == []
    api.settle()
    before = api.ok("GET", f"{path}/instances")
    assert len(before) == 2
    assert api.ok("GET", f"{path}/instances") == before
    api.ok("POST", f"{path}/deploys", {})
    api.settle()
    assert {one["id"] for one in api.ok("GET", f"{path}/instances")}.isdisjoint(one["id"] for one in before)
