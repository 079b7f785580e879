"""A diff is printed in the form that was asked for, or written to a file."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from lookout.diffing.output import FORMATS, chosen_format, write
from lookout.errors import CouldNotRun
from monitors.review.changes import Area, Change, Danger, Diff, Fact, Operation
from monitors.review.formats.document import document
from monitors.review.formats.markdown import comment
from monitors.review.formats.text import lines

LONG = "It opens above 7 % for 5 minutes, before above 5 %: a rate of 5 to 7 % is no longer told to anybody at all."
TOLD = "What it measures at 5 to 7 % is seen by nobody from now on, neither by day nor by night, in no channel."
CHANGE = Change(
    "condition/high-skill-error-rate",
    'NRQL condition "High Skill Error Rate"',
    Area.ALERTS,
    Operation.CHANGED,
    Danger.HIGH,
    LONG,
    (Fact("threshold", TOLD, "5 %", "7 %", "critical.value"),),
    environments=("prod",),
)
DIFF = Diff("main", "topic", (CHANGE,), stacks=("staging", "prod"))


@pytest.mark.parametrize(
    ("form", "as_json", "chosen"),
    [(None, False, "text"), (None, True, "json"), ("json", True, "json"), *((one, False, one) for one in FORMATS)],
)
def test_the_form_is_the_one_asked_for_and_text_by_default(form: str | None, as_json: bool, chosen: str) -> None:
    assert chosen_format(form, as_json) == chosen


def test_two_forms_at_once_are_refused() -> None:
    with pytest.raises(CouldNotRun) as fault:
        chosen_format("md", True)
    assert str(fault.value) == "--json and --format md ask for two forms.\nLeave one of them out."


def test_json_is_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    write(DIFF, "json", None)
    assert json.loads(capsys.readouterr().out) == document(DIFF)


def test_markdown_is_the_comment(capsys: pytest.CaptureFixture[str]) -> None:
    write(DIFF, "md", None)
    assert capsys.readouterr().out == comment(DIFF)


def test_text_that_nobody_watches_has_no_colour_and_a_line_for_each_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(DIFF, "text", None)
    shown = capsys.readouterr().out
    assert shown == "\n".join(lines(DIFF)) + "\n"
    assert "\x1b" not in shown
    assert f"      - {TOLD}\n" in shown


def test_text_on_a_terminal_is_coloured_and_fits_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    write(DIFF, "text", None)
    shown = capsys.readouterr().out
    assert "\x1b[31m\x1b[1mDangerous\x1b[0m" in shown
    plain = [_without_colour(line) for line in shown.splitlines()]
    assert max(map(len, plain)) <= 60
    assert plain[1:] == list(lines(DIFF, width=60))[1:]


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_a_file_holds_what_would_have_been_printed_without_colour(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(DIFF, form, None)
    printed = capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    write(DIFF, form, tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == printed
    assert capsys.readouterr().out == ""


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun) as fault:
        write(DIFF, "text", tmp_path / "nowhere" / "out")
    assert str(fault.value) == (
        f"{tmp_path / 'nowhere' / 'out'} cannot be written: No such file or directory.\nName another file."
    )


def test_half_a_character_is_written_as_a_question_mark(tmp_path: Path) -> None:
    write(Diff("main", "topic", (), notes=("half \ud800",)), "json", tmp_path / "out")
    assert json.loads((tmp_path / "out").read_text(encoding="utf-8"))["notes"] == ["half ?"]


def _without_colour(line: str) -> str:
    import click

    return click.unstyle(line)


def test_a_file_that_cannot_be_written_whole_keeps_what_was_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "diff.json"
    out.write_text("what was there")

    def full(handle: int, *_: object) -> None:
        os.write(handle, b"half of i")
        os.close(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lookout.whole_files.os.fdopen", full)
    with pytest.raises(CouldNotRun, match=r"diff\.json cannot be written: No space left on device"):
        write(DIFF, "json", out)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("diff.json", "what was there")]


def test_what_is_no_file_such_as_a_device_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "nowhere"
    out.symlink_to("/dev/null")
    write(DIFF, "md", out)
    assert Path("/dev/null").is_char_device()
