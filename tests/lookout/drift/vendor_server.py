"""A server on loopback that answers as a vendor would, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Asked:
    """One request: its path, its query or JSON body, and its headers."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]


Answer = Callable[[Asked], Any]


@dataclass
class Served:
    """A running server's address and its requests so far."""

    address: str
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def served(answer: Answer) -> Iterator[Served]:
    """Serve until the block is left; an `int` as an answer is a status without a body."""
    made = Served("")

    class Handler(BaseHTTPRequestHandler):
        def _respond(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else dict(parse_qsl(parts.query))
            asked = Asked(parts.path, body, dict(self.headers))
            made.asked.append(asked)
            found = answer(asked)
            self.send_response(found if isinstance(found, int) else 200)
            self.end_headers()
            if not isinstance(found, int):
                self.wfile.write(json.dumps(found).encode())

        do_GET = do_POST = _respond  # the names that http.server calls

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
