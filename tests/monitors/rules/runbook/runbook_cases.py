"""A review of conditions with runbooks that are given as texts."""

from __future__ import annotations

from check_cases import stack_of

from monitors import spec
from monitors.rules.check import Check, Finding
from monitors.rules.review import Review
from monitors.rules.runbook.sections import sections

WHOLE = "\n".join(f"**{part}**\n\nText.\n" for part in ("What it means", "First look", "What to do", "When it is over"))


def findings_with(check: Check, runbooks: dict[str, str] | None, *conditions: spec.NrqlCondition) -> list[Finding]:
    """Return what a check finds, given the texts of runbooks by file name."""
    read = None if runbooks is None else {name: dict(sections(text)) for name, text in runbooks.items()}
    return list(check.run(Review(stack_of(*conditions), runbook_anchors=read)))
