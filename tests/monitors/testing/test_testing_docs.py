"""docs/alert-tests.md tells the truth: its examples run, and what it says is printed is printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from monitors.testing import CaseError, CaseFailed, check_case, load_cases
from monitors.testing.expansion import expand
from monitors.testing.mutation.scoring import score_condition
from monitors.testing.notation_parser import parse_values
from monitors.testing.running import condition_of

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "alert-tests.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (example,) = blocks("yaml")
    (tmp_path / "slow-skill.yaml").write_text(example, encoding="utf-8")
    return tmp_path


def test_the_tutorials_case_goes_as_expected(folder: Path) -> None:
    for one in load_cases(folder):
        check_case(one)


def test_the_tutorials_failure_is_what_is_printed(folder: Path) -> None:
    condition = condition_of("slow-skill", "prod")
    assert condition.warning is not None
    raised = condition.model_copy(update={"warning": condition.warning.model_copy(update={"value": 5500.0})})
    (one,) = load_cases(folder, stacks=["prod"])
    with pytest.raises(CaseFailed) as caught:
        check_case(one, raised)
    shown = blocks("text")[0].rstrip("\n").split("\n")
    printed = str(caught.value).split("\n")
    assert shown[0] == f"FAILED slow-skill, prod: {one.case.name} ({one.place})"
    assert [line.removeprefix("  ") if at == 1 else line for at, line in enumerate(shown)][1:] == printed[
        1 : len(shown)
    ]


def test_the_shown_mistake_is_what_is_told(tmp_path: Path) -> None:
    series = "{metric: Custom/Skills/ExecutionTime, values: 4000 for ten}"
    text = f"# one\n- name: one skill is slow\n  series:\n    - {series}\n  expect: nothing\n"
    (tmp_path / "slow-skill.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_cases(tmp_path)
    assert str(caught.value) == blocks("text")[1].rstrip("\n")


def test_the_shown_survivor_survives_the_tutorials_case(folder: Path) -> None:
    (one,) = load_cases(folder, stacks=["prod"])
    found = score_condition(condition_of("slow-skill", "prod"), "prod", [one.case], {})
    told = [
        f"SURVIVED slow-skill, {verdict.title}\n  What would notice it: {verdict.notice}.\n"
        for verdict in found.survivors
    ]
    assert blocks("text")[2] in told


@pytest.mark.parametrize("written", re.findall(r"^\| `([^`]+)` \| ", PAGE.partition("## Values")[2], re.MULTILINE)[:9])
def test_every_line_of_the_notations_table_can_be_read(written: str) -> None:
    assert expand(parse_values(written), 60 if "by" in written else 20)


def test_the_python_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = blocks("python")
    names: dict[str, Any] = {}
    exec(compile(example, "docs/alert-tests.md", "exec"), names)
    for one in load_cases(alerts=["slow-skill"]):
        names["test_a_case_file"](one)
    for skill in ("contract-review", "case-research"):
        names["test_each_skill_is_watched"](skill)
