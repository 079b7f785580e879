"""`lookout check`, from the outside: what it is given, what it prints, and the code it ends with."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from checked_catalogues import ONE_PROBLEM, write

from lookout.main import main
from monitors.rules.registry import CHECKS, CODES

CHECKOUT = Path(__file__).resolve().parents[3]
WRONG = "FROM SkillExecution SELECT count(*) SINCE 1 day ago"
RIGHT = "FROM SkillExecution SELECT count(*)"


def test_the_catalogue_is_fine_which_takes_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("32 conditions and 7 dashboards of staging and prod, ")
    assert f"{len(CHECKS)} checks: 0 problems, " in out
    assert out.count("\n") == 1


def test_one_stack_and_one_check_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--stack", "prod", "--only", "query/syntax", "--only", "query/limit"]) == 0
    assert capsys.readouterr().out == "32 conditions and 7 dashboards of prod, 2 checks: 0 problems\n"


def test_a_query_is_judged_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--only", "query/time-range", "--query", WRONG]) == 1
    assert capsys.readouterr().out == (
        "<query>:1:37: error query/time-range\n"
        "  query of an alert condition\n"
        "    FROM SkillExecution SELECT count(*) SINCE 1 day ago\n"
        "                                        ^^^^^^^^^^^^^^^\n"
        "  A condition's query has no SINCE: New Relic refuses SINCE 1 day ago.\n"
        "  Take it out; signal.window_seconds says how much time each value covers.\n"
        "  docs/checks/query/time-range.md\n"
        "\n"
        "1 query, 1 check: 1 problem (1 error)\n"
    )


def test_a_query_for_a_dashboard_may_have_what_a_condition_may_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--as", "dashboard", "--query", WRONG]) == 0
    assert "0 problems" in capsys.readouterr().out


def test_notes_alone_do_not_fail_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--query", "FROM SkillExecution SELECT median(executionTime)"]) == 0
    assert "1 problem (1 note)" in capsys.readouterr().out


def test_files_hold_several_queries_and_faults_have_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "queries.nrql").write_text(f"\n{RIGHT}\n ; \nFROM SkillExecution\nSELECT count(*)\n  LIMIT 5\n")
    assert main(["check", "queries.nrql"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("queries.nrql:6:3: error query/limit\n")
    assert out.splitlines()[-1].startswith("2 queries, ")


def test_standard_input_is_a_file_named_by_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert main(["check", "-"]) == 1
    assert capsys.readouterr().out.startswith("<stdin>:1:37: error query/time-range\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "{path} holds no query\nWrite a query into it, or several with a line of ; in between.\n"),
        (b"\n;\n;\n", "{path} holds no query\n"),
        (b"\xff\xfeF", "{path} is no text: byte 0 is 0xFF, which is not UTF-8\nGive a text file of queries.\n"),
        (b"FROM A\0", "{path} is no text: it holds a NUL byte\n"),
        (b"x" * 10_000_001, "{path} is longer than 10 MB\n"),
    ],
    ids=["empty", "separators only", "binary", "NUL", "too long"],
)
def test_a_file_that_holds_no_queries_is_refused_by_name(
    tmp_path: Path, data: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "queries.nrql"
    path.write_bytes(data)
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"lookout: {message.format(path=path)}")


def test_a_file_that_is_not_there_and_a_folder_are_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "none.nrql")]) == 2
    assert capsys.readouterr().err == (
        f"lookout: there is no file {tmp_path}/none.nrql\nCheck the name; --query takes a query as it is.\n"
    )
    assert main(["check", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"lookout: {tmp_path} is a folder, not a file\n")


@pytest.mark.parametrize(
    "text",
    ["(" * 10_000, f"FROM A SELECT {'(' * 10_000}1{')' * 10_000}", "x" * 1_000_000, "FROM A SELECT '" + "é" * 400_000],
    ids=["parentheses", "nested", "one word", "open text"],
)
def test_garbage_of_any_size_is_a_fault_with_a_place(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "garbage.nrql").write_text(text, encoding="utf-8")
    assert main(["check", "--only", "query/syntax", str(tmp_path / "garbage.nrql")]) == 1
    out = capsys.readouterr().out
    assert "error query/syntax" in out
    assert len(out) < 1_000


def test_what_a_query_holds_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--query", "FROM SkillExecution SELECT count(*) \x1b[31mx"]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_files_and_stacks_do_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--stack", "prod", "--query", RIGHT]) == 2
    assert capsys.readouterr().err == (
        "lookout: FILES and --query belong to no stack\nLeave --stack and --catalog out.\n"
    )


def test_every_code_is_listed_with_its_level_and_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[one.code, one.level.value] for one in CODES]
    assert lines[0].endswith("A query cannot be read as NRQL.")


def test_a_checks_page_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "query/time-range"]) == 0
    assert capsys.readouterr().out == (CHECKOUT / "docs/checks/query/time-range.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--only", "--explain"])
def test_a_code_that_is_none_is_answered_with_the_likely_one(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", option, "query/sintax"]) == 2
    assert capsys.readouterr().err == "lookout: there is no check 'query/sintax'\nDid you mean query/syntax?\n"


def test_what_both_stacks_have_is_told_once_with_both_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = write(tmp_path, ONE_PROBLEM, monkeypatch)
    assert main(["check", "--only", "query/time-range", "--catalog", f"{name}:stack"]) == 1
    out = capsys.readouterr().out
    assert out.count("query/time-range\n") == 1
    assert '  NRQL condition "Daily cost" (staging, prod), query\n' in out


def test_a_code_run_with_json_prints_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "--only", "query/time-range", "--query", WRONG]) == 1
    assert json.loads(capsys.readouterr().out)["summary"] == {"error": 1, "warning": 0, "note": 0, "silenced": 0}


def test_nothing_heavy_is_imported_to_check_the_catalogue() -> None:
    program = (
        "import sys; from lookout.main import main; main(['check']); "
        "print(sorted({'duckdb', 'numpy', 'rich', 'pulumi', 'starlette', 'requests'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_colours_are_for_terminals_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--query", WRONG])
    assert "\x1b[" not in capsys.readouterr().out
    monkeypatch.setattr("lookout.checking.output.is_watched", lambda _: True)
    main(["check", "--query", WRONG])
    assert "\x1b[31m\x1b[1merror\x1b[0m" in capsys.readouterr().out
