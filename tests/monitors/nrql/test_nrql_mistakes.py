"""What is no NRQL is refused with its place, what was expected, and what was likely meant."""

from __future__ import annotations

import pickle

import pytest
from nrql_cases import mistakes

from monitors.nrql import NrqlSyntaxError, parse, parse_condition, parse_deletion


def refused(text: str) -> NrqlSyntaxError:
    with pytest.raises(NrqlSyntaxError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(("text", "message"), [pytest.param(*case, id=case[0]) for case in mistakes()])
def test_a_mistake_is_explained(text: str, message: str) -> None:
    assert str(refused(text)) == message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the text is empty, and no query"),
        (" \n\t", "the text is empty, and no query"),
        ("-- SELECT count(*) FROM Request", "the text holds only a comment, and no query"),
        ("/* a */ // b", "the text holds only a comment, and no query"),
        (
            "\u00a0SELECT count(*) FROM Request",
            "this is a no-break space (U+00A0); NRQL takes spaces, tabs and line breaks",
        ),
        (
            "SELECT\0count(*) FROM Request",
            "this is a character that does not show (U+0000); NRQL takes spaces, tabs and line breaks",
        ),
        ("\ud800", "this is a character that does not show (U+D800); NRQL takes spaces, tabs and line breaks"),
        ("SELECT a \N{EN DASH} b FROM Request", "this is a typographic dash, and no minus sign"),
        ("SELECT a \N{MULTIPLICATION SIGN} b FROM Request", "NRQL multiplies with *"),
        ("SELECT ¤ FROM Request", "NRQL has no character ¤"),
    ],
)
def test_what_is_no_text_at_all_is_explained(text: str, reason: str) -> None:
    assert refused(text).reason == reason


def test_a_fault_knows_its_place_in_a_text_of_several_lines() -> None:
    fault = refused("SELECT count(*)\nFROM Request\n  WHERE host == 'a'\nFACET zone")
    assert (fault.line, fault.column, fault.offset, fault.length) == (3, 14, 42, 2)
    assert str(fault).splitlines()[1:3] == ["  WHERE host == 'a'", "             ^^"]


def test_a_fault_says_what_was_expected_and_what_was_meant() -> None:
    fault = refused("SELECT averge(size) FROM Request")
    assert (fault.reason, fault.expected, fault.suggestion) == ("there is no function averge", (), "average")
    fault = refused("SELECT count(*) FROM Request LIMIT x")
    assert fault.expected == ("a whole number", "MAX")


def test_a_fault_is_a_value_error() -> None:
    assert isinstance(refused("nonsense"), ValueError)


def test_a_fault_comes_back_whole_from_another_process() -> None:
    fault = refused("SELECT averge(size) FROM Request")
    again = pickle.loads(pickle.dumps(fault))
    assert str(again) == str(fault)
    assert (again.line, again.column, again.suggestion) == (fault.line, fault.column, fault.suggestion)


def test_a_fault_at_the_end_stands_after_the_last_word_and_not_after_the_space() -> None:
    assert refused("SELECT count(*) FROM   \n\n").column == 21


def test_a_message_shows_a_part_of_a_long_line_only() -> None:
    fault = refused(
        f"SELECT count(*) FROM Request WHERE host IN ({', '.join(['1'] * 500)}) AND = 5 AND {'x' * 500} = 1"
    )
    assert str(fault).splitlines()[1].startswith("...")
    assert max(map(len, str(fault).splitlines())) < 130


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = 1 FACET b", "FACET does not fit here"),
        ("WHERE a = 1", "a value is missing before WHERE"),
        ("", "the text is empty, and no query"),
    ],
)
def test_a_condition_alone_takes_nothing_else(text: str, reason: str) -> None:
    with pytest.raises(NrqlSyntaxError) as caught:
        parse_condition(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT a FROM Log", "DELETE is missing before SELECT"),
        ("DELETE a Log", "FROM is missing, which says what event type to read"),
        ("DELETE a, FROM Log", "nothing follows this comma"),
        ("DELETE FROM Log, Span", "nothing stands before this comma"),
        ("DELETE FROM Log LIMIT 5", "WHERE is missing before LIMIT"),
    ],
)
def test_a_rule_that_drops_data_takes_nothing_else(text: str, reason: str) -> None:
    with pytest.raises(NrqlSyntaxError) as caught:
        parse_deletion(text)
    assert caught.value.reason == reason
