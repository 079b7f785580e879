"""Huge and deep texts are read or refused in bounded time, and no tree is too deep for whoever reads it."""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable

import pytest

from monitors.nrql import NrqlSyntaxError, Statement, parse, to_text, walk
from monitors.nrql.limits import LEVELS_MOST, NESTED_MOST
from monitors.nrql.tree import Logical, Query

MANY = 10_000
_WHERE = "SELECT count(*) FROM Request WHERE "
_NESTED = f"parentheses, calls, operators and subqueries are nested more than {NESTED_MOST} levels deep"
_NOT_SHOWN = "this is a character that does not show (U+0000); NRQL takes spaces, tabs and line breaks"
_CHAIN = f"more than {LEVELS_MOST} operators follow each other; group them with parentheses"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT " + "(" * MANY + "a" + ")" * MANY + " FROM Request", _NESTED),
        ("SELECT " + "(" * MANY, _NESTED),
        ("SELECT " + "abs(" * MANY + "a" + ")" * MANY + " FROM Request", _NESTED),
        ("SELECT a FROM " + "(SELECT a FROM " * MANY + "Request" + ")" * MANY, _NESTED),
        ("FROM Request " + "JOIN (FROM Request " * MANY, _NESTED),
        (_WHERE + "NOT " * MANY + "a", _NESTED),
        ("SELECT " + "- " * MANY + "a FROM Request", _NESTED),
        ("SELECT " + "a[" * MANY, _NESTED),
        ("SELECT a" + "[0]" * MANY + " FROM Request", f"more than {LEVELS_MOST} indexes follow each other"),
        ("SELECT " + " + ".join(["a"] * 100_000) + " FROM Request", _CHAIN),
        ("SELECT " + " + ".join(["a * b"] * 100_000) + " FROM Request", _CHAIN),
        ("a" * 1_000_000, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa... does not fit here"),
        ("SELECT " + "a" * 1_000_000 + "(b) FROM Request", "there is no function " + "a" * 40 + "..."),
        ("SELECT " + "1" * 1_000_000, "the number has more than 64 digits"),
        ("SELECT 1e999 FROM Request", "the number is too large"),
        (
            "SELECT sum(Custom/" + "a" * 1_000_000 + ") FROM Metric",
            "a metric's name with slashes stands in backquotes; without them they divide attributes",
        ),
        ("SELECT '" + "a" * 1_000_000, "this text is not closed: a single quote is missing"),
        ("SELECT '" + "\\" * 1_000_001, "this text is not closed: a single quote is missing"),
        ("SELECT /*" + "*" * 1_000_000, "this comment is not closed; */ ends it"),
        ("SELECT " + "{" * 1_000_000, "a template variable is one name in double braces"),
        (_WHERE + "a" + " = a" * 100_000, "comparisons cannot follow each other; join two of them with AND or OR"),
        ("SELECT a FROM Request " + "WHERE a = 1 " * 50_000, "WHERE is written twice; join the conditions with AND"),
        ("SELECT " + "(a), " * 50_000 + "(b FROM X", "the parenthesis opened at line 1, column 250008 is not closed"),
        (" " * 1_000_000, "the text is empty, and no query"),
        ("\n" * 1_000_000 + "SELECT", "the query ends too early"),
        (bytes(range(256)).decode("latin-1") * 4000, _NOT_SHOWN),
    ],
    ids=lambda value: value[:24].strip().replace("\x00", ""),
)
def test_a_hard_text_is_refused_in_a_short_time_with_a_short_message(text: str, reason: str) -> None:
    started = time.perf_counter()
    with pytest.raises(NrqlSyntaxError) as caught:
        parse(text)
    assert caught.value.reason == reason
    assert len(str(caught.value)) < 700
    assert time.perf_counter() - started < 10


def test_a_hundred_thousand_conditions_are_one_flat_tree() -> None:
    tree = parse(_WHERE + " OR ".join(["a = 1"] * 100_000))
    assert isinstance(tree, Query)
    assert isinstance(tree.where, Logical)
    assert len(tree.where.parts) == 100_000
    assert to_text(tree).count(" OR ") == 99_999


def test_a_text_of_a_million_characters_is_read() -> None:
    tree = parse(f"SELECT count(*) FROM Request WHERE name = '{'a' * 1_000_000}'")
    assert len(to_text(tree)) > 1_000_000


def test_a_name_of_many_parts_that_needs_backquotes_is_printed_at_once() -> None:
    name = "a" + ".b" * 100_000 + "!"
    assert to_text(parse(f"SELECT `{name}` FROM Request")) == f"FROM Request SELECT `{name}`"


def seconds(text: str) -> float:
    """Return the least time of three to read a text."""
    return min(_timed(text) for _ in range(3))


def _timed(text: str) -> float:
    started = time.process_time()
    parse(text)
    return time.process_time() - started


@pytest.mark.parametrize(
    "build",
    [
        lambda count: _WHERE + " OR ".join(["a = 1"] * count),
        lambda count: "SELECT " + ", ".join(["sum(a) + 1"] * count) + " FROM Request",
        lambda count: _WHERE + "a IN (" + ", ".join(["'x'"] * count) + ")",
    ],
    ids=["conditions", "selections", "options"],
)
def test_time_grows_with_the_text_and_not_faster(build: Callable[[int], str]) -> None:
    few, many = build(2_000), build(16_000)
    # Eight times the text; a square would take sixty-four times as long.
    assert seconds(many) < seconds(few) * 25 + 0.1


def test_memory_stays_in_proportion_to_the_text() -> None:
    text = _WHERE + " OR ".join(["a = 1"] * 5_000)
    tracemalloc.start()
    try:
        parse(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 300 * len(text)


def deepest() -> list[Statement]:
    """Return the deepest trees that are read, built from each kind of nesting."""
    nested, chained = NESTED_MOST - 2, LEVELS_MOST - 3
    return [
        parse("SELECT " + "abs(" * nested + "a" + ")" * nested + " FROM Request"),
        parse(_WHERE + "NOT " * nested + "a"),
        parse("SELECT " + "a[" * nested + "0" + "]" * nested + " FROM Request"),
        parse("SELECT a" + "[0]" * chained + " FROM Request"),
        parse("SELECT " + " + ".join(["a"] * chained) + " FROM Request"),
        parse(_WHERE + "(a OR (b AND " * (nested // 4) + "c" + "))" * (nested // 4)),
        parse("SELECT a FROM " + "(SELECT a FROM " * 30 + "Request" + ")" * 30),
        parse(_WHERE + "a IN (SELECT a FROM Request WHERE " * 20 + "b" + ")" * 20),
    ]


def test_the_deepest_trees_are_printed_walked_compared_hashed_and_shown_with_little_of_the_stack_left() -> None:
    for tree in deepest():
        again = parse(to_text(tree))
        _with_frames_left(600, lambda tree=tree, again=again: _use(tree, again))  # type: ignore[misc]  # bound now


def _use(tree: Statement, again: Statement) -> None:
    assert tree == again
    assert hash(tree) == hash(again)
    assert repr(tree) == repr(again)
    assert to_text(tree) == to_text(again)
    assert parse(to_text(tree)) == tree
    assert sum(1 for _ in walk(tree)) == sum(1 for _ in walk(again))


def _with_frames_left(frames: int, work: Callable[[], None]) -> None:
    depth, frame = 0, sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back  # type: ignore[assignment]  # None after the outermost
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + frames)
    try:
        work()
    finally:
        sys.setrecursionlimit(before)


def test_a_tree_one_level_deeper_is_refused() -> None:
    with pytest.raises(NrqlSyntaxError) as caught:
        parse("SELECT " + " + ".join(["a"] * LEVELS_MOST) + " FROM Request")
    assert caught.value.reason == (
        f"the query is nested more than {LEVELS_MOST} levels deep; split it, or group chains with parentheses"
    )
