"""What tests of revisions and of their comparison share: repositories, and a place of their own for what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from git_checkouts import Checkout, small, whole

from lookout.revisions import cache


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep written catalogues in a folder of the test's own, and return it."""
    folder = tmp_path / "kept" / "revisions"
    monkeypatch.setattr(cache, "FOLDER", folder)
    return folder


@pytest.fixture
def little(tmp_path: Path, kept: Path) -> Checkout:
    """Return a repository whose catalogue is one short module."""
    return small(tmp_path / "little")


@pytest.fixture
def ours(tmp_path: Path, kept: Path) -> Checkout:
    """Return a repository with this checkout's catalogue."""
    return whole(tmp_path / "ours")
