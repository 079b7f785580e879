"""How the pages write names, durations, queries and elements."""

from __future__ import annotations

from html import unescape

import pytest

from monitors.words import counted
from sandbox.pages.html import Html, element
from sandbox.pages.views.nrql import query_block
from sandbox.pages.words import duration, readable


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("aggregationWindow", "Aggregation window"),
        ("NrqlAlertCondition", "NRQL alert condition"),
        ("OneDashboard", "Dashboard"),
        ("diskSizeGB", "Disk size GB"),
        ("env-group", "Env group"),
        ("event_flow", "Event flow"),
        ("", ""),
    ],
)
def test_a_programs_name_is_written_as_words(name: str, words: str) -> None:
    assert readable(name) == words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (90, "1 min 30 s"),
        ("300", "5 min"),
        (5400, "1 h 30 min"),
        (86400, "1 day"),
        (1209600, "2 weeks"),
        ("soon", "soon"),
    ],
)
def test_seconds_are_said_as_people_say_them(seconds: object, said: str) -> None:
    assert duration(seconds) == said


def test_what_is_counted_is_in_the_right_number() -> None:
    assert [counted(number, "entry", "entries") for number in (0, 1, 1234)] == ["0 entries", "1 entry", "1,234 entries"]


def test_an_element_escapes_texts_and_attributes_and_nothing_twice() -> None:
    built = element("p", "<b>", element("i", "&"), None, ["x", 1], title='"', hidden=True, id=None, class_="c")
    assert built == '<p title="&quot;" hidden class="c">&lt;b&gt;<i>&amp;</i>x1</p>'
    assert isinstance(built, Html)


def test_an_empty_element_is_not_closed() -> None:
    assert element("input", type="text", aria_label="a") == '<input type="text" aria-label="a">'


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("SELECT count(*) FROM A WHERE b = 1", ["SELECT count(*)", "FROM A", "WHERE b = 1"]),
        ("FROM A SELECT filter(sum(x), WHERE y) FACET z", ["FROM A SELECT filter(sum(x), WHERE y)", "FACET z"]),
        ("SELECT x FROM A WHERE b = 'it\\'s FROM'", ["SELECT x", "FROM A", "WHERE b = 'it\\'s FROM'"]),
        ("SELECT `Custom/WHERE x` FROM A", ["SELECT `Custom/WHERE x`", "FROM A"]),
        ("SELECT x FROM A COMPARE WITH 1 week ago", ["SELECT x", "FROM A", "COMPARE WITH 1 week ago"]),
    ],
)
def test_a_query_has_each_clause_on_its_own_line_and_quotes_are_left_alone(query: str, lines: list[str]) -> None:
    text = unescape(_without_tags(query_block(query)))
    assert [line.strip() for line in text.splitlines()] == lines


def test_a_query_is_escaped() -> None:
    assert "<script" not in query_block("SELECT '<script>' FROM <script>")


def _without_tags(html: str) -> str:
    text, inside = "", False
    for letter in html:
        inside = letter == "<" or (inside and letter != ">")
        text += "" if inside or letter == ">" else letter
    return text
