"""The bar of `lookout test`: on a terminal, and only once it has taken long."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from lookout.testing import progress


def test_where_nobody_watches_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress.followed(iter("abc"), 3, "testing")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


def test_a_short_run_has_no_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "is_watched", lambda stream: True)
    assert list(progress.followed(iter("abc"), 3, "testing")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


def test_a_long_run_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(progress, "console", lambda to_stderr: terminal)
    monkeypatch.setattr(progress, "is_watched", lambda stream: True)
    monkeypatch.setattr(progress, "LONG_SECONDS", -1.0)
    assert list(progress.followed(iter("abc"), 3, "testing")) == ["a", "b", "c"]
    assert "testing" in terminal.file.getvalue()  # type: ignore[attr-defined]  # the StringIO given above
