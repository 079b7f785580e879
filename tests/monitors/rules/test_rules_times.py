"""Times within queries."""

from __future__ import annotations

import pytest

from monitors.nrql import parse
from monitors.nrql.tree import Query
from monitors.rules.times import in_words, window_seconds


@pytest.mark.parametrize(
    ("clauses", "seconds"),
    [
        ("", 3_600),
        ("SINCE 1 day ago", 86_400),
        ("SINCE 12 hours ago UNTIL 6 hours ago", 21_600),
        ("SINCE 2 weeks ago UNTIL now", 1_209_600),
        ("SINCE 1 quarter ago", 7_862_400),
        ("SINCE yesterday", None),
        ("SINCE 1 hour ago UNTIL 2 hours ago", None),
    ],
)
def test_how_long_a_query_looks_back(clauses: str, seconds: float | None) -> None:
    tree = parse(f"FROM SkillExecution SELECT count(*) {clauses}")
    assert isinstance(tree, Query)
    assert window_seconds(tree) == seconds


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(60, "1 minute"), (3_600, "1 hour"), (5_400, "90 minutes"), (604_800, "1 week"), (90.5, "90.5 seconds")],
)
def test_a_time_is_told_in_its_largest_whole_unit(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
