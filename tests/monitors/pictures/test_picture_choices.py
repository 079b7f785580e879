"""Template variables: a dashboard as it opens, with every default put into its queries."""

from __future__ import annotations

from typing import Any

import pytest
from picture_cases import chart, dashboard, drawing, page_of

from monitors.nrql import parse, to_text
from monitors.pictures.choices import resolved, told
from monitors.spec import Variable


def _variable(*default: str, **fields: Any) -> Variable:
    plain = {"name": "who", "title": "Who", "query": "FROM Request SELECT uniques(name)", "default": default}
    return Variable(**{**plain, **fields})


def _text(query: str, variable: Variable) -> str:
    return to_text(resolved(query, {variable.name: variable}))


@pytest.mark.parametrize(
    ("replacement", "default", "written"),
    [
        ("string", ("al'pha",), "'al\\'pha'"),
        ("default", ("alpha",), "'alpha'"),
        ("default", ("12.5",), "12.5"),
        ("number", ("12",), "12"),
        ("identifier", ("a name",), "`a name`"),
    ],
)
def test_a_default_is_written_as_its_replacement_says(replacement: str, default: tuple[str, ...], written: str) -> None:
    variable = _variable(*default, replacement=replacement)
    assert _text("FROM A SELECT count(*) WHERE x = {{who}}", variable).endswith(f"WHERE x = {written}")


def test_several_defaults_become_a_list() -> None:
    variable = _variable("alpha", "beta", multiple=True)
    assert _text("FROM A SELECT count(*) WHERE x IN ({{who}})", variable).endswith("IN ('alpha', 'beta')")


@pytest.mark.parametrize("condition", ["x IN ({{who}})", "x = {{who}}", "{{ who }} = x", "x LIKE {{who}}"])
def test_everything_is_a_condition_that_every_row_meets(condition: str) -> None:
    printed = _text(
        f"FROM A SELECT count(*), filter(sum(y), WHERE {condition}) WHERE z = 1 AND {condition}", _variable("*")
    )
    assert printed == "FROM A SELECT count(*), filter(sum(y), WHERE 1 = 1) WHERE z = 1 AND 1 = 1"


def test_a_condition_on_everything_within_a_subquery_leaves_the_condition_around_it() -> None:
    query = "FROM A SELECT count(*) WHERE x IN (FROM B SELECT uniques(y) WHERE z IN ({{who}}))"
    assert _text(query, _variable("*")) == query.replace("z IN ({{who}})", "1 = 1")


def test_a_query_without_variables_is_read_as_it_is() -> None:
    query = "FROM A SELECT count(*) WHERE x = '*'"
    assert resolved(query, {"who": _variable("*")}) == parse(query)


def test_everything_draws_what_the_query_without_the_condition_draws() -> None:
    query = "FROM Request SELECT count(*) FACET name"
    chosen = drawing(chart("bar", f"{query} WHERE name IN ({{{{who}}}})"), _variable("*", multiple=True))
    assert chosen == drawing(chart("bar", query))
    one = drawing(chart("bar", f"{query} WHERE name IN ({{{{who}}}})"), _variable("beta", multiple=True))
    assert [row[0] for row in one.table.rows] == ["beta"]


def test_everything_where_no_condition_stands_is_refused_and_said() -> None:
    found = drawing(
        chart("bar", "FROM Request SELECT count(*) FACET {{who}}"), _variable("*", replacement="identifier")
    )
    assert found.state == "refused"
    assert "{{who}} has no value" in found.says


def test_choices_are_told_by_their_titles() -> None:
    shown = dashboard(
        chart("bar", "FROM Request SELECT count(*) FACET name"),
        variables=(_variable("*"), _variable("a", name="b", title="B", options=("a", "c"), query=None)),
    )
    assert told(shown) == (("Who", "All"), ("B", "a"))
    assert page_of(*shown.pages[0].widgets).title == "Dashboard one"
