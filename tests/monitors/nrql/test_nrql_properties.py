"""What holds for every tree and every text; benchmarks/nrql_fuzz.py tries the same on a million of each."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from nrql_cases import mistakes, queries
from nrql_spans import wrong_spans
from nrql_trees import Trees, rubbish

from monitors.nrql import Deletion, NrqlSyntaxError, Statement, parse, parse_deletion, to_text, walk
from monitors.nrql.tree import EventType

TREES = st.randoms(use_true_random=False).map(lambda random: Trees(random).statement())
DELETIONS = st.randoms(use_true_random=False).map(lambda random: Trees(random).deletion())
VALID = [query for _, query, _ in queries()]
INVALID = [text for text, _ in mistakes()]
LONGEST_MESSAGE = 500  # characters, however long the text is


def damaged(random: Random) -> str:
    return rubbish(random, (*VALID, *INVALID))


def judge(text: str) -> None:
    """Refuse a text that gives neither a tree nor a short message about a place in it."""
    fault = None
    try:
        tree = parse(text)
    except NrqlSyntaxError as caught:
        fault = caught
    if fault is None:
        assert parse(to_text(tree)) == tree
        return
    assert len(str(fault)) <= LONGEST_MESSAGE
    assert 1 <= fault.line <= text.count("\n") + 1
    assert fault.column >= 1
    assert 0 <= fault.offset <= len(text)
    assert fault.length >= 1


@settings(max_examples=250, deadline=None)
@given(TREES)
def test_the_print_of_a_tree_is_read_as_the_same_tree(tree: Statement) -> None:
    read = parse(to_text(tree))
    assert read == tree
    assert hash(read) == hash(tree)
    assert to_text(read) == to_text(tree)


@settings(max_examples=100, deadline=None)
@given(DELETIONS)
def test_the_print_of_a_rule_that_drops_data_is_read_as_the_same_rule(rule: Deletion) -> None:
    assert parse_deletion(to_text(rule)) == rule


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_every_node_knows_the_part_of_the_text_it_was_read_from(tree: Statement) -> None:
    text = to_text(tree)
    assert wrong_spans(text, parse(text)) == []


def test_nodes_of_the_golden_cases_know_the_part_of_the_text_they_were_read_from() -> None:
    for text in VALID:
        assert wrong_spans(text, parse(text)) == [], text


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_a_walk_meets_every_node_once_in_the_order_of_the_text(tree: Statement) -> None:
    read = parse(to_text(tree))
    met = list(walk(read))
    assert met[0] is read
    assert len({id(node) for node in met}) == len(met)
    starts = [node.span[0] for node in met if node.span != (0, 0)]
    assert starts == sorted(starts)
    assert sum(isinstance(node, EventType) for node in met) == repr(read).count("EventType(")


@settings(max_examples=700, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_a_tree_or_a_short_message(text: str) -> None:
    judge(text)


@settings(max_examples=700, deadline=None)
@given(st.randoms(use_true_random=False).map(damaged))
def test_a_damaged_query_gives_a_tree_or_a_short_message(text: str) -> None:
    judge(text)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_text_give_a_message(data: bytes) -> None:
    judge(data.decode("latin-1"))
    judge(data.decode("utf-8", "surrogateescape"))
