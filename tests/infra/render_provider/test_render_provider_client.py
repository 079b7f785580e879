from __future__ import annotations

import json
import socket
import threading
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from infra.render_provider.client import Client
from infra.render_provider.errors import ApiError
from infra.render_provider.waiting import Attempts, RetryPolicy

KEY = "rnd_seededApiKey0001"


class Waits:
    """Stands in for sleeping: remembers how long, and lets that time pass on its clock."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def attempts(self, policy: RetryPolicy) -> Attempts:
        return Attempts(policy, sleep=self.seconds.append, clock=lambda: sum(self.seconds))


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def client(httpserver: HTTPServer, waits: Waits) -> Client:
    return Client(httpserver.url_for("/v1"), KEY, attempts=waits.attempts)


def test_a_429_waits_as_long_as_retry_after_says(httpserver: HTTPServer, client: Client, waits: Waits) -> None:
    httpserver.expect_ordered_request("/v1/owners").respond_with_data("", 429, {"Retry-After": "7"})
    httpserver.expect_ordered_request("/v1/owners").respond_with_json([])
    assert client.get("/owners") == []
    assert waits.seconds == [7.0]


def test_a_429_without_retry_after_waits_until_the_rate_limit_resets(
    httpserver: HTTPServer, client: Client, waits: Waits
) -> None:
    headers = {"Ratelimit-Limit": "30", "Ratelimit-Remaining": "0", "Ratelimit-Reset": "42"}
    httpserver.expect_ordered_request("/v1/owners").respond_with_data("", 429, headers)
    httpserver.expect_ordered_request("/v1/owners").respond_with_json([])
    client.get("/owners")
    assert waits.seconds == [42.0]


def test_a_server_error_backs_off_on_its_own_while_the_rate_limit_has_room(
    httpserver: HTTPServer, client: Client, waits: Waits
) -> None:
    headers = {"Ratelimit-Remaining": "399", "Ratelimit-Reset": "42"}
    httpserver.expect_ordered_request("/v1/owners").respond_with_data("", 503, headers)
    httpserver.expect_ordered_request("/v1/owners").respond_with_json([])
    client.get("/owners")
    assert len(waits.seconds) == 1
    assert waits.seconds[0] <= 0.5


def test_a_wait_longer_than_the_cap_fails_at_once_and_says_how_long_render_asks_for(
    httpserver: HTTPServer, client: Client, waits: Waits
) -> None:
    httpserver.expect_request("/v1/services", method="POST").respond_with_data("", 429, {"Ratelimit-Reset": "1800"})
    with pytest.raises(ApiError, match="Render asks to wait 1800 s, more than the 300 s allowed"):
        client.create("/services", {}, lambda: None)
    assert waits.seconds == []


def test_tries_end_after_the_policy_s_number(httpserver: HTTPServer, client: Client) -> None:
    httpserver.expect_request("/v1/owners").respond_with_data("", 502)
    with pytest.raises(ApiError, match="gave up after 8 tries"):
        client.get("/owners")
    assert len(httpserver.log) == 8


def test_a_refusal_is_not_retried_and_carries_render_s_message_and_id(httpserver: HTTPServer, client: Client) -> None:
    httpserver.expect_request("/v1/services/srv-1", method="PATCH").respond_with_json(
        {"id": "err-77", "message": "plan is not available"}, 400
    )
    with pytest.raises(ApiError) as caught:
        client.patch("/services/srv-1", {"envVars": [{"value": "seededValue"}]})
    assert str(caught.value) == (
        "Render API: PATCH /services/srv-1 answered 400: plan is not available (Render's id for this error: err-77)"
    )
    assert len(httpserver.log) == 1


def test_a_wrong_key_names_the_settings_and_never_the_key(httpserver: HTTPServer, client: Client) -> None:
    httpserver.expect_request("/v1/owners").respond_with_json({"message": "unauthorized"}, 401)
    with pytest.raises(ApiError, match="check the key in config render:apiKey or in the environment") as caught:
        client.get("/owners")
    assert KEY not in str(caught.value)
    assert KEY not in repr(client)


def test_a_create_whose_answer_is_lost_is_looked_up_and_not_sent_again(httpserver: HTTPServer, client: Client) -> None:
    httpserver.expect_request("/v1/services", method="POST").respond_with_data("", 500)
    assert client.create("/services", {}, lambda: {"id": "srv-1"}) == {"id": "srv-1"}
    assert len(httpserver.log) == 1


def test_a_create_that_left_nothing_behind_is_sent_again(httpserver: HTTPServer, client: Client) -> None:
    httpserver.expect_ordered_request("/v1/services", method="POST").respond_with_data("", 503)
    httpserver.expect_ordered_request("/v1/services", method="POST").respond_with_json({"id": "srv-2"}, 201)
    assert client.create("/services", {}, lambda: None) == {"id": "srv-2"}


def test_a_create_refused_after_a_lost_answer_finds_what_the_first_try_made(
    httpserver: HTTPServer, client: Client
) -> None:
    httpserver.expect_ordered_request("/v1/services", method="POST").respond_with_data("", 502)
    httpserver.expect_ordered_request("/v1/services", method="POST").respond_with_json({"message": "name taken"}, 409)
    looked_up: list[Any] = [None, {"id": "srv-1"}]
    assert client.create("/services", {}, lambda: looked_up.pop(0)) == {"id": "srv-1"}


def test_a_create_under_a_rate_limit_is_sent_again_without_a_look_up(
    httpserver: HTTPServer, client: Client, waits: Waits
) -> None:
    httpserver.expect_ordered_request("/v1/services", method="POST").respond_with_data("", 429, {"Retry-After": "1"})
    httpserver.expect_ordered_request("/v1/services", method="POST").respond_with_json({"id": "srv-2"}, 201)

    def never() -> None:
        raise AssertionError("a 429 did nothing, so there is nothing to look up")

    assert client.create("/services", {}, never) == {"id": "srv-2"}


def test_a_connection_that_breaks_before_the_answer_counts_as_a_lost_answer(waits: Waits) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def hang_up() -> None:
        connection, _ = listener.accept()
        connection.recv(65536)
        connection.close()

    threading.Thread(target=hang_up, daemon=True).start()
    client = Client(f"http://127.0.0.1:{listener.getsockname()[1]}", KEY, attempts=waits.attempts)
    assert client.create("/services", {}, lambda: "found") == "found"
    listener.close()


def test_an_unreachable_api_is_named_without_a_trace_of_the_request(waits: Waits) -> None:
    client = Client("http://127.0.0.1:9", KEY, RetryPolicy(max_tries=2), waits.attempts)
    with pytest.raises(ApiError, match=r"gave no answer: http://127.0.0.1:9 cannot be reached .*gave up after 2 tries"):
        client.get("/owners")


def test_a_page_that_is_not_json_is_named_as_a_wrong_address(httpserver: HTTPServer, waits: Waits) -> None:
    httpserver.expect_request("/v1/owners").respond_with_data("<html>sign in</html>", 200)
    client = Client(httpserver.url_for("/v1"), KEY, RetryPolicy(max_tries=1), waits.attempts)
    with pytest.raises(ApiError, match="not JSON; is the API address right"):
        client.get("/owners")


def test_deleting_what_is_gone_succeeds(httpserver: HTTPServer, client: Client) -> None:
    httpserver.expect_request("/v1/services/srv-1", method="DELETE").respond_with_data("", 404)
    client.delete("/services/srv-1")
    assert len(httpserver.log) == 1


def test_every_page_of_a_list_is_read(httpserver: HTTPServer, client: Client) -> None:
    def page(request: Request) -> Response:
        first = "cursor" not in request.args
        size = 100 if first else 3
        start = 0 if first else 100
        items = [{"cursor": f"c{start + n}", "n": start + n} for n in range(size)]
        return Response(json.dumps(items), content_type="application/json")

    httpserver.expect_request("/v1/services").respond_with_handler(page)
    assert [item["n"] for item in client.pages("/services", {"name": "web"})] == list(range(103))
    assert httpserver.log[1][0].args["cursor"] == "c99"
    assert httpserver.log[1][0].args["name"] == "web"
