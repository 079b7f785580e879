"""runbook/incomplete-section: a section has its four parts, in their order."""

from __future__ import annotations

import spec_builders as build
from runbook_cases import WHOLE, findings_with

from monitors.rules.runbook.incomplete_section import CHECK

FILE = "incident-response.md"


def test_a_part_that_is_missing_is_named() -> None:
    text = WHOLE.replace("**First look**", "**A look**")
    (found,) = findings_with(CHECK, {FILE: f"## High errors\n\n{text}"}, build.condition())
    assert found.message == f"The section high-errors of {FILE} lacks First look."
    assert found.advice == "Add a line **First look**."


def test_parts_in_another_order_are_found() -> None:
    text = "**What to do**\n\n" + WHOLE.replace("**What to do**\n", "")
    (found,) = findings_with(CHECK, {FILE: f"## High errors\n\n{text}"}, build.condition())
    assert found.message == f"The section high-errors of {FILE} has its parts in another order or twice."


def test_a_whole_section_and_one_that_is_not_there_are_fine() -> None:
    assert findings_with(CHECK, {FILE: f"## High errors\n\n{WHOLE}"}, build.condition()) == []
    assert findings_with(CHECK, {FILE: ""}, build.condition()) == []
    assert findings_with(CHECK, None, build.condition()) == []
