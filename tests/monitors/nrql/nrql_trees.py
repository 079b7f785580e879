"""Makes random syntax trees and random texts, for property tests and for benchmarks/nrql_fuzz.py.

Everything is drawn from a `random.Random`: hypothesis hands in one that it can shrink, the benchmark a seeded one.
Trees are those that a parser can give: labels are never absent where a list needs them, patterns end where they should.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Literal, TypeVar, cast, get_args

from monitors.nrql import tree as t
from monitors.nrql.functions import FUNCTIONS, METHODS, Function
from monitors.nrql.words import DAYS, PERIODS

T = TypeVar("T")

NAMES = (
    *("duration", "appName", "http.statusCode", "aws:region", "count", "a", "percentile.95", "now", "cases", "lookup"),
    *("Custom/Skills/ErrorRate", "Logged-in user", "95th", "limit", "Select", "WHERE", "raw", "by", "a-b", "x;y"),
    *(
        "Größe",
        "名前",
        "a.b.",
        ":a",
        "it's",
        '"quoted"',
        "{{x}}",
        "--",
        "/*",
        "null",
        "\N{LATIN SMALL LETTER LONG S}elect",
    ),
)
TEXTS = (
    *("", "a", "it's", "\\", "\\'", "a\\d", "line\nbreak", "tab\t", "\r", '"', "`", "%x%", "{{x}}", "名", "\ud800"),
)
PATTERNS = ("a", ".*", r"\d", r"\'", r"\\", "[a-z]", "(?P<n>x)", '"', "|", "\n", "名")
MARKS = (
    *"'\"`()[]{},.;:=<>!+-*/%&|~^$@#?\\ \n\t\0",
    *("é", "\u00a0", "\N{LEFT SINGLE QUOTATION MARK}", "\ud800", "r'", "{{", "}}", "/*", "*/", "--", "//"),
)
WORDS = (
    *("SELECT", "FROM", "WHERE", "FACET", "CASES", "AS", "LIMIT", "MAX", "OFFSET", "ORDER", "BY", "ASC", "DESC", "AND"),
    *("OR", "NOT", "IN", "IS", "NULL", "TRUE", "LIKE", "RLIKE", "SINCE", "UNTIL", "ago", "now", "today", "AT", "this"),
    *("TIMESERIES", "AUTO", "SLIDE", "COMPARE", "WITH", "TIMEZONE", "METRIC_FORMAT", "EXTRAPOLATE", "PREDICT", "USING"),
    *(
        "RAW",
        "SHOW",
        "EVENT",
        "TYPES",
        "JOIN",
        "LEFT",
        "INNER",
        "ON",
        "lookup",
        "GROUP",
        "HAVING",
        "DISTINCT",
        "DELETE",
    ),
    *("count", "filter", "percentile", "apdex", "t", "funnel", "x", "Metric", "minutes", "hour", "5", "0.5", "1e3"),
    *("'a'", "r'a.*'", "`a/b`", "{{x}}", "t:", "precision:", "count(*)", "filter(count(*), WHERE a = 1)"),
)
_OPERATORS = ("+", "-", "*", "/", "%")
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "LIKE", "NOT LIKE", "RLIKE", "NOT RLIKE")


def some(random: Random, make: Callable[[], T], least: int, most: int) -> tuple[T, ...]:
    """Return `least` to `most` of what `make` makes."""
    return tuple(make() for _ in range(random.randint(least, most)))


class Trees:
    """Makes trees from one source of chance."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def _one(self, choices: Sequence[T]) -> T:
        return choices[self.random.randrange(len(choices))]

    def _maybe(self, make: Callable[[], T]) -> T | None:
        return make() if self.random.randrange(3) == 0 else None

    def statement(self) -> t.Statement:
        """Return a statement."""
        if self.random.randrange(30) == 0:
            return t.ShowEventTypes(self._maybe(self.moment), self._maybe(self.moment))
        return self.query(min(self.random.randint(0, 3), self.random.randint(0, 3)))

    def query(self, depth: int) -> t.Query:
        """Return a query whose expressions are at most so deep."""
        bindings = some(self.random, lambda: self._binding(depth), 0, 2) if self.random.randrange(4) == 0 else ()
        nowhere = bool(bindings) and self.random.randrange(3) == 0
        return t.Query(
            select=some(self.random, lambda: self._selection(depth), 1, 3),
            source=t.Source(()) if nowhere else self._source(depth),
            bindings=bindings,
            metric_format=self._maybe(lambda: t.MetricFormat(self._one(TEXTS))),
            timezone=self._maybe(lambda: t.Timezone("Europe/Paris")),
            where=self._maybe(lambda: self.expression(depth)),
            facet=self._maybe(lambda: self._facet(depth)),
            order_by=self._maybe(lambda: self._order(depth)),
            limit=self._maybe(self._limit),
            offset=self._maybe(lambda: self.random.randint(0, 9)),
            since=self._maybe(self.moment),
            until=self._maybe(self.moment),
            compare_with=self._maybe(self.moment),
            timeseries=self._maybe(lambda: t.Timeseries(self._maybe(self._step), self._maybe(self._step))),
            extrapolate=self.random.randrange(8) == 0,
            predict=self._maybe(lambda: self._predict(depth)),
            raw=self.random.randrange(8) == 0,
        )

    def deletion(self) -> t.Deletion:
        """Return a rule that drops data."""
        attributes = some(self.random, lambda: t.Attribute(self._one(NAMES)), 0, 2)
        return t.Deletion(t.EventType(self._one(NAMES)), attributes, self._maybe(lambda: self.expression(2)))

    # Clauses.

    def _selection(self, depth: int) -> t.Selection:
        if self.random.randrange(12) == 0:
            return t.Selection(t.Star())
        return t.Selection(self.expression(depth), self._maybe(lambda: self._one(TEXTS)))

    def _labelled(self, depth: int) -> t.Selection:
        return t.Selection(self.expression(depth), self._maybe(lambda: self._one(TEXTS)))

    def _binding(self, depth: int) -> t.Binding:
        return t.Binding(self.expression(depth), some(self.random, lambda: self._one(NAMES), 1, 3))

    def _source(self, depth: int) -> t.Source:
        items = some(self.random, lambda: self._source_item(depth), 1, 2)
        return t.Source(items, self._maybe(lambda: self._join(depth)) if depth else None)

    def _source_item(self, depth: int) -> t.EventType | t.Variable | t.Lookup | t.Subquery:
        chosen = self.random.randrange(8)
        if chosen == 0:
            return t.Variable("type")
        if chosen == 1:
            return t.Lookup(self._one(NAMES))
        if chosen == 2 and depth:
            return t.Subquery(self.query(depth - 1))
        return t.EventType(self._one(NAMES))

    def _join(self, depth: int) -> t.Join:
        kind: Literal["INNER", "LEFT"] = "LEFT" if self.random.randrange(2) else "INNER"
        right = self._maybe(lambda: self.expression(0))
        return t.Join(kind, self.query(depth - 1), self.expression(depth - 1), right)

    def _facet(self, depth: int) -> t.Facet:
        order_by = self._maybe(lambda: self._order(depth))
        if self.random.randrange(3):
            return t.Facet(some(self.random, lambda: self._labelled(depth), 1, 6), order_by=order_by)
        cases = some(self.random, lambda: self._case(depth), 1, 3)
        return t.Facet((), cases, self._maybe(lambda: self._labelled(depth)), order_by)

    def _case(self, depth: int) -> t.Case:
        return t.Case(self.expression(depth), self._maybe(lambda: self._one(TEXTS)))

    def _order(self, depth: int) -> t.Order:
        return t.Order(self.expression(depth), self._one((None, True, False)))

    def _limit(self) -> t.Limit:
        return t.Limit(self._one((None, 0, 5, 5000, t.Variable("n"))))

    def moment(self) -> t.Moment:
        """Return a moment."""
        periods = [f"{which} {unit}" for which in ("this", "last") for unit in sorted(PERIODS)]
        words = self._one((*sorted(DAYS), "now", *periods))
        at = self._maybe(lambda: "09:30") if words in DAYS else None
        date, milliseconds = t.Text("2026-01-31 12:00"), t.Number(1702899296789)
        moments: tuple[t.Moment, ...] = (t.Ago(self.duration()), t.DayWord(words, at), date, milliseconds)
        return self._one((*moments, t.Variable("since")))

    def _step(self) -> t.Step:
        return t.Step(self._one(("AUTO", "MAX", self.duration(), t.Variable("step"))))

    def _predict(self, depth: int) -> t.Predict:
        method = self._maybe(lambda: self._call(METHODS["holtwinters"], depth))
        return t.Predict(self._maybe(self.duration), method, self._maybe(self.duration))

    def duration(self) -> t.Duration:
        """Return a duration."""
        return t.Duration(self._one((1, 2, 5, 30, 0.5, 1.0)), self._one(get_args(t.Unit)))

    # Expressions.

    def expression(self, depth: int) -> t.Expression:
        """Return an expression at most so deep."""
        if depth <= 0:
            return self._leaf()
        make = self._one(
            (
                self._leaf_at,
                self._element,
                self._some_call,
                self._some_call,
                lambda depth: t.Negative(self.expression(depth - 1)),
                lambda depth: t.Not(self.expression(depth - 1)),
                self._arithmetic,
                self._arithmetic,
                self._comparison,
                self._membership,
                self._is,
                self._logical,
                self._subquery,
            )
        )
        return make(depth)

    def _leaf_at(self, _: int) -> t.Expression:
        return self._leaf()

    def _leaf(self) -> t.Expression:
        number = self._one((0, 1, -5, 10**18, 0.5, -0.25, 1e-7, 1e300, self.random.randint(-999, 999)))
        pattern = "".join(some(self.random, lambda: self._one(PATTERNS), 0, 3))
        name = t.Attribute(self._one(NAMES))
        leaves: tuple[t.Expression, ...] = (name, name, t.Text(self._one(TEXTS)), t.Number(number), self.duration())
        return self._one((*leaves, t.Pattern(pattern), t.Boolean(number > 0), t.Null(), t.Variable("skill")))

    def _element(self, depth: int) -> t.Expression:
        return t.Element(self.expression(depth - 1), self.expression(depth - 1))

    def _subquery(self, depth: int) -> t.Expression:
        return t.Subquery(self.query(depth - 2))

    def _arithmetic(self, depth: int) -> t.Expression:
        operator = cast(Literal["+"], self._one(_OPERATORS))
        return t.Arithmetic(operator, self.expression(depth - 1), self.expression(depth - 1))

    def _comparison(self, depth: int) -> t.Expression:
        operator = cast(Literal["="], self._one(_COMPARISONS))
        return t.Comparison(operator, self.expression(depth - 1), self.expression(depth - 1))

    def _membership(self, depth: int) -> t.Expression:
        options: tuple[t.Expression, ...] | t.Query = some(self.random, lambda: self.expression(depth - 1), 1, 3)
        if self.random.randrange(4) == 0:
            options = self.query(depth - 2)
        return t.Membership(self.expression(depth - 1), options, bool(self.random.randrange(2)))

    def _is(self, depth: int) -> t.Expression:
        what = cast(Literal["NULL"], self._one(("NULL", "TRUE", "FALSE")))
        return t.Is(self.expression(depth - 1), what, bool(self.random.randrange(2)))

    def _logical(self, depth: int) -> t.Expression:
        operator: Literal["AND", "OR"] = "AND" if self.random.randrange(2) else "OR"
        return t.Logical(operator, some(self.random, lambda: self.expression(depth - 1), 2, 4))

    def _some_call(self, depth: int) -> t.Expression:
        return self._call(self._one(tuple(FUNCTIONS.values())), depth)

    def _call(self, function: Function, depth: int) -> t.Call:
        placed: list[t.Argument] = []
        most = function.least + 2 if function.most is None else min(function.most, function.least + 2)
        for place in range(self.random.randint(function.least, most)):
            if function.takes_where and place:
                where = t.Where(self.expression(depth - 1))
                labelled = function.name == "funnel" and self.random.randrange(2)
                placed.append(t.Labelled(where, self._one(TEXTS)) if labelled else where)
            else:
                placed.append(t.Star() if self.random.randrange(8) == 0 else self.expression(depth - 1))
        named = [t.Named(name, self._value(depth)) for name in sorted(function.named) if self.random.randrange(3) == 0]
        return t.Call(function.name, (*placed, *named))

    def _value(self, depth: int) -> t.Expression:
        if self.random.randrange(3) == 0:
            return t.Listing(some(self.random, lambda: self.expression(depth - 1), 1, 2))
        return self.expression(depth - 1)


def rubbish(random: Random, valid: Sequence[str]) -> str:
    """Return a text that may or may not be a query: characters, words, or a valid query with a few faults."""
    kind = random.randrange(4)
    if kind == 0:
        return "".join(some(random, lambda: MARKS[random.randrange(len(MARKS))], 0, 40))
    if kind == 1:
        return " ".join(some(random, lambda: (*WORDS, *MARKS)[random.randrange(len(WORDS) + len(MARKS))], 0, 25))
    text = valid[random.randrange(len(valid))]
    for _ in range(random.randint(1, 4)):
        text = _damaged(random, text)
    return text


def _damaged(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    until = min(len(text), at + random.randint(0, 12))
    put = (*WORDS, *MARKS)[random.randrange(len(WORDS) + len(MARKS))] if random.randrange(3) else ""
    if random.randrange(4) == 0:
        return text[:at] + text[at:until] * 2 + text[until:]
    return f"{text[:at]}{put}{text[until if random.randrange(2) else at :]}"
