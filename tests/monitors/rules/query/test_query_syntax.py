"""query/syntax: every query of every use is read, and the first fault is pointed at."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages, pointed

from monitors import spec
from monitors.rules.query.syntax import CHECK
from monitors.rules.review import LONGEST_QUERY

BROKEN = "FROM SkillExecution SELECT count(* WHERE env = 'prod'"


@pytest.mark.parametrize(
    "holder",
    [
        build.condition(query=BROKEN),
        build.chart(queries=(BROKEN,)),
        build.dashboard(variables=(build.variable(options=(), query=BROKEN),)),
        build.workflow(enrichments=(build.enrichment(query=BROKEN),)),
        build.service_level(valid=build.events(where="env = 'prod' AND")),
    ],
    ids=["condition", "widget", "variable", "enrichment", "service level"],
)
def test_a_query_of_any_use_that_cannot_be_read_is_found(holder: spec.Spec) -> None:
    if isinstance(holder, spec.ServiceLevel):
        seen = build.observability(service_levels=(holder,), monitors=(build.ping(),))
        holder = build.stack(observability=seen)
    assert len(findings(CHECK, holder)) == 1


def test_the_fault_is_pointed_at_with_what_was_expected() -> None:
    (found,) = findings(CHECK, build.condition(query=BROKEN))
    assert found.message.startswith("The query cannot be read at column 34: ")
    assert found.advice.startswith("Expected here: ")
    assert pointed(CHECK, build.condition(query=BROKEN)) == ["*"]


def test_a_line_is_named_where_the_query_has_several() -> None:
    (message,) = messages(CHECK, build.condition(query="FROM SkillExecution\nSELECT count(*) WERE env = 'prod'"))
    assert message.startswith("The query cannot be read at line 2, column 17: ")


def test_a_misspelt_word_is_answered_with_the_likely_one() -> None:
    (found,) = findings(CHECK, build.condition(query="FROM SkillExecution SELECT avrage(cost)"))
    assert found.advice == "Did you mean average?"


def test_a_fault_that_says_itself_what_to_write_is_to_be_mended_first() -> None:
    (found,) = findings(CHECK, build.condition(query="FROM SkillExecution SELECT percentage(count(*))"))
    assert found.advice == "Mend this place first: what follows it has not been read."


def test_a_whole_query_is_fine() -> None:
    assert messages(CHECK, build.condition(query="FROM SkillExecution SELECT count(*) WHERE env = 'prod'")) == []


def long_query(size: int) -> str:
    start = "FROM SkillExecution SELECT count(*) WHERE skillId != '"
    return f"{start}{'x' * (size - len(start) - 1)}'"


def test_a_query_beyond_all_measure_is_not_read() -> None:
    (message,) = messages(CHECK, build.condition(query=long_query(LONGEST_QUERY + 1)))
    assert message == (
        "The query cannot be read at column 50001: it is 50,001 characters long, and up to 50,000 are read."
    )


def test_the_longest_query_that_is_read_is_read() -> None:
    assert messages(CHECK, build.condition(query=long_query(LONGEST_QUERY))) == []
