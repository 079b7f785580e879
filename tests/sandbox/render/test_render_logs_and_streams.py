from __future__ import annotations

from typing import Any

import pytest
from render_sandbox import OWNER_ID, RenderSandbox, database, private_service


def _logs(api: RenderSandbox, service_id: str, **query: Any) -> dict[str, Any]:
    answer: dict[str, Any] = api.ok("GET", "/logs", params={"ownerId": OWNER_ID, "resource": service_id, **query})
    return answer


def _messages(answer: dict[str, Any]) -> list[str]:
    return [entry["message"] for entry in answer["logs"]]


def _built(api: RenderSandbox) -> str:
    return str(api.ok("POST", "/services", private_service())["service"]["id"])


_WHOLE = [
    "==> Cloning from https://github.com/acme/legal",
    "==> Running build command 'pip install .'...",
    "==> Build successful 🎉",
    "==> Deploying...",
    "==> Running 'serve'",
    "==> Your service is live 🎉",
]


def test_a_deploy_s_log_grows_as_it_goes_on(api: RenderSandbox) -> None:
    service_id = _built(api)
    assert _messages(_logs(api, service_id)) == []
    api.clock.move(2)
    assert len(_logs(api, service_id)["logs"]) == 3
    api.settle()
    lines = _messages(_logs(api, service_id, direction="forward"))
    assert [line for line in lines if "Checking out" not in line] == _WHOLE


def test_the_newest_lines_come_first_unless_asked_otherwise(api: RenderSandbox) -> None:
    service_id = _built(api)
    api.settle()
    assert _messages(_logs(api, service_id)) == _messages(_logs(api, service_id, direction="forward"))[::-1]


@pytest.mark.parametrize("direction", ["backward", "forward"])
def test_a_long_log_is_read_page_by_page_without_gap_or_repeat(api: RenderSandbox, direction: str) -> None:
    service_id = _built(api)
    api.settle()
    whole = _messages(_logs(api, service_id, direction=direction))
    found: list[str] = []
    times: dict[str, str] = {}
    while True:
        answer = _logs(api, service_id, direction=direction, limit=2, **times)
        found += _messages(answer)
        times = {"startTime": answer["nextStartTime"], "endTime": answer["nextEndTime"]}
        if not answer["hasMore"]:
            break
    assert found == whole


def test_a_log_begins_an_hour_ago_unless_asked(api: RenderSandbox) -> None:
    service_id = _built(api)
    api.clock.move(2 * 3600)
    assert _messages(_logs(api, service_id)) == []
    assert _messages(_logs(api, service_id, startTime="2026-01-05T08:00:00Z"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "clon"}, ["==> Cloning from https://github.com/acme/legal"]),
        ({"text": "running*serve"}, ["==> Running 'serve'"]),
        ({"type": "app", "text": "Deploying"}, ["==> Deploying..."]),
        ({"type": "request"}, []),
        ({"statusCode": "500"}, []),
        ({"task": "t"}, []),
        ({"level": "error"}, []),
    ],
)
def test_a_log_is_filtered_by_text_and_labels(api: RenderSandbox, query: dict[str, str], found: list[str]) -> None:
    service_id = _built(api)
    api.settle()
    assert _messages(_logs(api, service_id, **query)) == found


def test_a_failed_deploy_s_last_lines_are_those_of_its_fault(api: RenderSandbox) -> None:
    lines = ["Traceback (most recent call last):", "KeyError: 'DATABASE_URL'"]
    api.controls.add_fault({"kind": "deploy", "status": "update_failed", "log": lines})
    service_id = _built(api)
    api.settle()
    assert _messages(_logs(api, service_id, direction="forward"))[-2:] == lines
    assert _messages(_logs(api, service_id, level="error")) == lines[::-1]


def test_a_store_s_log_is_empty(api: RenderSandbox) -> None:
    assert _messages(_logs(api, api.ok("POST", "/postgres", database())["id"])) == []


def test_a_log_is_of_what_exists_in_the_workspace(api: RenderSandbox) -> None:
    query = {"ownerId": OWNER_ID, "resource": "srv-1"}
    told = 'query parameter "resource" has "srv-1"; there is no such service or store'
    assert api.refusal("GET", "/logs", params=query) == (404, told)
    assert api.refusal("GET", "/logs") == (
        400,
        'query parameter "ownerId" is required; query parameter "resource" is required',
    )
    service_id = _built(api)
    told = f'query parameter "ownerId" is "tea-other"; {service_id} is another workspace\'s'
    assert api.refusal("GET", "/logs", params={"ownerId": "tea-other", "resource": service_id}) == (400, told)


def test_the_log_stream_is_set_changed_and_removed_and_keeps_its_token_secret(api: RenderSandbox) -> None:
    path = f"/logs/streams/owner/{OWNER_ID}"
    assert api.refusal("GET", path) == (404, f'not found: a log stream of workspace "{OWNER_ID}"')
    body = {"endpoint": "logs.example:6514", "preview": "drop", "token": "seededToken"}
    told = {"ownerId": OWNER_ID, "endpoint": "logs.example:6514", "preview": "drop"}
    assert api.ok("PUT", path, body) == told
    assert api.ok("PUT", path, {"preview": "send"}) == {**told, "preview": "send"}
    api.ok("DELETE", path)
    assert api.refusal("DELETE", path)[0] == 404


def test_the_metrics_stream_is_set_and_removed(api: RenderSandbox) -> None:
    path = f"/metrics-stream/{OWNER_ID}"
    body = {"provider": "NEW_RELIC", "url": "https://metrics.example", "token": "seededToken"}
    assert api.ok("PUT", path, body) == {
        "ownerId": OWNER_ID,
        "provider": "NEW_RELIC",
        "url": "https://metrics.example",
    }
    assert api.ok("GET", path)["provider"] == "NEW_RELIC"
    api.ok("DELETE", path)
    assert api.refusal("GET", path)[0] == 404


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/logs/streams/owner/", {"preview": "send"}, f'field "endpoint" is required; {OWNER_ID} has none yet'),
        ("/logs/streams/owner/", {"endpoint": "h:1"}, 'field "preview" is required'),
        ("/logs/streams/owner/", {"endpoint": "https://h", "preview": "send"}, 'field "endpoint" is "https://h"; host'),
        ("/metrics-stream/", {"provider": "NEW_RELIC"}, f'field "url" is required; {OWNER_ID} has none yet'),
        ("/metrics-stream/", {"provider": "NEWRELIC"}, 'field "provider" is "NEWRELIC"; allowed are BETTER_STACK,'),
        ("/metrics-stream/", {"provider": "CUSTOM", "url": "http://h"}, 'field "url" is "http://h"; an address that'),
    ],
)
def test_a_stream_that_leads_nowhere_is_refused(
    api: RenderSandbox, path: str, body: dict[str, str], message: str
) -> None:
    status, told = api.refusal("PUT", path + OWNER_ID, body)
    assert status == 400
    assert told.startswith(message)
