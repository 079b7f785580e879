"""Fixtures of the sandbox's own tests: a store, a folder of runbooks, and the application on a free port."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from served_sandbox import RUNBOOK, TOKEN, Serve, Served
from starlette.applications import Starlette
from starlette.types import ASGIApp

from sandbox.controls import Controls, Settings
from sandbox.pages.routes import page_routes
from sandbox.server import Activity, Connection, Identity, create_app
from sandbox.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def runbooks(tmp_path: Path) -> Path:
    folder = tmp_path / "runbooks"
    folder.mkdir()
    (folder / "skills-rollback.md").write_text(RUNBOOK)
    (folder / "incident-response.md").write_text("# Incident response\n\n## SEV1\n\nWake everybody.\n")
    (tmp_path / "outside.md").write_text("not a runbook")
    return folder


@pytest.fixture
def serve(store: Store, runbooks: Path, tmp_path: Path) -> Iterator[Serve]:
    """Serve the application, given the applications that stand for the vendors' APIs."""
    running: list[tuple[uvicorn.Server, threading.Thread, Served]] = []

    def serve_(render: ASGIApp | None = None, accounts: ASGIApp | None = None) -> Served:
        controls, activity = Controls(Settings()), Activity()
        app = create_app(
            store,
            controls,
            Identity("http://127.0.0.1", tmp_path / "sandbox", "instance-1", TOKEN),
            render=render or Starlette(),
            accounts=accounts or Starlette(),
            pages=page_routes(store, runbooks),
            activity=activity,
        )
        config = uvicorn.Config(app, port=0, http=Connection, log_config=None, access_log=False, lifespan="on")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server ended before it listened"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        served = Served(f"http://127.0.0.1:{port}", store, controls, activity)
        running.append((server, thread, served))
        return served

    yield serve_
    for server, thread, served in running:
        served.session.close()
        server.should_exit = True
        thread.join(timeout=10)
