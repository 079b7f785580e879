"""An account at Render and a provider that talks to it, without the engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from provider_harness import Harness
from render_account import RenderAccount


@pytest.fixture(autouse=True)
def quick_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.render_provider.deploys._FIRST_POLL_SECONDS", 0.02)
    monkeypatch.setattr("infra.render_provider.stores._FIRST_POLL_SECONDS", 0.02)


@pytest.fixture
def account() -> Iterator[RenderAccount]:
    running = RenderAccount()
    yield running
    running.close()


@pytest.fixture
def harness(account: RenderAccount) -> Harness:
    return Harness(account)
