"""What the parser makes of a text, node by node."""

from __future__ import annotations

import pytest

from monitors.nrql import parse, parse_condition
from monitors.nrql.tree import (
    Ago,
    Arithmetic,
    Attribute,
    Binding,
    Call,
    Case,
    Clause,
    Comparison,
    DayWord,
    Duration,
    Element,
    EventType,
    Expression,
    Facet,
    Is,
    Join,
    Labelled,
    Limit,
    Logical,
    Lookup,
    Membership,
    MetricFormat,
    Named,
    Negative,
    Not,
    Null,
    Number,
    Order,
    Pattern,
    Predict,
    Query,
    Selection,
    Source,
    Star,
    Step,
    Subquery,
    Text,
    Timeseries,
    Timezone,
    Variable,
    Where,
)

A, B, C = Attribute("a"), Attribute("b"), Attribute("c")
COUNT = Call("count", (Star(),))
PLAIN = Query((Selection(COUNT),), Source((EventType("X"),)))


def query(text: str) -> Query:
    tree = parse(text)
    assert isinstance(tree, Query)
    return tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b * c", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("(a + b) * c", Arithmetic("*", Arithmetic("+", A, B), C)),
        ("a - b - c", Arithmetic("-", Arithmetic("-", A, B), C)),
        ("a OR b AND c", Logical("OR", (A, Logical("AND", (B, C))))),
        ("a AND b AND c", Logical("AND", (A, B, C))),
        ("(a AND b) AND c", Logical("AND", (Logical("AND", (A, B)), C))),
        ("NOT a = b", Not(Comparison("=", A, B))),
        ("NOT a AND b", Logical("AND", (Not(A), B))),
        ("a + 1 > b OR c", Logical("OR", (Comparison(">", Arithmetic("+", A, Number(1)), B), C))),
        ("a IS NOT NULL", Is(A, "NULL", negated=True)),
        ("a NOT IN (1, 'x')", Membership(A, (Number(1), Text("x")), negated=True)),
        ("a IN {{b}}", Membership(A, (Variable("b"),))),
        ("a IN (SELECT count(*) FROM X)", Membership(A, PLAIN)),
        ("a NOT LIKE 'x%'", Comparison("NOT LIKE", A, Text("x%"))),
        (r"a RLIKE r'\d\''", Comparison("RLIKE", A, Pattern(r"\d\'"))),
        ("-5 - -a", Arithmetic("-", Number(-5), Negative(A))),
        ("-(5)", Negative(Number(5))),
        ("a[b][0]", Element(Element(A, B), Number(0))),
        ("(SELECT count(*) FROM X)", Subquery(PLAIN)),
        ("NULL", Null()),
        (r"'it\'s\n\d\\'", Text("it's\n\\d\\")),
        ("`a b`", Attribute("a b")),
        ("COUNT(*)", COUNT),
        ("rate(sum(a), 1 MINUTE)", Call("rate", (Call("sum", (A,)), Duration(1, "minute")))),
        ("apdex(a, T: .5)", Call("apdex", (A, Named("t", Number(0.5))))),
        ("filter(count(*), WHERE a)", Call("filter", (COUNT, Where(A)))),
        (
            "funnel(a, WHERE b AS 'x', WHERE c)",
            Call("funnel", (A, Labelled(Where(B), "x"), Where(C))),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_expression_is_read_by_the_rank_of_its_operators(text: str, tree: Expression) -> None:
    assert parse_condition(text) == tree


@pytest.mark.parametrize(
    ("clause", "field", "value"),
    [
        ("WHERE a", "where", A),
        ("FACET a AS 'x', b", "facet", Facet((Selection(A, "x"), Selection(B)))),
        (
            "FACET CASES (WHERE a, WHERE b AS 'x') OR c",
            "facet",
            Facet((), (Case(A), Case(B, "x")), Selection(C)),
        ),
        ("FACET a ORDER BY max(b) DESC", "facet", Facet((Selection(A),), order_by=Order(Call("max", (B,)), True))),
        ("ORDER BY a ASC", "order_by", Order(A, False)),
        ("LIMIT 5", "limit", Limit(5)),
        ("LIMIT MAX", "limit", Limit(None)),
        ("OFFSET 5", "offset", 5),
        ("SINCE 5 hours ago", "since", Ago(Duration(5, "hour"))),
        ("SINCE 1769817600000", "since", Number(1769817600000)),
        ("UNTIL yesterday AT '09:30'", "until", DayWord("yesterday", "09:30")),
        ("UNTIL Last WEEK", "until", DayWord("last week")),
        ("COMPARE WITH 1 week ago", "compare_with", Ago(Duration(1, "week"))),
        ("TIMESERIES", "timeseries", Timeseries()),
        ("TIMESERIES 5 minutes SLIDE BY MAX", "timeseries", Timeseries(Step(Duration(5, "minute")), Step("MAX"))),
        ("EXTRAPOLATE", "extrapolate", True),
        ("RAW", "raw", True),
        ("PREDICT BY 5 minutes", "predict", Predict(Duration(5, "minute"))),
        ("WITH TIMEZONE 'x'", "timezone", Timezone("x")),
        ("WITH METRIC_FORMAT 'x'", "metric_format", MetricFormat("x")),
        ("WITH a + b AS c", "bindings", (Binding(Arithmetic("+", A, B), ("c",)),)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_clause_becomes_a_field_wherever_it_stands(clause: str, field: str, value: object) -> None:
    for text in (f"SELECT count(*) FROM X {clause}", f"{clause} FROM X SELECT count(*)"):
        tree = query(text)
        assert getattr(tree, field) == value
        assert tree.select == PLAIN.select
        assert tree.source == PLAIN.source


def test_from_takes_event_types_variables_tables_and_queries() -> None:
    source = query("FROM X, {{y}}, lookup(z), (SELECT count(*) FROM X) SELECT a").source
    assert source == Source((EventType("X"), Variable("y"), Lookup("z"), Subquery(PLAIN)))


def test_a_join_has_one_key_or_two() -> None:
    one = query("FROM X JOIN (SELECT count(*) FROM X) ON a SELECT b").source.join
    assert one == Join("INNER", PLAIN, A)
    two = query("FROM X LEFT JOIN (SELECT count(*) FROM X) ON a = b SELECT b").source.join
    assert two == Join("LEFT", PLAIN, A, B)


def test_order_by_belongs_to_facet_only_right_after_it() -> None:
    tree = query("SELECT count(*) FROM X FACET a LIMIT 5 ORDER BY b")
    assert tree.facet == Facet((Selection(A),))
    assert tree.order_by == Order(B)


def test_from_may_be_left_out_where_with_gives_the_values() -> None:
    assert query("WITH 1 AS a SELECT a").source == Source(())


def test_a_function_is_named_as_new_relic_spells_it() -> None:
    call = parse_condition("UNIQUECOUNT(a)")
    assert isinstance(call, Call)
    assert call.function == "uniqueCount"
    assert call.name_span == (0, 11)


def test_a_query_knows_where_each_clause_stands() -> None:
    text = (
        "FROM X JOIN (FROM Y SELECT a) ON b SELECT count(*) WHERE a "
        "TIMESERIES 1 hour SLIDE BY 5 minutes WITH TIMEZONE ''"
    )
    tree = query(text)
    parts: dict[Clause, str] = {name: text[start:end] for name, (start, end) in tree.clauses}
    assert parts == {
        "FROM": "FROM X JOIN (FROM Y SELECT a) ON b",
        "JOIN": "JOIN (FROM Y SELECT a) ON b",
        "SELECT": "SELECT count(*)",
        "WHERE": "WHERE a",
        "TIMESERIES": "TIMESERIES 1 hour SLIDE BY 5 minutes",
        "SLIDE BY": "SLIDE BY 5 minutes",
        "WITH": "WITH TIMEZONE ''",
    }
    assert tree.clause("WHERE") == (51, 58)
    assert tree.clause("LIMIT") is None


def test_spans_make_no_difference_between_trees() -> None:
    assert parse("SELECT count(*) FROM X") == parse("  select   COUNT( * )   from X") == PLAIN
    assert len({parse("SELECT count(*) FROM X"), parse("FROM X SELECT count(*)"), PLAIN}) == 1
