"""query/text-length: a query is longer than New Relic takes."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings

from monitors.rules.query.text_length import CHECK

REST = "FROM SkillExecution SELECT count(*) WHERE skillId = ''"


def query_of(size_bytes: int, letter: str = "x") -> str:
    missing = (size_bytes - len(REST)) // len(letter.encode())
    return REST.replace("''", f"'{letter * missing}'")


def test_a_query_of_4096_bytes_is_refused_with_its_size_and_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=query_of(4096)))
    assert [one.message for one in found] == ["The query has 4,096 bytes, and New Relic takes less than 4,096."]
    assert found[0].advice == (
        "Shorten it: a LIKE or RLIKE for a long list, an attribute that groups what is listed, or two queries."
    )


def test_bytes_are_counted_not_characters() -> None:
    assert findings(CHECK, build.condition(query=query_of(4200, "é"))) != []


@pytest.mark.parametrize("size_bytes", [100, 4095])
def test_a_shorter_one_is_let_be(size_bytes: int) -> None:
    assert findings(CHECK, build.condition(query=query_of(size_bytes))) == []


def test_a_dashboard_may_not_have_it_either() -> None:
    assert findings(CHECK, build.chart(queries=(query_of(5000),))) != []
