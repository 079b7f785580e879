"""query/length: a query is longer than New Relic takes."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages

from monitors.rules.query import syntax
from monitors.rules.query.length import CHECK, MOST_BYTES
from monitors.rules.review import LONGEST_QUERY

START = "FROM SkillExecution SELECT count(*) WHERE skillId != '"


def query(size: int, letter: str = "x") -> str:
    return f"{START}{letter * (size - len(START) - 1)}'"


def test_a_query_of_4_kilobytes_is_told_with_its_size() -> None:
    (found,) = findings(CHECK, build.condition(query=query(4096)))
    assert found.message == "The query is 4,096 bytes long, and New Relic takes less than 4 KB."
    assert found.advice == (
        "Replace long lists by LIKE, by an attribute that groups what is meant, or by several queries."
    )


def test_bytes_are_counted_not_characters() -> None:
    assert len(messages(CHECK, build.condition(query=query(3000, "é")))) == 1


def test_a_query_just_shorter_is_let_be() -> None:
    assert messages(CHECK, build.condition(query=query(MOST_BYTES))) == []


def test_a_query_beyond_all_measure_is_not_read() -> None:
    (message,) = messages(syntax.CHECK, build.condition(query=query(LONGEST_QUERY + 1)))
    assert message == (
        "The query cannot be read at column 50001: it is 50,001 characters long, and up to 50,000 are read."
    )


def test_the_longest_query_that_is_read_is_read() -> None:
    assert messages(syntax.CHECK, build.condition(query=query(LONGEST_QUERY))) == []
