"""One Render API on loopback for all tests, and a fresh account for each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from render_sandbox import Host, RenderSandbox

from sandbox.store import Store

# The provider's own test harness, which the test with the provider speaks through.
sys.path.append(str(Path(__file__).parents[2] / "infra" / "render_provider"))


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    running = Host()
    yield running
    running.close()


@pytest.fixture
def api(host: Host, tmp_path: Path) -> Iterator[RenderSandbox]:
    store = Store.open(tmp_path / "sandbox.sqlite")
    yield RenderSandbox(host, store)
    store.close()
