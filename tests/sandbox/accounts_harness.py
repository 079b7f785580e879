"""A sandbox account served on loopback, and the real engine working on it with a program inside the test."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import uvicorn
from pulumi import automation as auto
from starlette.applications import Starlette

from lookout import engine
from sandbox.accounts import accounts_api
from sandbox.controls import Controls, Settings
from sandbox.plugins.client import TOKEN_VARIABLE, URL_VARIABLE
from sandbox.server import Activity, Connection, Identity, create_app
from sandbox.store import Store

TOKEN = "the-token-of-the-test"
PLUGINS = Path(__file__).parents[2] / "sandbox" / "plugins" / "bin"


@dataclass
class ServedAccount:
    """The accounts of a sandbox that listens on loopback."""

    url: str
    store: Store
    controls: Controls
    session: requests.Session = field(default_factory=requests.Session)

    def ask(self, method: str, path: str, body: Any = None) -> requests.Response:
        """Send one request to the accounts' API: `path` starts with the vendor."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return self.session.request(method, f"{self.url}/accounts{path}", json=body, headers=headers, timeout=10)

    def make(self, kind: str, inputs: dict[str, Any], *, vendor: str = "newrelic") -> dict[str, Any]:
        """Make an object that the account takes."""
        answer = self.ask("POST", f"/{vendor}/{kind}", {"inputs": inputs})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def refusal(self, kind: str, inputs: dict[str, Any], *, vendor: str = "newrelic") -> str:
        """What the account says to an object that it does not take."""
        answer = self.ask("POST", f"/{vendor}/{kind}", {"inputs": inputs})
        assert answer.status_code == 400, f"{answer.status_code} {answer.text}"
        return str(answer.json()["message"])

    @property
    def environment(self) -> dict[str, str]:
        """What a plugin needs to find the account."""
        return {URL_VARIABLE: self.url, TOKEN_VARIABLE: TOKEN}


@contextmanager
def served_account(folder: Path) -> Iterator[ServedAccount]:
    """Serve fresh accounts until the block is left."""
    store, controls = Store.open(folder / "store.sqlite3"), Controls(Settings())
    identity = Identity("http://127.0.0.1:1", folder, "instance-1", TOKEN)
    accounts = accounts_api(store, controls, identity.base_url)
    app = create_app(store, controls, identity, render=Starlette(), accounts=accounts, pages=[], activity=Activity())
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=Connection, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended before it listened"
        time.sleep(0.01)
    served = ServedAccount(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", store, controls)
    yield served
    served.session.close()
    server.should_exit = True
    thread.join(timeout=10)
    store.close()


@pytest.fixture
def account(tmp_path: Path) -> Iterator[ServedAccount]:
    """Fresh accounts of both vendors, served for one test."""
    with served_account(tmp_path) as served:
        yield served


def stack(account: ServedAccount, folder: Path, program: Callable[[], None]) -> auto.Stack:
    """A stack of its own whose program runs in this process, and whose plugins are the stand-ins."""
    (folder / "home").mkdir(exist_ok=True)
    (folder / "state").mkdir(exist_ok=True)
    found = engine.find()
    variables = engine.environment(found, os.environ)
    variables["PATH"] = f"{PLUGINS}{os.pathsep}{variables['PATH']}"
    options = auto.LocalWorkspaceOptions(
        pulumi_home=str(folder / "home"),
        project_settings=auto.ProjectSettings(
            "stand-ins", "python", backend=auto.ProjectBackend(f"file://{folder / 'state'}")
        ),
        pulumi_command=auto.PulumiCommand(root=str(found.bin_folder.parent)),
        env_vars={
            **variables,
            **account.environment,
            "PULUMI_CONFIG_PASSPHRASE": "of-the-test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        },
    )
    made = auto.create_or_select_stack("test", project_name="stand-ins", program=program, opts=options)
    made.set_config("newrelic:accountId", auto.ConfigValue("4242424"))
    return made
