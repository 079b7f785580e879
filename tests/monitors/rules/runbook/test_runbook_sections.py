"""Reading runbooks: files, anchors and parts; the repository's own hold every alert's section."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitors.catalog import stack
from monitors.rules.runbook.sections import PARTS, anchor, read

RUNBOOKS = Path(__file__).parents[4] / "runbooks"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("High skill error rate", "high-skill-error-rate"),
        ("Method 1: skills off", "method-1-skills-off"),
        ("What's next?", "whats-next"),
    ],
)
def test_an_anchor_is_githubs(heading: str, expected: str) -> None:
    assert anchor(heading) == expected


def test_the_runbooks_of_this_repository_hold_a_whole_section_for_every_alert() -> None:
    found = read(RUNBOOKS)
    for condition in stack("prod").observability.conditions:
        assert found[condition.runbook.file][condition.runbook.anchor] == PARTS


def test_a_folder_that_is_not_there_has_no_runbooks(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == {}
