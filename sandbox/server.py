"""The sandbox as one web application: the vendors' APIs, its own controls and its pages, behind the same gates."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.controls import AnswerLost, ControlError, Controls
from sandbox.store import Store

LOG = logging.getLogger("sandbox")
_LARGEST_BODY_BYTES = 1_000_000
_TRANSPORT = "sandbox.transport"  # the key in a request's scope
_HOSTS = {"127.0.0.1", "localhost"}
_PRIVATE = ("/render/v1", "/accounts", "/_sandbox")
_HEALTH = "/_sandbox/health"


@dataclass
class Activity:
    """When the server last had something to do, on the monotonic clock."""

    last: float = field(default_factory=time.monotonic)
    open_requests: int = 0

    def idle_seconds(self) -> float:
        """How long there has been no request; 0 while one is being answered."""
        return 0.0 if self.open_requests else time.monotonic() - self.last


@dataclass(frozen=True)
class Identity:
    """Who this server is: `instance` differs at every start, `token` opens it, `base_url` has no slash at its end."""

    base_url: str
    folder: Path
    instance: str
    token: str = field(repr=False)


class Connection(H11Protocol):
    """HTTP as uvicorn speaks it, with each request's connection in its scope: a lost answer has to break it.

    It is for `uvicorn.Config(http=Connection)`.
    """

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        app = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, _TRANSPORT: transport}, receive, send)

        self.app = with_transport


def create_app(
    store: Store,
    controls: Controls,
    identity: Identity,
    *,
    render: ASGIApp,
    accounts: ASGIApp,
    pages: Sequence[BaseRoute],
    activity: Activity,
    on_shutdown: Callable[[], None] | None = None,
) -> ASGIApp:
    """The whole application.

    `render` answers below `/render/v1` and `accounts` below `/accounts`; both see only requests with the bearer token,
    as does `/_sandbox`, its health apart. `on_shutdown` is called once the last request is answered.
    """
    routes: list[BaseRoute] = [
        Mount("/render/v1", app=render),
        Mount("/accounts", app=accounts),
        Mount("/_sandbox", routes=_control_routes(store, controls, identity)),
        *pages,
    ]
    app: ASGIApp = Starlette(routes=routes, exception_handlers={HTTPException: _plain_refusal})
    app = _with_small_body(app)
    app = _with_token(app, identity)
    app = _with_local_host(app)
    app = _with_whole_answer(app, activity, identity.folder / "server.log")
    return _with_shutdown(app, on_shutdown)


def _control_routes(store: Store, controls: Controls, identity: Identity) -> list[BaseRoute]:
    def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok", "instance": identity.instance})

    def status(_request: Request) -> Response:
        return JSONResponse(
            {
                "url": identity.base_url,
                "folder": str(identity.folder),
                "counts": store.counts(),
                "waiting_faults": len(controls.waiting_faults()),
            }
        )

    async def settings(request: Request) -> Response:
        if request.method == "PUT":
            controls.change_settings(await _json_of(request))
        return JSONResponse(controls.settings.model_dump(mode="json"))

    async def faults(request: Request) -> Response:
        if request.method == "POST":
            return JSONResponse(controls.add_fault(await _json_of(request)).model_dump(mode="json"), 201)
        if request.method == "DELETE":
            controls.clear_faults()
            return Response(status_code=204)
        return JSONResponse(controls.waiting_faults())

    return [
        Route("/health", health),
        Route("/status", status),
        Route("/settings", _told(settings), methods=["GET", "PUT"]),
        Route("/faults", _told(faults), methods=["GET", "POST", "DELETE"]),
    ]


def _told(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    async def with_refusals(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ControlError as error:
            return JSONResponse({"message": str(error)}, 400)

    return with_refusals


async def _json_of(request: Request) -> object:
    try:
        document: object = json.loads(await request.body())
    except ValueError as error:
        raise ControlError("the body is not JSON") from error
    return document


def _plain_refusal(request: Request, error: Exception) -> Response:
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    text = f"{request.method} {request.url.path}: {getattr(error, 'detail', 'refused')}"
    return JSONResponse({"message": text}, status, headers=headers)


def _with_small_body(app: ASGIApp) -> ASGIApp:
    async def layer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            message = f"the request's body is larger than the {_LARGEST_BODY_BYTES:,} bytes that the sandbox takes"
            await JSONResponse({"message": message}, 413)(scope, receive, send)
            return
        await app(scope, _replayed(body, receive), send)

    return layer


async def _read(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > _LARGEST_BODY_BYTES:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


def _with_token(app: ASGIApp, identity: Identity) -> ASGIApp:
    expected = f"Bearer {identity.token}".encode()

    async def layer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_private(scope["path"]):
            await app(scope, receive, send)
            return
        if hmac.compare_digest(_header(scope, b"authorization"), expected):
            await app(scope, receive, send)
            return
        message = (
            f"this sandbox's bearer token is missing or wrong: it is in {identity.folder / 'server.json'}, and "
            '`eval "$(lookout sandbox environment)"` gives it to Pulumi in this shell'
        )
        await JSONResponse({"message": message}, 401, {"WWW-Authenticate": "Bearer"})(scope, receive, send)

    return layer


def _is_private(path: str) -> bool:
    return path != _HEALTH and any(path == prefix or path.startswith(f"{prefix}/") for prefix in _PRIVATE)


def _with_local_host(app: ASGIApp) -> ASGIApp:
    """Refuse other names: a page elsewhere whose name is made to resolve to this machine could read the account."""

    async def layer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _header(scope, b"host").decode("latin-1").partition(":")[0].lower() in _HOSTS:
            await app(scope, receive, send)
            return
        message = "the sandbox answers only to the names 127.0.0.1 and localhost; use one of them in the address"
        await JSONResponse({"message": message}, 403)(scope, receive, send)

    return layer


def _header(scope: Scope, name: bytes) -> bytes:
    """The header's value; nothing when it is absent or, as no honest client does, given twice."""
    values = [value for key, value in scope["headers"] if key == name]
    return bytes(values[0]) if len(values) == 1 else b""


def _with_whole_answer(app: ASGIApp, activity: Activity, log: Path) -> ASGIApp:
    """Hold an answer back until the work is over, so that it can still be lost or be replaced by a plain 500."""

    async def layer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        started = time.monotonic()
        answer: list[Message] = []
        activity.open_requests += 1
        try:
            answer = await _answer_of(app, scope, receive, log)
            for message in answer:
                await send(message)
        except AnswerLost:
            await _drop_connection(scope, receive)
        finally:
            activity.open_requests -= 1
            activity.last = time.monotonic()
            _log_request(scope, answer, (time.monotonic() - started) * 1000)

    return layer


async def _answer_of(app: ASGIApp, scope: Scope, receive: Receive, log: Path) -> list[Message]:
    answer: list[Message] = []

    async def keep(message: Message) -> None:
        answer.append(message)

    try:
        await app(scope, receive, keep)
    except Exception as error:
        _log_fault(scope, error)
        answer.clear()
        message = f"the sandbox failed at this request; {log} says where"
        await JSONResponse({"message": message}, 500)(scope, receive, keep)
    return answer


async def _drop_connection(scope: Scope, receive: Receive) -> None:
    transport = scope.get(_TRANSPORT)
    if not isinstance(transport, asyncio.Transport):
        raise AnswerLost("this server gives no hold of its connections")
    transport.abort()
    # The protocol answers 500 for a request that ends unanswered, unless it has noticed that the connection is gone.
    while (await receive())["type"] != "http.disconnect":
        continue


def _log_request(scope: Scope, answer: list[Message], milliseconds: float) -> None:
    # Without the query: it can hold what a person typed.
    status = answer[0]["status"] if answer else "no answer"
    LOG.info("%s %s %s %.0f ms", scope["method"], json.dumps(scope["path"]), status, milliseconds)


def _log_fault(scope: Scope, error: BaseException) -> None:
    # An exception's own text is left out: it may carry a value from the request or from the store.
    frames = "".join(traceback.format_tb(error.__traceback__))
    path = json.dumps(scope["path"])
    LOG.error("%s %s failed with %s\n%s", scope["method"], path, type(error).__qualname__, frames.rstrip())


def _with_shutdown(app: ASGIApp, on_shutdown: Callable[[], None] | None) -> ASGIApp:
    async def layer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if on_shutdown is not None:
            on_shutdown()
        await send({"type": "lifespan.shutdown.complete"})

    return layer
