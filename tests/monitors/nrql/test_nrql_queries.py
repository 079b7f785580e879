"""Every clause, operator and function of NRQL is read, and printed so that the same tree is read again."""

from __future__ import annotations

import pytest
from nrql_cases import queries

from monitors import catalog
from monitors.nrql import parse, parse_condition, parse_deletion, to_text
from monitors.nrql.functions import FUNCTIONS
from monitors.nrql.tree import Attribute, Call, Comparison, Deletion, EventType, Number
from monitors.nrql.walk import walk
from monitors.spec import Spec

CASES = [pytest.param(query, printed, id=f"{clause}: {query[:60]}") for clause, query, printed in queries()]


@pytest.mark.parametrize(("query", "printed"), CASES)
def test_a_query_is_printed_in_one_form(query: str, printed: str) -> None:
    assert to_text(parse(query)) == printed


@pytest.mark.parametrize(("query", "printed"), CASES)
def test_the_print_of_a_query_is_the_same_tree(query: str, printed: str) -> None:
    assert parse(printed) == parse(query)


def test_every_function_of_the_table_is_called_in_a_golden_case() -> None:
    called = {node.function for _, query, _ in queries() for node in walk(parse(query)) if isinstance(node, Call)}
    assert {function.name for function in FUNCTIONS.values()} - called == set()


def strings_in(value: object, *fields: str) -> list[str]:
    """Return the texts of the given fields of a spec and of everything in it."""
    if isinstance(value, tuple | list):
        return [text for part in value for text in strings_in(part, *fields)]
    if not isinstance(value, Spec):
        return []
    found = []
    for name in type(value).model_fields:
        part = getattr(value, name)
        if name in fields and part:
            found += [part] if isinstance(part, str) else list(part)
        else:
            found += strings_in(part, *fields)
    return found


@pytest.mark.parametrize("stack", catalog.STACKS)
def test_every_query_of_the_catalogue_is_read_and_printed(stack: str) -> None:
    texts = strings_in(catalog.stack(stack), "query", "queries")
    assert len(texts) > 100
    for text in texts:
        assert parse(to_text(parse(text))) == parse(text)


@pytest.mark.parametrize("stack", catalog.STACKS)
def test_every_condition_and_rule_of_the_catalogue_is_read(stack: str) -> None:
    conditions = strings_in(catalog.stack(stack), "where")
    rules = strings_in(catalog.stack(stack), "statement")
    assert conditions
    assert rules
    for text in conditions:
        assert parse_condition(to_text(parse_condition(text))) == parse_condition(text)
    for text in rules:
        assert parse_deletion(to_text(parse_deletion(text))) == parse_deletion(text)


def test_a_condition_alone_is_read() -> None:
    assert parse_condition(" size > 5 ") == Comparison(">", Attribute("size"), Number(5))


def test_a_rule_that_drops_data_is_read() -> None:
    assert parse_deletion("DELETE FROM Log") == Deletion(EventType("Log"))
    assert parse_deletion("delete host, `a b` from Log where size > 5") == Deletion(
        EventType("Log"), (Attribute("host"), Attribute("a b")), Comparison(">", Attribute("size"), Number(5))
    )
