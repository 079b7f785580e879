"""Sandboxes for whole runs: each in a folder of its own, stopped when its tests are done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from checkout import ROOT, Checkout

from lookout import engine

sys.path.append(str(Path(__file__).parents[1] / "edits"))


@pytest.fixture(scope="session", autouse=True)
def _engine() -> None:
    """Skip what needs Pulumi's engine where there is none."""
    try:
        engine.find()
    except engine.EngineError:
        pytest.skip("no Pulumi engine on this machine; `make setup` provides one")


@pytest.fixture(scope="module")
def new_checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Checkout]]:
    """Make checkouts with a sandbox that runs; all are stopped at the module's end."""
    made: list[Checkout] = []

    def make(root: Path | None = None) -> Checkout:
        checkout = Checkout(tmp_path_factory.mktemp("sandbox"), root or ROOT)
        made.append(checkout)
        checkout.start()
        return checkout

    yield make
    for checkout in made:
        checkout.stop()
