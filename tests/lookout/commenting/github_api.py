"""GitHub's API on loopback, as far as comments and issues go; it can be made to fail, and to let two jobs race."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"
TOKEN = "ghs_aVerySecretTokenThatNobodyMaySee"


@dataclass
class Api:
    """What the account holds and was asked. `faults` are answered first, each once: status, headers, and whether the
    request is carried out all the same."""

    url: str = ""
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    faults: list[tuple[str, int, dict[str, str], bool]] = field(default_factory=list)
    first_lists_wait_for: threading.Barrier | None = None
    lists: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def comment(self, body: str, login: str = BOT) -> int:
        number = len(self.comments) + 1 + sum(line.startswith("DELETE") for line in self.asked)
        self.comments[number] = {"id": number, "body": body, "user": {"login": login}}
        return number

    def issue(self, title: str, body: str, login: str = BOT, **more: Any) -> int:
        number = len(self.issues) + 1
        self.issues[number] = {"number": number, "title": title, "body": body, "user": {"login": login}, **more}
        return number

    def bodies(self) -> list[str]:
        return [str(one["body"]) for one in self.comments.values()]

    def answer(self, method: str, target: str, body: Any) -> tuple[int, Any]:
        parts = urlsplit(target)
        where = parts.path.removeprefix("/repos/octo/lookout")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        number = int(where.rpartition("/")[2]) if where.rpartition("/")[2].isdigit() else 0
        if method == "GET":
            return 200, self._page(self._list(where, query), query)
        if method == "POST" and where == "/issues/7/comments":
            return 201, self.comments[self.comment(body["body"])]
        if method == "POST" and where == "/issues":
            return 201, self.issues[self.issue(body["title"], body["body"])]
        kept = self.comments if where.startswith("/issues/comments/") else self.issues
        if number not in kept:
            return 404, {"message": "Not Found"}
        if method == "DELETE":
            del kept[number]
            return 204, None
        kept[number].update(body)
        return 200, kept[number]

    def _list(self, where: str, query: dict[str, str]) -> list[dict[str, Any]]:
        if where == "/issues/7/comments":
            return list(self.comments.values())
        if where == "/issues":
            return [one for one in self.issues.values() if one.get("state", "open") == query["state"]]
        assert where == "/pulls", where
        return [one for one in self.pulls if query["head"] == one["label"]]

    @staticmethod
    def _page(found: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
        size, page = int(query["per_page"]), int(query["page"])
        return found[size * (page - 1) : size * page]


@contextmanager
def api() -> Iterator[Api]:
    known = Api()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            with known.lock:
                known.asked.append(f"{self.command} {urlsplit(self.path).path}")
                known.tokens.add(self.headers["Authorization"])
                fault = next((one for one in known.faults if one[0] == self.command), None)
                if fault is not None:
                    known.faults.remove(fault)
                is_done = fault is None or fault[3]
                status, content = known.answer(self.command, self.path, body) if is_done else (0, {"message": "no"})
                known.lists += self.command == "GET"
                is_early = known.lists <= 2 and self.command == "GET"
            if is_early and known.first_lists_wait_for is not None:
                known.first_lists_wait_for.wait(timeout=10)
            self._send(fault[1] if fault else status, fault[2] if fault else {}, content)

        def _send(self, status: int, headers: dict[str, str], content: Any) -> None:
            data = b"" if content is None else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_DELETE = _answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        known.url = f"http://127.0.0.1:{server.server_port}"
        yield known
        server.shutdown()
