"""What a person sees during a long step."""

from __future__ import annotations

import io

import pytest

from lookout.engine.progress import Progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("lookout.engine.progress.time.monotonic", lambda: now[0])
    return now


def test_on_a_terminal_one_line_is_drawn_over_and_wiped_before_the_next(clock: list[float]) -> None:
    terminal = io.StringIO()
    shown = Progress.on(terminal, redraw=True)
    for second in range(3):
        clock[0] += 1
        shown.tick(f"{second} s")
    shown.say("done")
    assert terminal.getvalue() == "\r\x1b[K  0 s\r\x1b[K  1 s\r\x1b[K  2 s\r\x1b[Kdone\n"


def test_elsewhere_a_plain_line_comes_every_fifteen_seconds(clock: list[float]) -> None:
    log = io.StringIO()
    shown = Progress.on(log, redraw=False)
    for second in range(46):
        shown.tick(f"{second} s")
        clock[0] += 1
    assert log.getvalue() == "  15 s\n  30 s\n  45 s\n"


def test_a_line_longer_than_the_terminal_is_cut_so_that_it_can_be_drawn_over(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    terminal = io.StringIO()
    Progress.on(terminal, redraw=True).tick("x" * 100)
    assert terminal.getvalue() == "\r\x1b[K  " + "x" * 17
