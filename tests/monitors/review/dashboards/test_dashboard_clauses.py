"""Each clause of a query that differs is told; a query that cannot be read is told whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitors.nrql import parse
from monitors.review.dashboards.clauses import clause_changes
from monitors.review.dashboards.pairs import paired

WHOLE = (
    "WITH 2 AS two FROM A SELECT count(*) WHERE a = 1 FACET b LIMIT 5 SINCE 2 hours ago UNTIL 1 hour ago "
    "COMPARE WITH 1 day ago WITH TIMEZONE 'UTC' TIMESERIES 5 minutes"
)
EDITS = {
    "SELECT": ("count(*)", "sum(c)"),
    "FROM": ("FROM A", "FROM A, B"),
    "WHERE": ("a = 1", "a = 2"),
    "FACET": ("FACET b", "FACET c"),
    "TIMESERIES": ("5 minutes", "6 minutes"),
    "SINCE": ("2 hours", "3 hours"),
    "UNTIL": ("UNTIL 1 hour", "UNTIL 2 minutes"),
    "COMPARE WITH": ("1 day", "1 week"),
    "LIMIT": ("LIMIT 5", "LIMIT MAX"),
    "WITH TIMEZONE": ("'UTC'", "'Europe/Berlin'"),
    "WITH": ("WITH 2", "WITH 3"),
}


@pytest.mark.parametrize("clause", EDITS)
def test_a_clause_that_differs_is_told_alone(clause: str) -> None:
    old, new = EDITS[clause]
    assert old in WHOLE
    (found,) = clause_changes(WHOLE, WHOLE.replace(old, new, 1))
    assert found.clause == clause
    assert found.before != found.after


@settings(deadline=None)  # other work on the machine is no fault of the code
@given(st.sets(st.sampled_from(sorted(EDITS)), max_size=6))
def test_every_clause_that_differs_is_told_and_no_other(clauses: set[str]) -> None:
    after = WHOLE
    for clause in clauses:
        after = after.replace(*EDITS[clause], 1)
    assert {one.clause for one in clause_changes(WHOLE, after)} == clauses


@pytest.mark.parametrize(
    ("old", "new", "clause", "before", "after"),
    [
        ("FROM A SELECT count(*)", "FROM A SELECT count(*) ORDER BY a", "ORDER BY", "nothing", "a"),
        ("FROM A SELECT a", "FROM A SELECT a OFFSET 5", "OFFSET", "nothing", "5"),
        ("FROM A SELECT count(*)", "FROM A SELECT count(*) EXTRAPOLATE", "EXTRAPOLATE", "nothing", "written"),
        ("FROM A SELECT count(*) TIMESERIES SLIDE BY 1 minute", "FROM A SELECT count(*) TIMESERIES", "TIMESERIES",
         "AUTO SLIDE BY 1 minute", "AUTO"),
    ],
)  # fmt: skip
def test_clauses_that_come_and_go_are_told(old: str, new: str, clause: str, before: str, after: str) -> None:
    (found,) = clause_changes(old, new)
    assert (found.clause, found.before, found.after) == (clause, before, after)


def test_a_step_of_auto_that_is_written_out_is_never_silent() -> None:
    old, new = "FROM A SELECT count(*) TIMESERIES", "FROM A SELECT count(*) TIMESERIES AUTO"
    assert parse(old) != parse(new)
    (found,) = clause_changes(old, new)
    assert found.clause == "query"


def test_a_query_that_cannot_be_read_is_told_whole() -> None:
    (found,) = clause_changes("FROM A SELECT", "FROM A SELECT count(*)")
    assert (found.clause, found.before, found.after) == ("query", '"FROM A SELECT"', '"FROM A SELECT count(*)"')


NAMES = st.lists(st.sampled_from("abcde"), max_size=8)


@settings(deadline=None)
@given(NAMES, NAMES)
def test_pairing_loses_nothing_and_pairs_all_it_can(before: list[str], after: list[str]) -> None:
    old, new = ([[name] for name in side] for side in (before, after))  # lists: each is itself alone
    found = paired(old, new, (lambda one: one[0],))
    assert len(found.both) + len(found.removed) == len(old)
    assert len(found.both) + len(found.added) == len(new)
    assert all(one[0] == other[0] for one, other in found.both)
    assert len(found.both) == sum(min(before.count(name), after.count(name)) for name in set(before))
