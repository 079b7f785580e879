"""What every verb has in common: help, exit codes, and how faults are told."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from lookout import main as frame
from lookout.errors import CouldNotRun
from lookout.main import VERBS, Verb, VerbGroup, main

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _own_error_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(frame, "ERROR_LOG", tmp_path / ".lookout" / "last-error.log")
    monkeypatch.delenv("LOOKOUT_DEBUG", raising=False)


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> type[_Doing]:
    """Add a verb `probe` that does what the test sets."""
    monkeypatch.setattr(sys.modules[__name__], "probe", _probe, raising=False)
    monkeypatch.setitem(VERBS, "probe", Verb(f"{__name__}:probe", "Does what a test wants."))
    return _Doing


class _Doing:
    result: object = None
    fault: BaseException | None = None


@click.command()
def _probe() -> object:
    """Do what the test set."""
    if _Doing.fault is not None:
        raise _Doing.fault
    return _Doing.result


@pytest.fixture(autouse=True)
def _nothing_set() -> None:
    _Doing.result, _Doing.fault = None, None


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_shows_an_example_in_its_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    group = VerbGroup("lookout")
    command = group.get_command(click.Context(group), name)
    own = [[name, sub] for sub in command.commands] if isinstance(command, click.Group) else []
    for words in [[name], *own]:
        assert main([*words, "--help"]) == 0
        example = capsys.readouterr().out.partition("Example")[2]
        assert f"lookout {' '.join(words)}" in example, words


def test_the_list_of_verbs_names_each_one_and_hides_the_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert [name for name, verb in VERBS.items() if verb.summary in shown] == [
        name for name, verb in VERBS.items() if not verb.hidden
    ]


def test_help_imports_no_verb_and_none_of_the_slow_libraries() -> None:
    program = "import sys; from lookout.main import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert loaded.isdisjoint({"pulumi", "pydantic", "rich", "yaml", "requests", "lookout.verbs", "sandbox"})


def test_help_costs_no_more_than_ten_bare_starts_of_python() -> None:
    bare = _quickest([sys.executable, "-c", "pass"])
    assert _quickest([sys.executable, "-m", "lookout.main", "--help"]) < 10 * bare


def test_an_unknown_verb_is_answered_with_the_one_that_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snadbox"]) == 2
    assert "lookout: there is no verb 'snadbox'. Did you mean `lookout sandbox`?" in capsys.readouterr().err


def test_a_verb_like_no_other_is_answered_with_where_the_verbs_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["xyzzy"]) == 2
    assert "there is no verb 'xyzzy'. `lookout --help` lists the verbs." in capsys.readouterr().err


def test_a_wrong_option_is_answered_with_the_verbs_own_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbox", "start", "--port", "seven"]) == 2
    said = capsys.readouterr().err
    assert "Invalid value for '--port': 'seven'" in said
    assert "`lookout sandbox start --help` shows how it is used." in said


@pytest.mark.parametrize(("result", "code"), [(None, 0), (0, 0), (1, 1), (2, 2), (True, 0), ("text", 0)])
def test_a_verbs_number_is_the_exit_code_and_anything_else_is_fine(
    verb: type[_Doing], result: object, code: int
) -> None:
    verb.result = result
    assert main(["probe"]) == code


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (CouldNotRun("no such stack.", "Name another."), 2),
        (click.UsageError("no"), 2),
        (KeyboardInterrupt(), 130),
        (SystemExit(1), 1),
        (ValueError("broken"), 2),
    ],
)
def test_each_way_to_stop_has_its_exit_code(verb: type[_Doing], fault: BaseException, code: int) -> None:
    verb.fault = fault
    assert main(["probe"]) == code


def test_what_could_not_run_is_told_with_its_next_step_and_no_trace(
    verb: type[_Doing], capsys: pytest.CaptureFixture[str]
) -> None:
    verb.fault = CouldNotRun("stack 'prod' has no settings.", "Run `pulumi stack init prod`.")
    main(["probe"])
    shown = capsys.readouterr()
    assert shown.err == "lookout: stack 'prod' has no settings.\nRun `pulumi stack init prod`.\n"
    assert shown.out == ""


def test_a_fault_of_our_own_is_one_line_and_its_trace_is_kept_for_this_user_only(
    verb: type[_Doing], capsys: pytest.CaptureFixture[str]
) -> None:
    verb.fault = ValueError("the tide is out\nand more")
    main(["probe"])
    said = capsys.readouterr().err
    assert "lookout: an unexpected ValueError stopped this: the tide is out\nIts trace is in " in said
    assert "Traceback" not in said
    assert "Traceback" in frame.ERROR_LOG.read_text()
    assert frame.ERROR_LOG.stat().st_mode & 0o777 == 0o600


def test_the_trace_is_shown_where_it_is_asked_for(
    verb: type[_Doing], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOKOUT_DEBUG", "1")
    verb.fault = ValueError("the tide is out")
    assert main(["probe"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_trace_that_cannot_be_kept_does_not_hide_the_fault(
    verb: type[_Doing], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "ERROR_LOG", Path("/dev/null/x/last-error.log"))
    verb.fault = ValueError("the tide is out")
    assert main(["probe"]) == 2
    said = capsys.readouterr().err
    assert "the tide is out" in said
    assert "Its trace could not be kept" in said


def test_a_reader_that_stops_reading_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "lookout.main", "--help"]
    done = subprocess.run(command, cwd=CHECKOUT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_the_caller_has_closed_is_no_fault(stream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, stream, None)
    assert main(["check", "--query", "FROM SkillExecution SELECT count(*) LIMIT 5"]) == 1


def test_a_closed_standard_input_holds_no_query(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["check", "-"]) == 2
    assert capsys.readouterr().err.startswith("lookout: standard input holds no query\n")


def test_output_onto_a_full_disk_is_told_and_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", _Full())
    monkeypatch.setattr(frame, "_silence_stdout", lambda: None)
    assert main(["check", "--query", "FROM SkillExecution SELECT count(*) LIMIT 5"]) == 2
    assert capsys.readouterr().err == (
        "lookout: standard output cannot be written: No space left on device\nMake room, or send it elsewhere.\n"
    )


def test_a_complaint_that_cannot_be_written_leaves_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", _Full())
    assert main(["check", "--no-such-option"]) == 2


def test_letters_that_the_encoding_lacks_become_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="latin-1"))
    assert main(["check", "--query", "FROM SkillExecution SELECT count(*) AS '→' LIMIT 5"]) == 1
    assert b"SELECT count(*) AS '?' LIMIT 5" in written.getvalue()


def test_a_complaint_cannot_steer_the_terminal(verb: type[_Doing], capsys: pytest.CaptureFixture[str]) -> None:
    verb.fault = CouldNotRun("no \x1b[31mred\r here", "Next.")
    assert main(["probe"]) == 2
    assert capsys.readouterr().err == "lookout: no .[31mred. here\nNext.\n"


class _Full(io.StringIO):
    """A stream on a disk that has no room left."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_the_installed_command_answers_with_its_version() -> None:
    program = Path(sys.prefix) / "bin" / "lookout"
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == "lookout 0.1.0\n"


def _quickest(command: list[str]) -> float:
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, env={**os.environ, "CI": "1"})
        times.append(time.perf_counter() - started)
    return min(times)
