"""The Render API of a sandbox on loopback, with a clock that a test moves; every answer is held to the contract."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.controls import AnswerLost, Controls, Settings
from sandbox.render.api import OWNER_ID, render_api
from sandbox.render.call import Account
from sandbox.render.checks import problems
from sandbox.render.contract import Contract
from sandbox.store import Store

__all__ = [
    "CONTRACT",
    "DEPLOY_SECONDS",
    "OWNER_ID",
    "Clock",
    "Host",
    "RenderSandbox",
    "database",
    "key_value",
    "private_service",
    "web_service",
]

CONTRACT = Contract.load()
DEPLOY_SECONDS = 10.0
# What the description of an operation need not name: every API refuses these.
_ALWAYS = {400, 404, 405, 429}


@dataclass
class Clock:
    """Stands still unless it is moved; `running` follows the real time."""

    now: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)
    running: bool = False

    def __call__(self) -> datetime:
        if self.running:
            return datetime.now(UTC)
        # No two moments are the same, so that ages order what happened one after the other.
        self.now += timedelta(microseconds=10)
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Host:
    """One server for the whole test run; each test sets the application."""

    def __init__(self) -> None:
        self.app: ASGIApp = Starlette()
        config = uvicorn.Config(self._answer, port=0, interface="asgi3", log_level="critical", lifespan="off")
        self.server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self.server.run, daemon=True)
        self._thread.start()
        while not self.server.started:
            time.sleep(0.005)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"

    def close(self) -> None:
        self.server.should_exit = True
        self._thread.join(5)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except AnswerLost:
            # An answer that is announced and never comes makes the server close the connection.
            headers = [(b"content-length", b"1")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})


@dataclass
class RenderSandbox:
    """An empty account, its controls and its clock."""

    host: Host
    store: Store
    controls: Controls = field(
        default_factory=lambda: Controls(Settings(deploy_seconds=DEPLOY_SECONDS, rate_limit_multiplier=1000))
    )
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.account = Account(self.store, CONTRACT, self.controls, self.clock)
        self.host.app = Starlette(routes=[Mount("/render/v1", app=render_api(self.account))])
        self.url = f"{self.host.url}/render/v1"
        self.session = requests.Session()

    def call(self, method: str, path: str, **request: Any) -> requests.Response:
        """Ask, and hold the answer to Render's description of the operation."""
        answer = self.session.request(method, self.url + path, timeout=10, **request)
        match = CONTRACT.match(path.partition("?")[0])
        if match is None or method not in match.operations:
            return answer
        operation = match.operations[method]
        if answer.status_code >= 300:
            assert answer.status_code in operation.refusals | _ALWAYS, answer.text
            assert set(answer.json()) == {"id", "message"}
            return answer
        assert answer.status_code in operation.answers, (answer.status_code, answer.text)
        schema = operation.answers[answer.status_code]
        if schema is None:
            assert answer.content == b""
        else:
            assert problems(CONTRACT, schema, answer.json()) == []
        return answer

    def ok(self, method: str, path: str, body: Any = None, **request: Any) -> Any:
        """The document of an answer that has to be a success; None without content."""
        sent = request if body is None else {**request, "json": body}
        answer = self.call(method, path, **sent)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def refusal(self, method: str, path: str, body: Any = None, **request: Any) -> tuple[int, str]:
        """Status and message of an answer that has to be a refusal."""
        sent = request if body is None else {**request, "json": body}
        answer = self.call(method, path, **sent)
        assert not answer.ok, answer.text
        return answer.status_code, answer.json()["message"]

    def settle(self) -> None:
        """Let every deploy end."""
        self.clock.move(DEPLOY_SECONDS)

    def web(self, **changed: Any) -> dict[str, Any]:
        """A new web service; `details` change its serviceDetails."""
        service: dict[str, Any] = self.ok("POST", "/services", web_service(**changed))["service"]
        return service


def web_service(details: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    """The body that creates a web service."""
    own = {"runtime": "image", "plan": "standard", "healthCheckPath": "/health", **(details or {})}
    return {
        "type": "web_service",
        "name": "legal-web",
        "ownerId": OWNER_ID,
        "image": {"ownerId": OWNER_ID, "imagePath": "docker.io/library/nginx:1.27"},
        "envVars": [{"key": "LOG_LEVEL", "value": "info"}],
        "serviceDetails": own,
        **changed,
    }


def private_service(**changed: Any) -> dict[str, Any]:
    """The body that creates a private service built from a repository."""
    commands = {"buildCommand": "pip install .", "startCommand": "serve"}
    return {
        "type": "private_service",
        "name": "legal-ai",
        "ownerId": OWNER_ID,
        "repo": "https://github.com/acme/legal",
        "serviceDetails": {"runtime": "python", "envSpecificDetails": commands},
        **changed,
    }


def database(**changed: Any) -> dict[str, Any]:
    """The body that creates a database."""
    return {"name": "legal-db", "ownerId": OWNER_ID, "plan": "basic_1gb", "version": "16", "diskSizeGB": 25, **changed}


def key_value(**changed: Any) -> dict[str, Any]:
    """The body that creates a Key Value instance."""
    return {"name": "legal-kv", "ownerId": OWNER_ID, "plan": "starter", **changed}
