"""runbook/missing-section: every alert has a section, whose heading is its key in words."""

from __future__ import annotations

import spec_builders as build
from runbook_cases import findings_with

from monitors.rules.runbook.missing_section import CHECK

FILE = "incident-response.md"


def test_a_section_that_is_missing_is_found_with_its_heading() -> None:
    (found,) = findings_with(CHECK, {FILE: "## Slow answers\n"}, build.condition())
    assert found.message == f"{FILE} has no section high-errors: the page's link opens the file at its top."
    assert found.advice == 'Add a section "## High errors".'


def test_a_section_with_a_slightly_different_heading_is_named() -> None:
    (found,) = findings_with(CHECK, {FILE: "## High error\n"}, build.condition())
    assert found.advice == "It has high-error: give heading and key the same words."


def test_a_section_in_another_file_is_named() -> None:
    (found,) = findings_with(CHECK, {FILE: "", "costs.md": "## High errors\n"}, build.condition())
    assert found.advice == "costs.md has one: name that file, or move the section."


def test_a_section_is_found_by_githubs_anchor_of_its_heading() -> None:
    assert findings_with(CHECK, {FILE: "## High, errors!\n"}, build.condition()) == []


def test_a_heading_within_a_fenced_block_is_none() -> None:
    assert len(findings_with(CHECK, {FILE: "```\n## High errors\n```\n"}, build.condition())) == 1


def test_a_missing_file_is_left_to_its_own_check() -> None:
    assert findings_with(CHECK, {"costs.md": ""}, build.condition()) == []
    assert findings_with(CHECK, None, build.condition()) == []
