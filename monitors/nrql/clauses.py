"""Reads statements: clauses in any order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from monitors.nrql.sources import Sources
from monitors.nrql.tree import (
    Attribute,
    Binding,
    Case,
    Clause,
    Deletion,
    EventType,
    Facet,
    Limit,
    MetricFormat,
    Moment,
    Order,
    Predict,
    Query,
    Selection,
    ShowEventTypes,
    Source,
    Span,
    Star,
    Statement,
    Timeseries,
    Timezone,
    Variable,
)


class Clauses(Sources):
    """The part of the parser that reads clauses, and with them whole statements."""

    __slots__ = ()

    def statement(self) -> Statement:
        """Take a whole statement."""
        return self._show_event_types() if self.kinds[self.at] == "SHOW" else self.query()

    def query(self) -> Query:
        """Take a query, up to what cannot belong to it."""
        start = self.at
        self.deeper()
        parts: dict[str, Any] = {}
        clauses: list[tuple[Clause, Span]] = []
        while (found := _READERS.get(self.kinds[self.at])) is not None:
            begun = self.at
            clause, name, read = found if found[0] != "WITH" else self._which_with()
            if name in parts:
                self._repeated(clause, parts)
            parts[name] = read(self)
            clauses.append((clause, self.span_from(begun)))
            if clause in ("FROM", "TIMESERIES"):
                self._add_inner(clauses, parts[name], begun)
        if "select" not in parts:
            self.unexpected("SELECT", *(() if "source" in parts else ("FROM",)))
        if "source" not in parts:
            if "bindings" not in parts:
                self.unexpected("FROM")
            parts["source"] = Source(())
        self.depth -= 1
        return Query(**parts, clauses=tuple(clauses), span=self.span_from(start))

    def deletion(self) -> Deletion:
        """Take a rule that drops data."""
        start = self.at
        if not self.take_word("DELETE"):
            self.unexpected("DELETE")
        attributes: list[Attribute] = []
        while attributes or self.kinds[self.at] != "FROM":
            at = self.at
            attributes.append(Attribute(self.name_here("an attribute"), span=self.span_from(at)))
            if not self.take(","):
                break
        self.need("FROM")
        at = self.at
        event_type = EventType(self.name_here("an event type"), span=self.span_from(at))
        where = self.expression() if self.take("WHERE") else None
        return Deletion(event_type, tuple(attributes), where, span=self.span_from(start))

    def _add_inner(self, clauses: list[tuple[Clause, Span]], value: Source | Timeseries, begun: int) -> None:
        """Add the clause that another holds: JOIN in FROM, SLIDE BY in TIMESERIES."""
        if isinstance(value, Source):
            if value.join:
                clauses.append(("JOIN", value.join.span))
        elif value.slide_by:
            clauses.append(("SLIDE BY", self.span_from(self.kinds.index("SLIDE", begun))))

    def _repeated(self, clause: Clause, parts: dict[str, Any]) -> None:
        if clause in ("SELECT", "FROM") and "select" in parts and "source" in parts:
            self.fail("a second query begins here, and a text holds one")
        advice = "; join the conditions with AND" if clause == "WHERE" else ""
        advice = "; give its variables in one list" if clause == "WITH" else advice
        self.fail(f"{clause} is written twice{advice}")

    def _show_event_types(self) -> ShowEventTypes:
        start = self.at
        self.at += 1
        for word in ("EVENT", "TYPES"):
            if not self.take_word(word):
                self.unexpected(word)
        moments: dict[str, Moment] = {}
        while (kind := self.kinds[self.at]) in ("SINCE", "UNTIL"):
            if kind in moments:
                self.fail(f"{kind} is written twice")
            self.at += 1
            moments[kind] = self.moment()
        return ShowEventTypes(moments.get("SINCE"), moments.get("UNTIL"), span=self.span_from(start))

    # SELECT.

    def _select(self) -> tuple[Selection, ...]:
        self.at += 1
        return self._selections()

    def _selections(self) -> tuple[Selection, ...]:
        selected = [self._selection()]
        while self.take(","):
            selected.append(self._selection())
        return tuple(selected)

    def _selection(self) -> Selection:
        start = self.at
        if self.kinds[start] == "*":
            self.at += 1
            span = self.span_from(start)
            return Selection(Star(span=span), span=span)
        expression = self.expression()
        alias = self.label_here() if self.take("AS") else None
        return Selection(expression, alias, span=self.span_from(start))

    # WHERE, FACET, ORDER BY, LIMIT, OFFSET.

    def _where_clause(self) -> Any:
        self.at += 1
        return self.expression()

    def _facet(self) -> Facet:
        start = self.at
        self.at += 1
        cases: tuple[Case, ...] = ()
        by: tuple[Selection, ...] = ()
        otherwise = None
        if self.word() == "CASES" and self.kinds[self.at + 1] in ("(", "WHERE"):
            cases = self._cases()
            otherwise = self._selection() if self.take("OR") else None
        else:
            by = self._selections()
        # Only right after FACET is ORDER BY the facets' own (New Relic's "NRQL reference", FACET ... ORDER BY).
        order_by = self._order() if self.kinds[self.at] == "ORDER" else None
        return Facet(by, cases, otherwise, order_by, span=self.span_from(start))

    def _cases(self) -> tuple[Case, ...]:
        self.at += 1
        self.need("(")
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

    def _limit(self) -> Limit:
        start = self.at
        self.at += 1
        count: int | Variable | None = None
        if self.kinds[self.at] == "variable":
            count = self.variable_here()
        elif not self.take_word("MAX"):
            count = self._whole_number("a whole number", "MAX")
        return Limit(count, span=self.span_from(start))

    def _offset(self) -> int:
        self.at += 1
        return self._whole_number("a whole number")

    def _whole_number(self, *expected: str) -> int:
        if self.kinds[self.at] != "number" or not self.source().isdecimal():
            self.unexpected(*expected)
        return int(self.number_value())

    # Time.

    def _moment_clause(self) -> Moment:
        self.at += 1
        return self.moment()

    def _compare(self) -> Moment:
        self.at += 1
        self.need("WITH")
        return self.moment()

    def _timeseries(self) -> Timeseries:
        start = self.at
        self.at += 1
        step = slide_by = None
        if self.kinds[self.at] in ("number", "variable") or self.word() in ("AUTO", "MAX"):
            step = self.step()
        if self.take("SLIDE"):
            self.need("BY")
            slide_by = self.step()
        return Timeseries(step, slide_by, span=self.span_from(start))

    # WITH, and what has no other place.

    def _which_with(self) -> tuple[Clause, str, Callable[[Clauses], Any]]:
        word = self.word(1) if self.kinds[self.at + 2] == "text" else ""
        return _WITH.get(word, _BINDINGS)

    def _metric_format(self) -> MetricFormat:
        start = self.at
        self.at += 2
        return MetricFormat(self.text_here("a format"), span=self.span_from(start))

    def _timezone(self) -> Timezone:
        start = self.at
        self.at += 2
        return Timezone(self.text_here("a time zone"), span=self.span_from(start))

    def _bindings(self) -> tuple[Binding, ...]:
        self.at += 1
        bindings = [self._binding()]
        while self.take(","):
            bindings.append(self._binding())
        return tuple(bindings)

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

    def _flag(self) -> bool:
        self.at += 1
        return True

    def _predict(self) -> Predict:
        start = self.at
        self.at += 1
        method = self.method() if self.kinds[self.at] == "word" and self.kinds[self.at + 1] == "(" else None
        ahead = self.duration() if self.take("BY") else None
        using = self.duration() if self.take_word("USING") else None
        return Predict(ahead, method, using, span=self.span_from(start))


_Reader = tuple[Clause, str, Callable[[Clauses], Any]]
_BINDINGS: Final[_Reader] = ("WITH", "bindings", Clauses._bindings)
_WITH: Final[dict[str, _Reader]] = {
    "METRIC_FORMAT": ("WITH", "metric_format", Clauses._metric_format),
    "TIMEZONE": ("WITH", "timezone", Clauses._timezone),
}
_READERS: Final[dict[str, _Reader]] = {
    "SELECT": ("SELECT", "select", Clauses._select),
    "FROM": ("FROM", "source", Clauses.source_clause),
    "WHERE": ("WHERE", "where", Clauses._where_clause),
    "FACET": ("FACET", "facet", Clauses._facet),
    "ORDER": ("ORDER BY", "order_by", Clauses._order),
    "LIMIT": ("LIMIT", "limit", Clauses._limit),
    "OFFSET": ("OFFSET", "offset", Clauses._offset),
    "SINCE": ("SINCE", "since", Clauses._moment_clause),
    "UNTIL": ("UNTIL", "until", Clauses._moment_clause),
    "COMPARE": ("COMPARE WITH", "compare_with", Clauses._compare),
    "TIMESERIES": ("TIMESERIES", "timeseries", Clauses._timeseries),
    "EXTRAPOLATE": ("EXTRAPOLATE", "extrapolate", Clauses._flag),
    "RAW": ("RAW", "raw", Clauses._flag),
    "PREDICT": ("PREDICT", "predict", Clauses._predict),
    "WITH": _BINDINGS,
}
