"""Catalogues of any module: what can stand in one, and how its faults are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from checked_catalogues import ALTERED, ONE_PROBLEM, WRONG_QUERY, write

from lookout.main import main

FINE = "from monitors.catalog import stack\n"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (FINE, "staging and prod"),
        (f"{FINE}stack = stack('prod')\n", "prod"),
        (f"{FINE}stack = [stack('prod'), stack('staging')]\n", "prod and staging"),
        (f"{FINE}ours = stack\ndef stack():\n    return ours('staging')\n", "staging"),
    ],
    ids=["a function of the name", "a stack", "several", "a function"],
)
def test_a_catalogue_is_a_stack_several_or_a_function(
    text: str, counted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = write(tmp_path, text, monkeypatch)
    assert main(["check", "--only", "query/syntax", "--catalog", f"{name}:stack"]) == 0
    assert capsys.readouterr().out == f"32 conditions and 7 dashboards of {counted}, 1 check: 0 problems\n"


@pytest.mark.parametrize(
    ("text", "target", "message"),
    [
        ("stack = (\n", "stack", "SyntaxError: '(' was never closed\nat {file}:1\nMend the Python of that line"),
        ("import nowhere.at_all\n", "stack", "ModuleNotFoundError: No module named 'nowhere'\nat {file}:1\n"),
        ("def stack():\n    return 1 / 0\n", "stack", "ZeroDivisionError: division by zero\nat {file}:2\n"),
        ("raise SystemExit('gone')\n", "stack", "SystemExit: gone\nat {file}:1\n"),
        ("import json\nstack = json.loads('{{')\n", "stack", "JSONDecodeError: "),
        ("def stack():\n    return stack()\n", "stack", "RecursionError: "),
    ],
    ids=["syntax", "import", "exception", "exit", "in a library", "recursion"],
)
def test_a_catalogue_that_breaks_down_is_told_by_file_and_line(
    text: str,
    target: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = write(tmp_path, text.format(), monkeypatch)
    assert main(["check", "--catalog", f"{name}:{target}"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"lookout: the catalogue {name}:{target} cannot be read: ")
    assert message.format(file=tmp_path / f"{name}.py") in err
    assert f"at {tmp_path / name}.py:" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("text", "target", "message"),
    [
        (None, "catalogue", "--catalog is 'catalogue', which is not of the form module:attribute\n"),
        (None, "not_there:stack", "there is no module 'not_there' to read not_there:stack from\n"),
        (FINE, "{name}:stak", "the module {name} has no 'stak'\nDid you mean {name}:stack?\n"),
        ("stack = 5\n", "{name}:stack", "{name}:stack is or returns a int, not a Stack\n"),
        ("stack = [5]\n", "{name}:stack", "{name}:stack is or returns a list with a int in it, not a Stack\n"),
        ("stack = ()\n", "{name}:stack", "{name}:stack holds no stack\n"),
        (f"{FINE}SILENCES = ('x',)\n", "{name}:stack", "SILENCES of {name} holds a str, not a Silence\n"),
    ],
)
def test_what_is_no_catalogue_is_refused_by_name(
    text: str | None,
    target: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = "" if text is None else write(tmp_path, text, monkeypatch)
    assert main(["check", "--catalog", target.format(name=name)]) == 2
    assert capsys.readouterr().err.startswith(f"lookout: {message.format(name=name)}")


def test_a_spec_that_is_refused_is_a_problem_with_its_place_and_every_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "from monitors.spec import Operator, Threshold\n\n"
        "def stack(name):\n"
        "    return Threshold(\n"
        "        operator=Operator.ABOVE, value='much', duration_seconds=45\n"
        "    )\n"
    )
    name = write(tmp_path, text, monkeypatch)
    assert main(["check", "--catalog", f"{name}:stack"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{name}.py:4: error spec/refused\n  threshold\n")
    assert "  field value is 'much': " in out
    assert "  field duration_seconds is 45: " in out
    assert out.count("spec/refused\n") == 1, "the same refusal of both stacks is told once"


def test_silences_beside_a_catalogue_are_applied_and_unused_ones_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    silences = """
from monitors.spec import Silence

SILENCES = (
    Silence(check="query/time-range", subject="condition/daily-cost", reason="An account took it."),
    Silence(check="query/time-range", subject="condition/daily-costs", reason="A slip of the pen."),
    Silence(check="query/time-range", subject="condition/cost-per-request", reason="It has none any more."),
    Silence(check="query/time-rang", subject="condition/daily-cost", reason="A slip of the pen."),
)
"""
    name = write(tmp_path, ONE_PROBLEM + silences, monkeypatch)
    assert main(["check", "--json", "--only", "query/time-range", "--catalog", f"{name}:stack"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["summary"] == {"error": 0, "warning": 3, "note": 0, "silenced": 2}
    assert [(one["message"], one["advice"]) for one in found["problems"]] == [
        (
            'There is no "condition/daily-costs": the silence silences nothing.',
            "Did you mean condition/daily-cost? Else delete it.",
        ),
        (
            'query/time-range has nothing to say of "condition/cost-per-request": the silence silences nothing.',
            "Delete it.",
        ),
        ('There is no check "query/time-rang".', "Did you mean query/time-range?"),
    ]


def test_silences_are_not_judged_where_a_part_alone_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"""{FINE}
from monitors.spec import Silence

SILENCES = (Silence(check="query/limit", subject="condition/daily-cost", reason="It has none any more."),)
"""
    name = write(tmp_path, text, monkeypatch)
    assert main(["check", "--stack", "prod", "--only", "query/limit", "--catalog", f"{name}:stack"]) == 0
    assert main(["check", "--only", "query/syntax", "--catalog", f"{name}:stack"]) == 0
    assert main(["check", "--only", "query/limit", "--catalog", f"{name}:stack"]) == 1
    capsys.readouterr()


def test_a_problem_of_one_stack_names_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"""{ALTERED}

def stack(name):
    return altered(name, {{"daily-cost": "{WRONG_QUERY}".format(name=name)}} if name == "prod" else {{}})
"""
    name = write(tmp_path, text, monkeypatch)
    assert main(["check", "--only", "query/time-range", "--catalog", f"{name}:stack"]) == 1
    assert 'NRQL condition "Daily cost" (prod), query' in capsys.readouterr().out


def test_what_a_catalogue_prints_is_no_part_of_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = write(tmp_path, f"{FINE}print('hello')\n", monkeypatch)
    assert main(["check", "--json", "--only", "query/syntax", "--catalog", f"{name}:stack"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["problems"] == []
    assert err == "hello\n"
