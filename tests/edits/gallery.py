"""The gallery in docs/pull-requests: ten edits, each with its story, its text, and the comment that it gets."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from edited import EDITS, ROOT, Edit, edited_stacks

from monitors import catalog
from monitors.review.changes import Diff
from monitors.review.compare import compare
from monitors.review.formats.markdown import comment
from monitors.review.formats.words import verdict
from monitors.spec.places import Place

FOLDER: Final = ROOT / "docs" / "pull-requests"
SHOWN: Final = EDITS[:10]
AT: Final = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)  # a Wednesday, at noon where people are on call
_REGENERATE: Final = "LOOKOUT_WRITE=1 .venv/bin/python -m pytest -q tests/edits"


def diff_of(edit: Edit) -> Diff:
    """Return what an edit changes, with places as they are in a checkout."""
    before = {str(name): catalog.stack(name) for name in catalog.STACKS}
    found = compare(before, edited_stacks(edit), names=("main", edit.name), at=AT)
    changes = tuple(replace(one, place=_in_checkout(one.place)) for one in found.changes)
    return replace(found, changes=changes)


def page(edit: Edit, diff: Diff) -> str:
    """Return an edit's page."""
    shown = "\n".join(_edited(edit))
    return (
        f"# {edit.title}\n\n{edit.story.strip()}\n\n## The edit\n\n```diff\n{shown}\n```\n\n"
        f"## The comment\n\n{comment(diff)}"
    )


def contents(diffs: dict[str, Diff]) -> str:
    """Return the first page: what each pull request does, and what is said of it first."""
    lines = [
        "# Ten pull requests",
        "",
        "What `lookout diff` says of ten edits of this catalogue, as a reviewer reads it on the pull request.",
        "All of it comes from the specs, without an account. This week is that of 25 November 2026.",
        "",
    ]
    for edit in SHOWN:
        lines.append(
            f"- [{edit.title}]({edit.name}.md): {verdict(diffs[edit.name])[0][:1].lower()}"
            f"{verdict(diffs[edit.name])[0][1:]}"
        )
    lines += ["", f"These pages are written by `{_REGENERATE}`, and a test compares them.", ""]
    return "\n".join(lines)


def _edited(edit: Edit) -> Iterator[str]:
    """Yield the edit as git shows it, without the hunks' line numbers, which other changes would move."""
    for file in dict.fromkeys(one.file for one in edit.replacements):
        before = (ROOT / file).read_text(encoding="utf-8")
        after = before
        for one in edit.replacements:
            if one.file == file:
                after = after.replace(one.old, one.new)
        found = difflib.unified_diff(before.splitlines(), after.splitlines(), f"a/{file}", f"b/{file}", lineterm="")
        for line in found:
            yield "@@" if line.startswith("@@") else line.rstrip()


def _in_checkout(place: Place | None) -> Place | None:
    if place is None:
        return None
    _, folder, rest = place.file.rpartition("/monitors/catalog/")
    return Place(f"{folder.lstrip('/')}{rest}" if folder else place.file, place.line)
