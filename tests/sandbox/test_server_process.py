"""The whole sandbox as one process: what its APIs take is what its pages show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox import lifecycle
from sandbox.lifecycle import Sandbox

LOST_CREATE = {"kind": "request", "method": "POST", "path": "/accounts/newrelic/AlertPolicy", "lose_answer": True}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("whole")
    yield lifecycle.start(folder)
    lifecycle.stop(folder)


def _send(sandbox: Sandbox, method: str, path: str, body: Any = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {sandbox.token}"}
    return requests.request(method, sandbox.url + path, json=body, headers=headers, timeout=10)


def _policy(name: str) -> dict[str, Any]:
    return {"inputs": {"name": name}, "secret_paths": [], "settings": {"accountId": "1"}}


def test_render_answers_with_its_workspace_at_its_address(sandbox: Sandbox) -> None:
    owners = _send(sandbox, "GET", "/render/v1/owners").json()
    assert [owner["owner"]["id"][:4] for owner in owners] == ["tea-"]


def test_what_a_plugin_creates_has_a_page_and_is_listed(sandbox: Sandbox) -> None:
    created = _send(sandbox, "POST", "/accounts/newrelic/AlertPolicy", _policy("Skills of the test")).json()
    page = requests.get(f"{sandbox.url}/objects/newrelic/AlertPolicy/{created['id']}", timeout=10)
    assert page.status_code == 200
    assert "<h1>Skills of the test</h1>" in page.text
    assert "Skills of the test" in requests.get(sandbox.url, timeout=10).text


def test_a_dashboards_link_leads_to_its_page_here(sandbox: Sandbox) -> None:
    widget = {"title": "Requests", "row": 1, "column": 1, "nrqlQueries": [{"query": "SELECT count(*) FROM A"}]}
    inputs = {"name": "Board of the test", "pages": [{"name": "One", "widgetLines": [widget]}]}
    body = {"inputs": inputs, "secret_paths": [], "settings": {"accountId": "1"}}
    created = _send(sandbox, "POST", "/accounts/newrelic/OneDashboard", body).json()
    page = requests.get(created["outputs"]["permalink"], timeout=10)
    assert page.status_code == 200
    assert "Requests" in page.text


def test_a_lost_answer_is_asked_for_and_met_with_the_work_done(sandbox: Sandbox) -> None:
    assert _send(sandbox, "POST", "/_sandbox/faults", LOST_CREATE).status_code == 201
    with pytest.raises(requests.ConnectionError):
        _send(sandbox, "POST", "/accounts/newrelic/AlertPolicy", _policy("Lost"))
    found = _send(sandbox, "GET", "/accounts/newrelic/AlertPolicy?name=Lost").json()["objects"]
    assert len(found) == 1
    assert _send(sandbox, "GET", "/_sandbox/faults").json() == []


def test_the_log_tells_each_request_without_what_was_asked_for_in_it(sandbox: Sandbox) -> None:
    _send(sandbox, "GET", "/accounts/newrelic/AlertPolicy?name=a-private-name")
    log = (sandbox.folder / "server.log").read_text()
    assert 'GET "/accounts/newrelic/AlertPolicy" 200' in log
    assert "a-private-name" not in log
    assert sandbox.token not in log
