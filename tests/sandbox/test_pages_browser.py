"""The pages in a real browser: the policy blocks nothing that they need, and they fit a phone."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from served_sandbox import Serve, Served, account
from watched_page import needs_chromium, opened

from sandbox.store import Store

pytestmark = needs_chromium
DASHBOARD = "/objects/newrelic/OneDashboard/MXxWSVp8REFTSEJP"


@pytest.fixture
def served(serve: Serve, store: Store) -> Served:
    account(store)
    return serve()


@pytest.mark.parametrize("path", ["/", DASHBOARD, "/runbooks/skills-rollback"])
def test_the_browser_finds_nothing_to_complain_about(served: Served, tmp_path: Path, path: str) -> None:
    elements, complaints = opened(served.url + path, tmp_path / "profile")
    assert "<h1" in elements
    assert complaints == []


# The browser's own window cannot be as narrow as a phone; a frame can.
FRAME = """<!doctype html><iframe id="phone" src="{path}" style="width:390px;height:800px;border:0"></iframe>
<script>onload = () => {{
  const page = document.getElementById("phone").contentDocument.documentElement;
  document.title = `${{page.clientWidth}} ${{page.scrollWidth}}`;
}}</script>"""


@contextmanager
def _framed(served: Served) -> Iterator[str]:
    """Serve the same pages without the policy that forbids frames, and a page `/frame:PATH` that holds one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/frame:"):
                content, kind = FRAME.format(path=self.path.removeprefix("/frame:")).encode(), "text/html"
            else:
                answer = requests.get(served.url + self.path, timeout=10)
                content, kind = answer.content, answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    "path",
    ["/", DASHBOARD, "/runbooks/skills-rollback", "/known-differences", "/objects/render/service/srv-abc123"],
)
def test_a_page_is_no_wider_than_a_phone(served: Served, tmp_path: Path, path: str) -> None:
    with _framed(served) as address:
        elements, _ = opened(f"{address}/frame:{path}", tmp_path / "profile")
    measured = re.search(r"<title>(\d+) (\d+)</title>", elements)
    assert measured is not None, elements
    width, needed = int(measured[1]), int(measured[2])
    assert needed <= width <= 390
