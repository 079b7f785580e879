"""A diff as JSON: every fact in it, in a form that stays."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from review_diffs import diff, diffs
from shown_diff import SHOWN

from monitors.review.changes import Danger, Diff
from monitors.review.formats.document import VERSION, document

# What programs rely on: a field is added here, never renamed or taken away.
FIELDS = {
    "": {
        "version",
        "before",
        "after",
        "source",
        "stacks",
        "summary",
        "worst",
        "totals",
        "changes",
        "resources",
        "notes",
    },
    "totals": {"changes", "resources"},
    "totals.changes": {"high", "medium", "low", "harmless"},
    "totals.resources": {"create", "update", "replace", "delete"},
    "changes": {
        "subject",
        "former",
        "title",
        "area",
        "operation",
        "danger",
        "stacks",
        "headline",
        "facts",
        "fields",
        "place",
    },
    "changes.facts": {"topic", "text", "before", "after", "field"},
    "changes.place": {"file", "line"},
    "resources": {"type", "name", "effect", "because", "loses", "stacks"},
}


def fields_in(value: Any, path: str = "") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            found[path] = found.get(path, set()) | set(part)
            for name, below in part.items():
                for place, names in fields_in(below, f"{path}.{name}".removeprefix(".")).items():
                    found[place] = found.get(place, set()) | names
    return found


def test_the_form_is_the_one_that_programs_rely_on() -> None:
    assert VERSION == 1
    assert fields_in(document(SHOWN)) == FIELDS


def test_every_change_is_told_whole() -> None:
    found = document(SHOWN)
    assert (found["before"], found["after"], found["worst"]) == ("main", "topic", "high")
    assert found["totals"]["changes"] == {"high": 1, "medium": 1, "low": 0, "harmless": 1}
    first = found["changes"][0]
    assert first["place"] == {"file": "/nowhere/monitors/catalog/skill_alerts.py", "line": 80}
    assert first["facts"] == [
        {
            "topic": "threshold",
            "text": "A rate of 5 to 7 % is no longer told.",
            "before": "5 %",
            "after": "7 %",
            "field": "critical.value",
        }
    ]
    assert [one["loses"] for one in found["resources"]] == [None, "Its history is lost.", None]
    assert found["notes"] == ['The stack "dev" is in main alone and is not compared.']


def test_equal_sides_have_no_worst_change() -> None:
    found = document(diff())
    assert (found["worst"], found["changes"], found["resources"]) == (None, [], [])


@settings(max_examples=40, deadline=None)
@given(diffs)
def test_any_diff_is_json_and_loses_no_change_and_no_fact(one: Diff) -> None:
    found = json.loads(json.dumps(document(one)))
    assert len(found["changes"]) == len(one.changes)
    told = sorted(fact["text"] for change in found["changes"] for fact in change["facts"])
    assert told == sorted(fact.text for change in one.changes for fact in change.facts)
    ranks = [Danger[change["danger"].upper()] for change in found["changes"]]
    assert ranks == sorted(ranks, reverse=True)
