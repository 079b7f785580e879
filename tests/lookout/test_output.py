"""How verbs print, to a person and to a program."""

from __future__ import annotations

import io
import json

import pytest

from lookout import output


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_json_is_one_document_with_its_keys_in_order_and_letters_as_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.print_json({"zone": "Zürich", "a": [1, None]})
    shown = capsys.readouterr().out
    assert "Zürich" in shown
    assert list(json.loads(shown)) == ["zone", "a"]


def test_a_person_at_a_terminal_is_watching() -> None:
    assert output.is_watched(_Terminal())
    assert not output.is_watched(io.StringIO())


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_setting_makes_a_terminal_plain(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert not output.is_watched(_Terminal())


def test_a_pipe_gets_no_colour_and_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stdout", pipe)
    monkeypatch.setenv("FORCE_COLOR", "1")
    output.console().print(f"[red]{'word ' * 60}end[/red]")
    assert "\x1b" not in pipe.getvalue()
    assert pipe.getvalue().count("\n") == 1


def test_a_terminal_gets_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    output.console(to_stderr=True).print("[red]word[/red]")
    assert "\x1b[31m" in terminal.getvalue()
