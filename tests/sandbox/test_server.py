"""The gates and the controls of the sandbox's server, over real connections."""

from __future__ import annotations

import http.client
import logging
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from served_sandbox import TOKEN, Serve, Served
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import server
from sandbox.controls import AnswerLost, Settings
from sandbox.store import Store


@pytest.fixture
def served(serve: Serve) -> Served:
    return serve(render=Starlette(routes=[Route("/services", _echo, methods=["GET", "POST"])]))


async def _echo(request: Request) -> Response:
    return JSONResponse({"received": len(await request.body())})


def _ask_as(served: Served, host: str, path: str = "/") -> tuple[int, str]:
    port = urlsplit(served.url).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize("path", ["/render/v1/services", "/accounts/x", "/_sandbox/status", "/_sandbox/faults"])
@pytest.mark.parametrize("token", [None, "wrong", ""])
def test_without_the_right_token_an_api_answers_401_and_says_where_the_token_is(
    served: Served, path: str, token: str | None
) -> None:
    answer = served.ask("GET", path, token=token)
    assert answer.status_code == 401
    assert "server.json" in answer.json()["message"]
    assert "lookout sandbox environment" in answer.json()["message"]
    assert TOKEN not in answer.text


def test_with_the_token_the_vendors_api_answers(served: Served) -> None:
    assert served.ask("GET", "/render/v1/services").json() == {"received": 0}


def test_the_health_needs_no_token_and_carries_the_instance(served: Served) -> None:
    assert served.ask("GET", "/_sandbox/health", token=None).json() == {"status": "ok", "instance": "instance-1"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", ""])
def test_a_foreign_host_name_is_refused_so_that_no_page_elsewhere_can_read_the_account(
    served: Served, host: str
) -> None:
    status, text = _ask_as(served, host)
    assert status == 403
    assert "127.0.0.1 and localhost" in text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1234", "127.0.0.1"])
def test_the_names_of_this_machine_are_answered(served: Served, host: str) -> None:
    assert _ask_as(served, host)[0] == 200


def test_the_status_counts_the_objects_and_the_waiting_faults(served: Served, store: Store) -> None:
    store.put("render", "service", "srv-1", "a", {})
    served.ask("POST", "/_sandbox/faults", json={"kind": "deploy", "status": "build_failed"})
    told = served.ask("GET", "/_sandbox/status").json()
    assert (told["counts"], told["waiting_faults"]) == ({"render": {"service": 1}}, 1)


def test_a_setting_is_changed_and_read_back(served: Served) -> None:
    assert served.ask("PUT", "/_sandbox/settings", json={"deploy_seconds": 2}).status_code == 200
    assert served.ask("GET", "/_sandbox/settings").json()["deploy_seconds"] == 2
    assert served.controls.settings.deploy_seconds == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [('{"deploy_second": 2}', "deploy_second"), ("[]", "a JSON object"), ("{", "the body is not JSON")],
)
def test_an_impossible_setting_is_refused_with_what_is_wrong(served: Served, body: str, said: str) -> None:
    answer = served.ask("PUT", "/_sandbox/settings", data=body)
    assert answer.status_code == 400
    assert said in answer.json()["message"]


def test_faults_wait_can_be_listed_and_are_cleared(served: Served) -> None:
    fault = {"kind": "request", "path": "/render/v1/services", "status": 503}
    assert served.ask("POST", "/_sandbox/faults", json=fault).status_code == 201
    assert [one["status"] for one in served.ask("GET", "/_sandbox/faults").json()] == [503]
    assert served.ask("DELETE", "/_sandbox/faults").status_code == 204
    assert served.ask("GET", "/_sandbox/faults").json() == []


def test_a_fault_that_describes_none_is_refused(served: Served) -> None:
    answer = served.ask("POST", "/_sandbox/faults", json={"kind": "request", "path": "/x"})
    assert answer.status_code == 400
    assert "exactly one of status, lose_answer and delay_seconds" in answer.json()["message"]


def test_an_unknown_address_and_method_are_refused_in_json(served: Served) -> None:
    unknown = served.ask("GET", "/_sandbox/nothing")
    assert (unknown.status_code, unknown.json()) == (404, {"message": "GET /_sandbox/nothing: Not Found"})
    method = served.ask("DELETE", "/_sandbox/settings")
    assert (method.status_code, method.json()["message"]) == (405, "DELETE /_sandbox/settings: Method Not Allowed")


def test_a_body_up_to_the_limit_arrives_whole_and_a_larger_one_is_refused(served: Served) -> None:
    assert served.ask("POST", "/render/v1/services", data=b"x" * 1_000_000).json() == {"received": 1_000_000}
    refused = served.ask("POST", "/render/v1/services", data=b"x" * 1_000_001)
    assert refused.status_code == 413
    assert "1,000,000 bytes" in refused.json()["message"]


def test_the_limit_holds_for_a_body_whose_length_is_not_told(served: Served) -> None:
    chunks = (b"x" * 100_000 for _ in range(11))
    assert served.ask("POST", "/render/v1/services", data=chunks).status_code == 413


def test_a_lost_answer_breaks_the_connection_after_the_work_is_done(serve: Serve, store: Store) -> None:
    async def create(_request: Request) -> Response:
        store.put("render", "service", "srv-1", "a", {})
        raise AnswerLost

    served = serve(render=Starlette(routes=[Route("/services", create, methods=["POST"])]))
    with pytest.raises(requests.ConnectionError, match="without response"):
        served.ask("POST", "/render/v1/services")
    assert store.get("render", "service", "srv-1") is not None
    assert served.ask("GET", "/_sandbox/health").status_code == 200


def test_a_lost_answer_sends_not_one_byte(serve: Serve) -> None:
    def lose(_request: Request) -> Response:
        raise AnswerLost

    served = serve(accounts=Starlette(routes=[Route("/x", lose)]))
    with socket.create_connection(("127.0.0.1", urlsplit(served.url).port or 0), timeout=10) as connection:
        connection.sendall(
            f"GET /accounts/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode()
        )
        assert connection.recv(100) == b""


def test_an_unexpected_fault_answers_500_and_is_logged_with_its_place_but_without_its_values(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_request: Request) -> Response:
        raise ValueError("".join(["sk-ant", "-very-secret"]))

    served = serve(render=Starlette(routes=[Route("/services", fail)]))
    with caplog.at_level(logging.INFO):
        answer = served.ask("GET", "/render/v1/services?password=hunter2")
    assert answer.status_code == 500
    assert answer.json()["message"].endswith("server.log says where")
    assert "failed with ValueError" in caplog.text
    for secret in ("sk-ant-very-secret", "hunter2", TOKEN):
        assert secret not in answer.text + caplog.text


def test_the_figures_in_the_list_of_known_differences_are_those_of_the_settings() -> None:
    text = (Path(server.__file__).with_name("KNOWN_DIFFERENCES.md")).read_text()
    settings = Settings()
    assert f"| {settings.deploy_seconds} s; `deploy_seconds`" in text
    assert f"the same figures times {settings.rate_limit_multiplier:g}," in text


def test_a_request_is_activity_from_its_beginning_to_its_end(serve: Serve) -> None:
    seen: list[int] = []

    def look(_request: Request) -> Response:
        seen.append(busy.activity.open_requests)
        return Response()

    busy = serve(accounts=Starlette(routes=[Route("/x", look)]))
    busy.activity.last -= 1000
    assert busy.activity.idle_seconds() >= 1000
    busy.ask("GET", "/accounts/x")
    assert seen == [1]
    assert busy.activity.idle_seconds() < 100
