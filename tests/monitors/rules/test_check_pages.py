"""Every check has a module, a page, a test; every page's example prints what the page says.

LOOKOUT_WRITE=1 .venv/bin/python -m pytest tests/monitors/rules/test_check_pages.py

writes what is printed into the pages, and the index anew.
"""

from __future__ import annotations

import importlib
import os

import pytest
from check_pages import CHECKOUT, FOLDER, INDEX, block, every_code, page_of, printed, with_output

from monitors.rules.check import Check
from monitors.rules.notices import NOTICES
from monitors.rules.registry import CHECKS, CODES

WRITES = os.environ.get("LOOKOUT_WRITE") == "1"
HEADINGS = ("## Why", "## Example", "## Silence it")


@pytest.mark.parametrize("code", every_code())
def test_a_page_shows_what_its_example_prints(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = page_of(code)
    text = path.read_text(encoding="utf-8")
    output = printed(code, monkeypatch)
    assert f" {code}\n" in output, f"the example of {path} shows no {code}"
    if WRITES:
        path.write_text(with_output(text, output), encoding="utf-8")
    else:
        assert block(text, "text")[2] == f"{output}\n"


@pytest.mark.parametrize("code", every_code())
def test_a_page_has_its_code_a_sentence_and_the_fixed_headings(code: str) -> None:
    lines = page_of(code).read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"# {code}"
    assert lines[2].endswith(".")
    assert tuple(line for line in lines if line.startswith("## ")) == HEADINGS
    silencing = "\n".join(lines[lines.index("## Silence it") :])
    assert f'Silence(\n    check="{code}",' in silencing or code in {notice.code for notice in NOTICES}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_has_its_module_and_its_test_by_its_code(check: Check) -> None:
    group, _, name = check.code.replace("-", "_").partition("/")
    assert importlib.import_module(f"monitors.rules.{group}.{name}").CHECK is check
    assert (CHECKOUT / f"tests/monitors/rules/{group}/test_{group}_{name}.py").is_file()


def test_every_module_of_a_check_is_registered() -> None:
    folder = CHECKOUT / "monitors" / "rules"
    modules = {
        f"{path.parent.name}/{path.stem}".replace("_", "-")
        for path in folder.glob("*/*.py")
        if "\nCHECK = Check(" in path.read_text(encoding="utf-8")
    }
    assert modules == {check.code for check in CHECKS}


def test_no_code_is_given_twice_and_groups_stand_together() -> None:
    codes = every_code()
    assert len(codes) == len(set(codes))
    groups = [code.partition("/")[0] for code in codes]
    assert len([one for one, before in zip(groups, ["", *groups], strict=False) if one != before]) == len(set(groups))


def test_no_page_is_left_of_a_check_that_is_gone() -> None:
    assert {f"{path.parent.name}/{path.stem}" for path in FOLDER.glob("*/*.md")} == set(every_code())


def test_the_index_lists_every_code() -> None:
    if WRITES:
        INDEX.write_text(_index(), encoding="utf-8")
    assert INDEX.read_text(encoding="utf-8") == _index()


def _index() -> str:
    rows = [
        f"| [{one.code}]({one.code}.md) | {one.level.value} | {one.summary} |"
        for one in sorted(CODES, key=lambda one: one.code)
    ]
    head = (
        "# Checks\n\n"
        "What `lookout check` proves of the specs. Errors and warnings fail the run, notes do not.\n"
        "[How each form of output is to be read](output.md) stands on a page of its own.\n\n"
        "| Code | Level | What it says |\n|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"
