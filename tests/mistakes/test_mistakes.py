"""Every mistake of an author is caught, and docs/mistakes.md shows what is printed of it.

LOOKOUT_WRITE=1 .venv/bin/python -m pytest -q tests/mistakes

writes the page anew. A mistake is an entry of a file in cases/: its title, what a real preview does with it, what comes
of it `then`, the code that catches it here, and the snippet, which ends in the spec or the specs.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from mistake_cases import CASES, VENDORS, Mistake, Preview, mistakes
from mistake_page import PAGE, page
from mistake_printing import AROUND, FILE, problems, text
from valid_specs import SECRETS

from monitors import spec
from monitors.rules.notices import SPEC_REFUSED
from monitors.rules.problem import Problem
from monitors.rules.registry import CHECKS
from monitors.rules.runbook.sections import anchor

WRITES: Final = os.environ.get("LOOKOUT_WRITE") == "1"
ENOUGH: Final = 130
EVERY: Final = mistakes()
EVERY_MISTAKE: Final = pytest.mark.parametrize("mistake", [pytest.param(one, id=one.id) for one in EVERY])
# How a next step begins, or what it offers, in the words of refusals.
NEXT_STEP: Final = re.compile(
    r"\b(add|begin|change|close|declare|did you mean|give|known are|leave|lower|make|move|name|put|raise|set|start|"
    r"swap|take|use|write|input should be|is needed|would (be|fit)|declared are|has to be)\b",
    re.IGNORECASE,
)
FIELDS: Final = {
    name
    for one in vars(spec).values()
    if isinstance(one, type) and issubclass(one, spec.Spec)
    for name in one.model_fields
}


@pytest.fixture(scope="module")
def found() -> Mapping[Mistake, tuple[Problem, ...]]:
    """What is found because of each mistake; made once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        return {mistake: problems(mistake, patch) for mistake in EVERY}


@EVERY_MISTAKE
def test_a_mistake_is_caught_by_what_its_case_names(
    mistake: Mistake, found: Mapping[Mistake, tuple[Problem, ...]]
) -> None:
    codes = {problem.code for problem in found[mistake]}
    assert mistake.caught_by in codes, text(found[mistake]) or "nothing is printed"


@EVERY_MISTAKE
def test_what_is_printed_names_the_spec_the_field_and_a_next_step(
    mistake: Mistake, found: Mapping[Mistake, tuple[Problem, ...]]
) -> None:
    for problem in found[mistake]:
        assert problem.subject
        if problem.code == SPEC_REFUSED.code:
            _assert_refusal_helps(problem.message)
        else:
            assert problem.field or problem.key.startswith("metric/"), problem
            assert problem.advice.endswith((".", "?")), problem


def _assert_refusal_helps(message: str) -> None:
    """Assert that a refusal names a field, or what is at fault by its key or name, and says what to do."""
    names_a_field = FIELDS.intersection(re.findall(r"\w+", message))
    assert names_a_field or re.search(r'"[^"]+"', message), message
    assert NEXT_STEP.search(message), message


def test_the_page_shows_what_is_printed(found: Mapping[Mistake, tuple[Problem, ...]]) -> None:
    written = page({mistake: text(shown) for mistake, shown in found.items()})
    if WRITES:
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written, "docs/mistakes.md is stale: see the top of this file"


def test_the_page_names_no_machine(found: Mapping[Mistake, tuple[Problem, ...]]) -> None:
    files = {problem.place.path for shown in found.values() for problem in shown if problem.place is not None}
    assert files <= {FILE, AROUND}


def test_there_are_mistakes_enough_of_every_vendor_and_every_kind() -> None:
    assert len(EVERY) >= ENOUGH
    assert {mistake.vendor for mistake in EVERY} == set(VENDORS)
    assert {mistake.preview for mistake in EVERY} == set(Preview)
    assert {mistake.at_construction for mistake in EVERY} == {True, False}


def test_every_link_of_the_page_leads_to_a_heading_or_a_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = [anchor(heading) for heading in re.findall(r"^##+ (.+)$", text, re.MULTILINE)]
    assert len(set(headings)) == len(headings)
    links = re.findall(r"\]\(([^()]+)\)", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
    assert {link[1:] for link in links if link.startswith("#")} <= set(headings)
    assert [link for link in links if not link.startswith("#") and not (PAGE.parent / link).is_file()] == []


def test_no_two_mistakes_share_a_title_or_a_snippet() -> None:
    for what in ("title", "snippet"):
        repeated = [value for value, count in Counter(getattr(one, what) for one in EVERY).items() if count > 1]
        assert not repeated, f"{what} given twice: {repeated}"


@EVERY_MISTAKE
def test_a_case_is_short_and_says_what_comes_of_it_in_sentences(mistake: Mistake) -> None:
    assert mistake.then.endswith(".")
    assert len(mistake.title) <= 70
    assert mistake.snippet.count("\n") < 12
    assert max(map(len, mistake.snippet.splitlines())) <= 120


def test_no_secret_of_a_snippet_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, value in SECRETS.items():
        assert name in text, f"no snippet speaks of {name}"
        assert not [part for part in value.splitlines() if part in text], f"the page shows {name}"


def test_every_check_that_is_named_is_registered() -> None:
    known = {SPEC_REFUSED.code, *(check.code for check in CHECKS)}
    assert {mistake.caught_by for mistake in EVERY} <= known


def test_every_case_file_is_read() -> None:
    assert {path.suffix for path in CASES.rglob("*") if path.is_file()} == {".yaml"}
    assert len(list(CASES.glob("*/*.yaml"))) == len(list(CASES.rglob("*.yaml")))
    assert {path.parent for path in CASES.rglob("*.yaml")} == {path for path in CASES.iterdir() if Path(path).is_dir()}
