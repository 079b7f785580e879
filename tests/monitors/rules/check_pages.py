"""Reads and writes the checks' pages: an example is declared, checked, and its page holds what was printed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
import spec_builders
from check_cases import stack_of

from lookout.checking.catalogue import refusal
from lookout.checking.report import Report
from lookout.checking.text import as_text
from monitors import spec
from monitors.rules.check import Check
from monitors.rules.problem import Problem
from monitors.rules.registry import CHECKS, CODES
from monitors.rules.review import Review
from monitors.rules.runbook.sections import read as read_runbooks
from monitors.rules.runner import judge
from monitors.spec import places

CHECKOUT = Path(__file__).resolve().parents[3]
FOLDER = CHECKOUT / "docs" / "checks"
INDEX = FOLDER / "README.md"
_BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page_of(code: str) -> Path:
    """Return the page of a code."""
    return FOLDER / f"{code}.md"


def every_code() -> list[str]:
    """Return the codes of all checks and notices."""
    return [one.code for one in CODES]


def block(text: str, language: str) -> re.Match[str]:
    """Return the page's block in a language, under the heading Example."""
    start = text.index("\n## Example\n")
    found = next(match for match in _BLOCK.finditer(text, start) if match[1] == language)
    assert "\n## " not in text[start + 1 : found.start()], f"the {language} block stands under another heading"
    return found


def printed(code: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what `lookout check --only CODE` prints of the example on the code's page."""
    monkeypatch.chdir(CHECKOUT)
    with _declared_on_pages(monkeypatch):
        report = _report(code, page_of(code))
    return click.unstyle(as_text(report))


def with_output(text: str, output: str) -> str:
    """Return a page's text with another printed output."""
    found = block(text, "text")
    return f"{text[: found.start(2)]}{output}\n{text[found.end(2) :]}"


def _report(code: str, path: Path) -> Report:
    checks = tuple(check for check in CHECKS if check.code == code)
    try:
        value = _declared(path)
    except spec.SpecError as fault:
        return Report((), checks, (refusal(fault),))
    specs = value if isinstance(value, tuple) else (value,)
    if any(isinstance(one, Check) for one in specs):  # the page of check/failed shows a check that breaks down
        checks, specs = tuple(one for one in specs if isinstance(one, Check)), (spec_builders.stack(),)
    silences = tuple(one for one in specs if isinstance(one, spec.Silence))
    checks = checks or tuple(check for check in CHECKS if check.code in {one.check for one in silences})
    others = tuple(one for one in specs if not isinstance(one, spec.Silence)) or (spec_builders.stack(),)
    stacks = others if isinstance(others[0], spec.Stack) else (stack_of(*others),)
    reviews = tuple(Review(stack, runbook_anchors=read_runbooks(CHECKOUT / "runbooks")) for stack in stacks)
    verdict = judge(reviews, checks=checks, silences=silences, judges_silences=bool(silences))
    return Report(reviews, checks, _of_the_code(code, verdict.problems), verdict.silenced)


def _of_the_code(code: str, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.code == code)


def _declared(path: Path) -> Any:
    """Run the example of a page, with the lines of the page, and return the value of its last expression."""
    text = path.read_text(encoding="utf-8")
    found = block(text, "python")
    tree = ast.parse("\n" * text.count("\n", 0, found.start(2)) + found[2], str(path))
    last = tree.body.pop()
    assert isinstance(last, ast.Expr), f"{path}: the example has to end in the spec"
    names = {**vars(spec_builders), **{name: getattr(spec, name) for name in spec.__all__}}
    exec(compile(tree, str(path), "exec"), names)
    return eval(compile(ast.Expression(last.value), str(path), "eval"), names)


@contextmanager
def _declared_on_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the builders for vocabulary, so that what an example declares is declared at its own line."""
    with monkeypatch.context() as patched:
        builders = (str(spec_builders.__file__), str(Path(__file__)), str(Path(__file__).with_name("check_cases.py")))
        patched.setattr(places, "_NOT_THE_AUTHOR", (*places._NOT_THE_AUTHOR, *builders))
        yield
