"""Reads statements: clauses in any order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from monitors.nrql.expressions import Expressions
from monitors.nrql.tokens import Tokens
from monitors.nrql.tree import (
    Binding,
    Call,
    Case,
    Clause,
    EventType,
    Facet,
    Join,
    Limit,
    Lookup,
    MetricFormat,
    Order,
    Predict,
    Query,
    Selection,
    ShowEventTypes,
    Source,
    Span,
    Star,
    Statement,
    Subquery,
    Timeseries,
    Timezone,
    Variable,
)
from monitors.nrql.words import CLAUSES


def parse(text: str) -> Statement:
    """Return the tree of an NRQL statement. Raises `NrqlSyntaxError` when the text is none."""
    parser = Parser(Tokens(text))
    statement = parser.statement()
    if parser.kinds[parser.at] != "end":
        parser.unexpected(*CLAUSES)
    return statement


class Parser(Expressions):
    """Reads one statement."""

    __slots__ = ()

    def statement(self) -> Statement:
        """Take a whole statement."""
        return self._show_event_types() if self.kinds[self.at] == "SHOW" else self.query()

    def query(self) -> Query:
        """Take a query, up to what cannot belong to it."""
        start = self.at
        parts: dict[str, Any] = {}
        clauses: list[tuple[Clause, Span]] = []
        while (read := _READERS.get(self.kinds[self.at])) is not None:
            begun = self.at
            clause, name, value = read(self)
            if name in parts:
                self.at = begun
                self.fail(f"{clause} is written twice")
            parts[name] = value
            clauses.append((clause, self.span_from(begun)))
            if clause == "FROM" and value.join:
                clauses.append(("JOIN", value.join.span))
        if "select" not in parts:
            self.unexpected("SELECT")
        if "source" not in parts:
            self.unexpected("FROM")
        return Query(**parts, clauses=tuple(clauses), span=self.span_from(start))

    def _show_event_types(self) -> ShowEventTypes:
        start = self.at
        self.at += 1
        if not (self.take_word("EVENT") and self.take_word("TYPES")):
            self.unexpected("EVENT TYPES")
        since = self.moment() if self.take("SINCE") else None
        until = self.moment() if self.take("UNTIL") else None
        return ShowEventTypes(since, until, span=self.span_from(start))

    def selection(self) -> Selection:
        """Take an expression with its label."""
        start = self.at
        if self.kinds[start] == "*":
            self.at += 1
            return Selection(Star(span=self.span_from(start)), span=self.span_from(start))
        expression = self.expression()
        alias = self.label_here() if self.take("AS") else None
        return Selection(expression, alias, span=self.span_from(start))

    def read_select(self) -> tuple[Clause, str, Any]:
        """Take SELECT."""
        self.at += 1
        selected = [self.selection()]
        while self.take(","):
            selected.append(self.selection())
        return "SELECT", "select", tuple(selected)

    # FROM.

    def read_from(self) -> tuple[Clause, str, Any]:
        """Take FROM with its JOIN."""
        start = self.at
        self.at += 1
        items = [self._source_item()]
        while self.take(","):
            items.append(self._source_item())
        join = self._join() if self.kinds[self.at] in ("JOIN", "INNER", "LEFT") else None
        return "FROM", "source", Source(tuple(items), join, span=self.span_from(start))

    def _source_item(self) -> EventType | Variable | Lookup | Subquery:
        start, kind = self.at, self.kinds[self.at]
        if kind == "variable":
            return self.variable_here()
        if self.take("("):
            query = self.query()
            self.need(")")
            return Subquery(query, span=self.span_from(start))
        name = self.name_here("an event type")
        if name.lower() == "lookup" and kind == "word" and self.take("("):
            table = self.label_here()
            self.need(")")
            return Lookup(table, span=self.span_from(start))
        return EventType(name, span=self.span_from(start))

    def _join(self) -> Join:
        start = self.at
        left = self.take("LEFT")
        if not left:
            self.take("INNER")
        self.need("JOIN")
        self.need("(", "a query in parentheses")
        query = self.query()
        self.need(")")
        self.need("ON")
        key = self.expression(5)
        other = self.expression(5) if self.take("=") else None
        return Join("LEFT" if left else "INNER", query, key, other, span=self.span_from(start))

    # WHERE, FACET, ORDER BY, LIMIT.

    def read_where(self) -> tuple[Clause, str, Any]:
        """Take WHERE."""
        self.at += 1
        return "WHERE", "where", self.expression()

    def read_facet(self) -> tuple[Clause, str, Any]:
        """Take FACET, FACET CASES, and the ORDER BY that directly follows."""
        start = self.at
        self.at += 1
        cases: tuple[Case, ...] = ()
        by: list[Selection] = []
        otherwise = None
        if self.word() == "CASES" and self.kinds[self.at + 1] == "(":
            cases = self._cases()
            otherwise = self.selection() if self.take("OR") else None
        else:
            by.append(self.selection())
            while self.take(","):
                by.append(self.selection())
        order_by = self._order() if self.kinds[self.at] == "ORDER" else None
        return "FACET", "facet", Facet(tuple(by), cases, otherwise, order_by, span=self.span_from(start))

    def _cases(self) -> tuple[Case, ...]:
        self.at += 2
        cases = [self._case()]
        while self.take(","):
            cases.append(self._case())
        self.need(")", ",", ")")
        return tuple(cases)

    def _case(self) -> Case:
        start = self.at
        self.need("WHERE")
        condition = self.expression()
        alias = self.label_here() if self.take("AS") else None
        return Case(condition, alias, span=self.span_from(start))

    def _order(self) -> Order:
        start = self.at
        self.at += 1
        self.need("BY")
        expression = self.expression()
        descending = True if self.take("DESC") else False if self.take("ASC") else None
        return Order(expression, descending, span=self.span_from(start))

    def read_order(self) -> tuple[Clause, str, Any]:
        """Take ORDER BY."""
        return "ORDER BY", "order_by", self._order()

    def read_limit(self) -> tuple[Clause, str, Any]:
        """Take LIMIT."""
        start = self.at
        self.at += 1
        count: int | Variable | None
        if self.take_word("MAX"):
            count = None
        elif self.kinds[self.at] == "variable":
            count = self.variable_here()
        else:
            count = self._whole_number("a whole number", "MAX")
        return "LIMIT", "limit", Limit(count, span=self.span_from(start))

    def read_offset(self) -> tuple[Clause, str, Any]:
        """Take OFFSET."""
        self.at += 1
        return "OFFSET", "offset", self._whole_number("a whole number")

    def _whole_number(self, *expected: str) -> int:
        if self.kinds[self.at] != "number" or not self.source().isdecimal():
            self.unexpected(*expected)
        return int(self.number_value())

    # Time.

    def read_since(self) -> tuple[Clause, str, Any]:
        """Take SINCE."""
        self.at += 1
        return "SINCE", "since", self.moment()

    def read_until(self) -> tuple[Clause, str, Any]:
        """Take UNTIL."""
        self.at += 1
        return "UNTIL", "until", self.moment()

    def read_compare(self) -> tuple[Clause, str, Any]:
        """Take COMPARE WITH."""
        self.at += 1
        self.need("WITH")
        return "COMPARE WITH", "compare_with", self.moment()

    def read_timeseries(self) -> tuple[Clause, str, Any]:
        """Take TIMESERIES with its SLIDE BY."""
        start = self.at
        self.at += 1
        step = slide_by = None
        if self.kinds[self.at] in ("number", "variable") or self.word() in ("AUTO", "MAX"):
            step = self.step()
        if self.take("SLIDE"):
            self.need("BY")
            slide_by = self.step()
        return "TIMESERIES", "timeseries", Timeseries(step, slide_by, span=self.span_from(start))

    # The rest.

    def read_extrapolate(self) -> tuple[Clause, str, Any]:
        """Take EXTRAPOLATE."""
        self.at += 1
        return "EXTRAPOLATE", "extrapolate", True

    def read_raw(self) -> tuple[Clause, str, Any]:
        """Take RAW."""
        self.at += 1
        return "RAW", "raw", True

    def read_predict(self) -> tuple[Clause, str, Any]:
        """Take PREDICT."""
        start = self.at
        self.at += 1
        method = self._method() if self.kinds[self.at] == "word" and self.kinds[self.at + 1] == "(" else None
        ahead = self.duration() if self.take("BY") else None
        using = self.duration() if self.take_word("USING") else None
        return "PREDICT", "predict", Predict(ahead, method, using, span=self.span_from(start))

    def _method(self) -> Call:
        return self.call()

    def read_with(self) -> tuple[Clause, str, Any]:
        """Take one of the three clauses that begin with WITH."""
        start = self.at
        self.at += 1
        word = self.word()
        if word == "METRIC_FORMAT" and self.kinds[self.at + 1] == "text":
            self.at += 1
            format_ = self.text_here("a format")
            return "WITH", "metric_format", MetricFormat(format_, span=self.span_from(start))
        if word == "TIMEZONE" and self.kinds[self.at + 1] == "text":
            self.at += 1
            zone = self.text_here("a time zone")
            return "WITH", "timezone", Timezone(zone, span=self.span_from(start))
        bindings = [self._binding()]
        while self.take(","):
            bindings.append(self._binding())
        return "WITH", "bindings", tuple(bindings)

    def _binding(self) -> Binding:
        start = self.at
        expression = self.expression()
        self.need("AS")
        if not self.take("("):
            return Binding(expression, (self.label_here(),), span=self.span_from(start))
        names = [self.label_here()]
        while self.take(","):
            names.append(self.label_here())
        self.need(")", ",", ")")
        return Binding(expression, tuple(names), span=self.span_from(start))


_READERS: Final[dict[str, Callable[[Parser], tuple[Clause, str, Any]]]] = {
    "SELECT": Parser.read_select,
    "FROM": Parser.read_from,
    "WHERE": Parser.read_where,
    "FACET": Parser.read_facet,
    "ORDER": Parser.read_order,
    "LIMIT": Parser.read_limit,
    "OFFSET": Parser.read_offset,
    "SINCE": Parser.read_since,
    "UNTIL": Parser.read_until,
    "COMPARE": Parser.read_compare,
    "TIMESERIES": Parser.read_timeseries,
    "EXTRAPOLATE": Parser.read_extrapolate,
    "RAW": Parser.read_raw,
    "PREDICT": Parser.read_predict,
    "WITH": Parser.read_with,
}
