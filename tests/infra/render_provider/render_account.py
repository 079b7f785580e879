"""A small account at Render for these tests: keeps objects in memory, records every request, and fails on command.

It knows only what the provider uses, and holds every request to Render's own description of its API (the table that
the sandbox has of it), so that a wrong call fails its test.
"""

from __future__ import annotations

import copy
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from render_routes import ID_PREFIXES, ROUTES, Document, Refused

from sandbox.render.checks import problems
from sandbox.render.contract import Contract

_CONTRACT = Contract.load()
KEY = "rnd_seededApiKey0001"
OWNER = "tea-owner000000000000001"


@dataclass
class Fault:
    """What happens instead of an answer to the next matching requests; status 0 drops the connection.

    `after_work`: the request has its effect first.
    """

    method: str
    pattern: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    after_work: bool = False
    times: int = 1


@dataclass
class Call:
    """One request as it came in."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any


class RenderAccount:
    """The account; `url` is its API address."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Document]] = {
            kind: {} for kind in (*ID_PREFIXES, "environments", "deploys", "log-streams", "metrics-streams", "disks")
        }
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.events: list[Document] = []
        self.logs: list[Document] = []
        # The statuses that the next deploys go through, one for each time they are looked at.
        self.deploy_script: list[list[str]] = []
        self.lock = threading.RLock()
        self._numbers = 0
        account = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 65536

            def _handle(self) -> None:
                account.handle(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _handle

            def log_message(self, *arguments: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def made(self, method: str, pattern: str) -> list[Call]:
        """The recorded requests that match."""
        return [call for call in self.calls if call.method == method and re.fullmatch(pattern, call.path)]

    def only(self, kind: str) -> Document:
        """The one object of a kind."""
        (found,) = self.objects[kind].values()
        return found

    def deploys_of(self, service_id: str) -> list[Document]:
        """The deploys of a service, oldest first."""
        return [deploy for deploy in self.objects["deploys"].values() if deploy["_service"] == service_id]

    def new_id(self, prefix: str) -> str:
        """An id as Render writes them."""
        self._numbers += 1
        return f"{prefix}-{self._numbers:020d}"

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        split = urlsplit(request.path)
        path = split.path.removeprefix("/v1")
        length = int(request.headers.get("Content-Length") or 0)
        body = json.loads(request.rfile.read(length)) if length else None
        with self.lock:
            self.calls.append(Call(request.command, path, parse_qs(split.query), copy.deepcopy(body)))
            fault = self._fault(request.command, path)
            status, answer, headers = 200, None, dict[str, str]()
            if fault is None or fault.after_work:
                status, answer = self._answer(request, path, parse_qs(split.query), body)
        if fault is not None and fault.status == 0:
            request.close_connection = True
            request.connection.close()
            return
        if fault is not None:
            status, answer, headers = fault.status, {"id": "err-1", "message": "scripted fault"}, fault.headers
        content = b"" if answer is None else json.dumps(_public(answer)).encode()
        request.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)

    def _hold_to_contract(self, call: Call) -> None:
        found = _CONTRACT.match(call.path)
        if found is None:
            return
        operation = found.operations.get(call.method)
        if operation is None:
            raise Refused(405, f"{call.path} has no {call.method}")
        wrong = [f"unknown query parameter {name}" for name in call.query if name not in operation.query]
        wrong += [f"missing query parameter {name}" for name in operation.required_query if name not in call.query]
        if operation.body is not None and (call.body is not None or operation.body_required):
            wrong += problems(_CONTRACT, operation.body, call.body)
        if wrong:
            raise Refused(400, "; ".join(wrong))

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and fault.method == method and re.fullmatch(fault.pattern, path):
                fault.times -= 1
                return fault
        return None

    def _answer(self, request: BaseHTTPRequestHandler, path: str, query: Any, body: Any) -> tuple[int, Any]:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return 401, {"id": "err-2", "message": "unauthorized"}
        try:
            self._hold_to_contract(self.calls[-1])
            for method, pattern, work in ROUTES:
                found = re.fullmatch(pattern, path)
                if method == request.command and found:
                    return 200, work(self, query, body, *map(unquote, found.groups()))
        except Refused as refusal:
            return refusal.status, {"id": "err-3", "message": str(refusal)}
        return 404, {"id": "err-4", "message": f"no such path: {request.command} {path}"}

    def get(self, kind: str, object_id: str) -> Document:
        """One object.

        Raises:
            Refused: 404.
        """
        if object_id not in self.objects[kind]:
            raise Refused(404, f"{object_id} not found")
        return self.objects[kind][object_id]

    def start_deploy(self, service_id: str, trigger: str) -> Document:
        """A new deploy, which follows the script or is live when first looked at."""
        script = self.deploy_script.pop(0) if self.deploy_script else ["live"]
        deploy: Document = {
            "id": self.new_id("dep"),
            "status": "created",
            "trigger": trigger,
            "createdAt": f"2026-11-24T08:00:{len(self.objects['deploys']):02d}Z",
            "_service": service_id,
            "_script": list(script),
        }
        self.objects["deploys"][deploy["id"]] = deploy
        return deploy


def _public(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _public(item) for key, item in value.items() if not key.startswith("_")}
    return [_public(item) for item in value] if isinstance(value, list) else value
