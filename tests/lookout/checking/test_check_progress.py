"""The line that says how far the checks are: only after a while, and only where someone watches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lookout.checking import progress
from lookout.checking.progress import shown_progress


class _Console:
    """Keeps what a console's status line was set to."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    @contextmanager
    def status(self, line: str) -> Iterator[_Console]:
        self.lines.append(line)
        yield self
        self.lines.append("gone")

    def update(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> _Console:
    made = _Console()
    monkeypatch.setattr(progress, "console", lambda *, to_stderr: made)
    monkeypatch.setattr(progress, "is_watched", lambda _: True)
    return made


def test_after_a_while_the_line_says_how_far_the_checks_are(console: _Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LONG_SECONDS", -1.0)
    with shown_progress() as on_progress:
        assert on_progress is not None
        on_progress(1, 3)
        on_progress(2, 3)
    assert console.lines == ["checking", "checking: 1 of 3 steps", "checking: 2 of 3 steps", "gone"]


def test_a_quick_run_shows_no_line(console: _Console) -> None:
    with shown_progress() as on_progress:
        assert on_progress is not None
        on_progress(1, 3)
    assert console.lines == []


def test_nothing_is_shown_where_nobody_watches(console: _Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "is_watched", lambda _: False)
    with shown_progress() as on_progress:
        assert on_progress is None
    assert console.lines == []
