"""For every edit in tests/edits: the resources told from specs are those that infra registers otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest
from edited import EDITS, Edit, edited_stacks
from registered_programs import disagreements, entry, registered

from infra.recording import Registration
from monitors import catalog
from monitors.review.changes import Diff
from monitors.review.compare import compare
from monitors.review.resources import resource_changes
from monitors.spec import Stack

every_edit = pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
STACKS: dict[str, Stack] = {name: catalog.stack(name) for name in catalog.STACKS}


@cache
def base(stack: str) -> dict[str, Registration]:
    return registered(STACKS[stack])


@cache
def edited(edit: Edit) -> dict[str, Stack]:
    return dict(edited_stacks(edit))


@cache
def diff_of(edit: Edit) -> Diff:
    return compare(STACKS, edited(edit), names=("base", "head"), at=datetime(2026, 11, 25, 12, tzinfo=UTC))


@every_edit
def test_what_is_told_of_an_edit_is_what_is_registered_otherwise(edit: Edit) -> None:
    after = edited(edit)["prod"]
    told = resource_changes(STACKS["prod"], after)
    assert told
    assert disagreements(base("prod"), registered(after), told) == []


@every_edit
def test_every_resource_that_an_edit_touches_belongs_to_a_spec_that_is_told_of(edit: Edit) -> None:
    diff = diff_of(edit)
    subjects = {one for change in diff.changes for one in (change.subject, change.former) if one}
    keys = {subject.partition("/")[2] for subject in subjects}
    texts = " ".join(text for change in diff.changes for text in (change.headline, *(one.text for one in change.facts)))
    assert diff.resources
    for resource in diff.resources:
        is_of_a_spec = any(resource.name == key or resource.name.startswith(f"{key}-") for key in keys)
        # What only restarts for another's sake is named where that is told.
        assert is_of_a_spec or f"legal-platform-{resource.name}" in texts, resource


@every_edit
def test_a_resource_that_several_stacks_have_is_told_once_with_all_of_them(edit: Edit) -> None:
    for resource in diff_of(edit).resources:
        assert resource.environments in {("staging",), ("prod",), ("staging", "prod")}
        assert [entry(one) for one in diff_of(edit).resources].count(entry(resource)) == 1


def test_the_edits_create_update_replace_and_delete() -> None:
    effects = {one.effect for edit in EDITS for one in diff_of(edit).resources}
    assert {str(one) for one in effects} == {"create", "update", "replace", "delete"}


def test_there_are_twenty_edits_and_more_each_with_a_reason() -> None:
    assert len(EDITS) >= 20
    assert all(edit.title and edit.story and edit.replacements for edit in EDITS)
