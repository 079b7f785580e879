"""docs/nrql.md shows what the parser really says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitors.nrql import NrqlSyntaxError, parse, to_text

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "nrql.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)\n```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_page_shows_the_message_of_a_wrong_query() -> None:
    message = block("text")
    with pytest.raises(NrqlSyntaxError) as caught:
        parse(message.splitlines()[1])
    assert str(caught.value) == message


def test_the_page_shows_the_print_of_a_query() -> None:
    code = block("python")
    query = re.search(r'parse\("(.*)"\)', code)
    printed = re.search(r"to_text\(tree\)  # (.*)", code)
    assert query is not None
    assert printed is not None
    assert to_text(parse(query[1])) == printed[1]
