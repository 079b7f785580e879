"""query/template-variable: a condition's query has a template variable, which only dashboards fill."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.template_variable import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) WHERE model IN ({{model}})"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) WHERE model IN ({{model}})", ["{{model}}"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE model IN ('opus')",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "{{model}} is a dashboard's variable, and nothing fills it in a condition."
    assert found.advice == "Write the value itself, or FACET by the attribute to watch every value apart."


def test_a_dashboard_that_has_the_variable_may_use_it() -> None:
    page = build.page(widgets=(build.chart(queries=(FAULTY,)),))
    assert findings(CHECK, build.dashboard(variables=(build.variable(),), pages=(page,))) == []
