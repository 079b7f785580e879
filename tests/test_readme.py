"""What the README shows is what is printed: its example of a check, and its example of an alert's test."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from lookout.main import VERBS, main
from monitors.testing import load_cases

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_check_it_shows_prints_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    shown = re.search(r"\$ (lookout check .*)\n([\s\S]*?)\n```", README)
    assert shown
    assert main(shlex.split(shown[1])[1:]) == 1
    assert capsys.readouterr().out.startswith(f"{shown[2]}\n")


def test_the_question_it_shows_is_answered_as_it_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = re.search(r"\$ (lookout who .*)\n([\s\S]*?)\n```", README)
    assert shown
    assert main(shlex.split(shown[1])[1:]) == 0
    assert capsys.readouterr().out.rstrip() == shown[2]


def test_every_page_it_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_case_it_shows_goes_as_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = re.search(r"```yaml\n# \S*/([a-z-]+\.yaml)\n([\s\S]*?)```", README)
    assert shown
    (tmp_path / shown[1]).write_text(shown[2], encoding="utf-8")
    assert main(["test", "--cases", str(tmp_path), shown[1].removesuffix(".yaml")]) == 0
    assert "all as expected" in capsys.readouterr().out


def test_every_verb_it_names_exists() -> None:
    named = set(re.findall(r"\blookout ([a-z-]+)", README))
    assert named
    assert named <= set(VERBS)


def test_every_alert_it_names_has_tests() -> None:
    assert "elevated-skill-timeout-rate" in {one.alert for one in load_cases()}
