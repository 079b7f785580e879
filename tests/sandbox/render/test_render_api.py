from __future__ import annotations

import time

import pytest
import requests
from render_sandbox import CONTRACT, OWNER_ID, RenderSandbox, web_service

from sandbox.render.api import HANDLERS


def test_every_operation_of_the_contract_is_served_and_no_other() -> None:
    assert HANDLERS.keys() == CONTRACT.operations.keys()


def test_a_new_account_has_the_one_workspace_always_of_the_same_id(api: RenderSandbox) -> None:
    again = RenderSandbox(api.host, api.store)
    (item,) = again.ok("GET", "/owners")
    assert item["owner"]["id"] == OWNER_ID == "tea-sandbox0000000000000"
    assert again.ok("GET", f"/owners/{OWNER_ID}") == item["owner"]
    assert again.ok("GET", "/owners", params={"name": "other"}) == []
    assert again.refusal("GET", "/owners/tea-1") == (404, 'not found: workspace "tea-1"')


def test_a_path_that_is_not_served_says_so(api: RenderSandbox) -> None:
    for path in ("/cron-jobs", "/services/srv-1/jobs", "/services//deploys", "/v2/services", "/"):
        status, told = api.refusal("GET", path)
        assert status == 404
        assert told == f"no such path: GET {path} is not part of the sandbox, which serves a part of Render's"


def test_a_method_that_a_path_does_not_take_is_refused_with_those_it_takes(api: RenderSandbox) -> None:
    answer = api.call("PUT", "/services")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")
    assert answer.json()["message"] == "/services takes no PUT; it takes GET, POST"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, "the body is not JSON: Expecting property"),
        ({"data": b"{}", "headers": {"Content-Type": "text/plain"}}, 'content type is "text/plain"; application/json'),
        ({}, "a JSON body is required"),
        ({"json": []}, "the body is a list, an object is needed"),
        ({"data": b"[" * 90_000, "headers": {"Content-Type": "application/json"}}, "or nested too deep"),
        ({"data": rb'{"name": "\ud800"}', "headers": {"Content-Type": "application/json"}}, "not JSON: not Unicode"),
        ({"data": b"\xff", "headers": {"Content-Type": "application/json"}}, "the body is not JSON"),
    ],
)
def test_a_body_that_is_none_is_refused(api: RenderSandbox, sent: dict[str, object], message: str) -> None:
    answer = api.call("POST", "/projects", **sent)
    assert answer.status_code == 400
    assert message in answer.json()["message"]


def test_a_body_where_none_is_taken_is_refused(api: RenderSandbox) -> None:
    told = "POST /services/{serviceId}/suspend takes no body"
    assert api.refusal("POST", f"/services/{api.web()['id']}/suspend", {"now": True}) == (400, told)


def test_every_problem_of_a_body_is_told_at_once(api: RenderSandbox) -> None:
    _, told = api.refusal("POST", "/postgres", {"name": 1, "plan": "tiny", "size": 5})
    assert [part.split('"')[1] for part in told.split("; ") if part.startswith("field")] == [
        "name",
        "plan",
        "size",
        "ownerId",
        "version",
    ]


def test_an_answer_tells_what_is_left_of_the_rate_limit(api: RenderSandbox) -> None:
    api.controls.change_settings({"rate_limit_multiplier": 1})
    headers = api.call("GET", "/owners").headers
    assert (headers["Ratelimit-Limit"], headers["Ratelimit-Remaining"]) == ("400", "399")
    assert headers["Ratelimit-Reset"] == "60"


def test_the_twenty_first_new_service_of_an_hour_is_refused_until_it_is_over(api: RenderSandbox) -> None:
    api.controls.change_settings({"rate_limit_multiplier": 1})
    for number in range(20):
        api.web(name=f"web-{number}")
    api.clock.move(600)
    answer = api.call("POST", "/services", json=web_service(name="web-20"))
    assert (answer.status_code, answer.headers["Ratelimit-Remaining"]) == (429, "0")
    seconds = int(answer.headers["Ratelimit-Reset"])
    assert seconds == pytest.approx(3000, abs=1)
    assert answer.json()["message"] == (
        f"rate limit exceeded: 20 new services an hour are taken; the next one in {seconds} s"
    )
    api.clock.move(seconds)
    api.web(name="web-20")


def test_a_service_s_changes_and_deploys_share_ten_a_minute_and_leave_others_theirs(api: RenderSandbox) -> None:
    one, other = (f"/services/{api.web(name=name)['id']}" for name in ("one", "other"))
    api.controls.change_settings({"rate_limit_multiplier": 1})
    for _ in range(5):
        api.ok("PATCH", one, {"autoDeploy": "no"})
        api.ok("POST", f"{one}/deploys", {})
    assert api.call("PATCH", one, json={"autoDeploy": "no"}).status_code == 429
    api.ok("PATCH", other, {"autoDeploy": "no"})


def test_a_refused_request_counts_against_the_limit(api: RenderSandbox) -> None:
    api.controls.change_settings({"rate_limit_multiplier": 0.1})
    for _ in range(3):
        assert api.call("POST", "/projects", json={}).status_code == 400
    assert api.call("POST", "/projects", json={}).status_code == 429


def test_a_status_fault_answers_in_the_handler_s_place(api: RenderSandbox) -> None:
    fault = {
        "kind": "request",
        "method": "POST",
        "path": "/render/v1/services",
        "status": 503,
        "message": "seeded outage",
        "headers": {"Retry-After": "1"},
    }
    api.controls.add_fault(fault)
    answer = api.call("POST", "/services", json=web_service())
    assert (answer.status_code, answer.json()["message"], answer.headers["Retry-After"]) == (503, "seeded outage", "1")
    assert api.ok("GET", "/services") == []
    api.web()


def test_a_lost_answer_s_work_is_done(api: RenderSandbox) -> None:
    api.controls.add_fault({"kind": "request", "path": "/render/v1/services", "lose_answer": True})
    with pytest.raises(requests.RequestException):
        api.call("POST", "/services", json=web_service())
    assert [item["service"]["name"] for item in api.ok("GET", "/services")] == ["legal-web"]


def test_a_delayed_answer_comes_late_and_whole(api: RenderSandbox) -> None:
    api.controls.add_fault({"kind": "request", "path": "/render/v1/owners", "delay_seconds": 0.2})
    started = time.monotonic()
    assert len(api.ok("GET", "/owners")) == 1
    assert time.monotonic() - started >= 0.2


def test_two_faults_wait_for_two_turns(api: RenderSandbox) -> None:
    fault = {"kind": "request", "path": "/render/v1/services/*/deploys", "status": 500, "times": 2}
    api.controls.add_fault(fault)
    path = f"/services/{api.web()['id']}/deploys"
    assert [api.call("GET", path).status_code for _ in range(3)] == [500, 500, 200]
