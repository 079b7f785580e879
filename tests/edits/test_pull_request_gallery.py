"""The gallery shows what the program says today."""

from __future__ import annotations

import os
import re

import pytest
from edited import Edit
from gallery import FOLDER, SHOWN, contents, diff_of, page

from monitors.review.changes import Diff
from monitors.review.formats.markdown import MARKER, MOST_BYTES, comment

WRITES = os.environ.get("LOOKOUT_WRITE") == "1"


@pytest.fixture(scope="module")
def diffs() -> dict[str, Diff]:
    return {edit.name: diff_of(edit) for edit in SHOWN}


@pytest.mark.parametrize("edit", SHOWN, ids=lambda edit: edit.name)
def test_a_page_of_the_gallery_is_up_to_date(edit: Edit, diffs: dict[str, Diff]) -> None:
    path, wanted = FOLDER / f"{edit.name}.md", page(edit, diffs[edit.name])
    if WRITES:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == wanted, "LOOKOUT_WRITE=1 brings the gallery up to date"


def test_the_first_page_of_the_gallery_is_up_to_date(diffs: dict[str, Diff]) -> None:
    path, wanted = FOLDER / "README.md", contents(diffs)
    if WRITES:
        path.write_text(wanted, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == wanted, "LOOKOUT_WRITE=1 brings the gallery up to date"
    assert {one.stem for one in FOLDER.glob("*.md")} == {"README", *(edit.name for edit in SHOWN)}


@pytest.mark.parametrize("edit", SHOWN, ids=lambda edit: edit.name)
def test_every_edit_has_a_comment_that_says_something_and_holds_no_path_of_this_machine(
    edit: Edit, diffs: dict[str, Diff]
) -> None:
    diff = diffs[edit.name]
    text = comment(diff)
    assert diff.changes
    assert text.startswith(MARKER)
    assert len(text.encode()) < MOST_BYTES
    assert not re.search(r"/(tmp|work|home|root)/", text)


@pytest.mark.parametrize("edit", SHOWN, ids=lambda edit: edit.name)
def test_no_comment_speaks_as_a_program_does(edit: Edit, diffs: dict[str, Diff]) -> None:
    """No Python value and no path of a field stands where a person reads a sentence."""
    for change in diffs[edit.name].changes:
        for sentence in (change.headline, *(fact.text for fact in change.facts)):
            assert not re.search(r"\b\w+=\S|\('|\bNone\b(?! directly|:)|\[\w[^\]]*\]\.|_seconds|<\w+\.\w+", sentence), (
                sentence
            )
            assert sentence[0] == sentence[0].upper() or not sentence[0].isalpha(), sentence
            assert sentence.endswith((".", "!", "?")), sentence
