"""Reads expressions: operators by precedence, and what stands between them."""

from __future__ import annotations

from typing import Final, Literal, cast

from monitors.nrql.limits import LEVELS_MOST
from monitors.nrql.ranks import AND, COMPARED, NOT, OR, POWERS, SIGN, SUM
from monitors.nrql.times import Times
from monitors.nrql.tree import (
    Arithmetic,
    Attribute,
    Boolean,
    Call,
    Comparison,
    Duration,
    Element,
    Expression,
    Is,
    Listing,
    Logical,
    Membership,
    Negative,
    Not,
    Null,
    Number,
    Pattern,
    Query,
    Subquery,
    Text,
)
from monitors.nrql.words import SOFT, UNITS

_VALUE: Final = ("an attribute", "a function", "a value")
_LONGEST_METRIC: Final = 255  # characters of a metric's name, by New Relic's Metric API
# First parts of New Relic's own metric names, whose slashes would silently be read as divisions.
_METRIC_ROOTS: Final = frozenset(("Custom", "OtherTransaction", "Supportability", "WebTransaction"))


class Expressions(Times):
    """The part of the parser that reads expressions."""

    __slots__ = ()

    def query(self) -> Query:
        """Take a query, up to what cannot belong to it."""
        raise NotImplementedError

    def call(self) -> Call:
        """Take a function call."""
        raise NotImplementedError

    def expression(self, least: int = OR) -> Expression:
        """Take an expression of operators that bind at least so strongly."""
        start = self.at
        self.deeper()
        left = self._operand(least)
        kinds, chain = self.kinds, 0
        while (power := POWERS.get(kinds[self.at], 0)) >= least:
            if power >= SUM:
                left = self._arithmetic(left, start, power)
            elif power == COMPARED:
                left = self._compared(left, start)
                if POWERS.get(kinds[self.at]) == COMPARED:
                    self.fail("comparisons cannot follow each other; join two of them with AND or OR", "AND", "OR")
            else:
                left = self._logical(left, start, power)
            chain += 1
            if chain >= LEVELS_MOST:
                self.fail(f"more than {LEVELS_MOST} operators follow each other; group them with parentheses")
        self.depth -= 1
        return left

    # Operators.

    def _arithmetic(self, left: Expression, start: int, power: int) -> Expression:
        at = self.at
        operator = cast(Literal["+", "-", "*", "/", "%"], self.kinds[at])
        if operator == "/" and isinstance(left, Attribute) and left.name in _METRIC_ROOTS:
            self._no_metric_name(at)
        self.at = at + 1
        right = self.expression(power + 1)
        return Arithmetic(operator, left, right, span=self.span_from(start))

    def _no_metric_name(self, slash: int) -> None:
        """Refuse a metric's name without backquotes: `Custom/Skills/ErrorRate` would divide three attributes."""
        kinds, starts, ends = self.kinds, self.starts, self.ends
        end = slash - 1
        while kinds[end + 1] == "/" and starts[end + 1] == ends[end] and starts[end + 2] == ends[end + 1]:
            end += 2
        if end > slash and kinds[slash - 1] == "word":
            name = self.text[starts[slash - 1] : ends[end]][:_LONGEST_METRIC]
            reason = "a metric's name with slashes stands in backquotes; without them they divide attributes"
            self.fail(reason, suggestion=f"`{name}`", start=slash - 1, end=end)

    def _logical(self, left: Expression, start: int, power: int) -> Expression:
        operator: Literal["AND", "OR"] = "AND" if power == AND else "OR"
        parts = [left]
        while self.take(operator):
            parts.append(self.expression(power + 1))
        return Logical(operator, tuple(parts), span=self.span_from(start))

    def _compared(self, left: Expression, start: int) -> Expression:
        kind = self.kinds[self.at]
        self.at += 1
        if kind == "IS":
            return self._is(left, start)
        negated = kind == "NOT"
        if negated:
            kind = self.kinds[self.at]
            if kind not in ("IN", "LIKE", "RLIKE"):
                self.unexpected("IN", "LIKE", "RLIKE")
            self.at += 1
        if kind == "IN":
            return self._membership(left, start, negated)
        right = self.expression(SUM)
        operator = cast(Literal["=", "LIKE"], f"NOT {kind}" if negated else kind)
        return Comparison(operator, left, right, span=self.span_from(start))

    def _is(self, left: Expression, start: int) -> Expression:
        negated = self.take("NOT")
        what = self.kinds[self.at]
        if what not in ("NULL", "TRUE", "FALSE"):
            self.unexpected(*(() if negated else ("NOT",)), "NULL", "TRUE", "FALSE")
        self.at += 1
        return Is(left, cast(Literal["NULL", "TRUE", "FALSE"], what), negated, span=self.span_from(start))

    def _membership(self, left: Expression, start: int, negated: bool) -> Expression:
        options: tuple[Expression, ...] | Query
        if self.kinds[self.at] == "variable":
            options = (self.variable_here(),)
            return Membership(left, options, negated, span=self.span_from(start))
        self.need("(", "a list in parentheses", "a subquery in parentheses")
        options = self.query() if self.begins_query() else self._listed()
        self.need(")", ",", ")")
        return Membership(left, options, negated, span=self.span_from(start))

    def _listed(self) -> tuple[Expression, ...]:
        listed = [self.expression()]
        while self.take(","):
            listed.append(self.expression())
        return tuple(listed)

    # Operands.

    def _operand(self, least: int) -> Expression:
        start, kind = self.at, self.kinds[self.at]
        if kind == "NOT":
            if least > NOT:
                self.fail("NOT has to stand in parentheses here, with what it turns round")
            self.at += 1
            return Not(self.expression(NOT), span=self.span_from(start))
        if kind == "-":
            return self._negative()
        operand = self._primary()
        return self._element(operand, start) if self.kinds[self.at] == "[" else operand

    def _element(self, base: Expression, start: int) -> Expression:
        chain = 0
        while self.take("["):
            index = self.expression()
            self.need("]")
            base = Element(base, index, span=self.span_from(start))
            chain += 1
            if chain >= LEVELS_MOST:
                self.fail(f"more than {LEVELS_MOST} indexes follow each other")
        return base

    def _negative(self) -> Number | Negative:
        start = self.at
        self.at += 1
        if self.kinds[self.at] == "number":
            return Number(-self.number_value(), span=self.span_from(start))
        return Negative(self.expression(SIGN), span=self.span_from(start))

    def _primary(self) -> Expression:
        at = self.at
        kind = self.kinds[at]
        if kind == "word" or kind in SOFT:
            if self.kinds[at + 1] == "(":
                return self.call()
            self.at = at + 1
            start, end = self.starts[at], self.ends[at]
            return Attribute(self.text[start:end], span=(start, end))
        if kind == "name":
            self.at = at + 1
            start, end = self.starts[at], self.ends[at]
            return Attribute(self.text[start + 1 : end - 1], span=(start, end))
        if kind == "text":
            return Text(self.text_here("a text"), span=self.span_from(at))
        if kind == "number":
            return self._number_or_duration()
        if kind == "(":
            return self._parenthesised()
        return self._constant(kind)

    def _constant(self, kind: str) -> Expression:
        start = self.at
        if kind == "variable":
            return self.variable_here()
        if kind == "{":
            return self._listing()
        if kind not in ("pattern", "TRUE", "FALSE", "NULL"):
            self.unexpected(*_VALUE)
        source = self.source()
        self.at += 1
        if kind == "pattern":
            return Pattern(source[2:-1], span=self.span_from(start))
        if kind == "NULL":
            return Null(span=self.span_from(start))
        return Boolean(kind == "TRUE", span=self.span_from(start))

    def _number_or_duration(self) -> Number | Duration:
        return self.duration() if self.word(1).lower() in UNITS else self.number()

    def _parenthesised(self) -> Expression:
        start = self.at
        self.at += 1
        if self.begins_query():
            query = self.query()
            self.need(")")
            return Subquery(query, span=self.span_from(start))
        inner = self.expression()
        self.need(")")
        return inner

    def _listing(self) -> Listing:
        start = self.at
        if self.kinds[start + 1] == "{":
            self.fail("a template variable is one name in double braces", suggestion="{{name}}", end=start + 1)
        self.at += 1
        items = self._listed()
        self.need("}", ",", "}")
        return Listing(items, span=self.span_from(start))

    def begins_query(self) -> bool:
        """Say whether a query begins here."""
        return self.kinds[self.at] in ("SELECT", "FROM", "WITH")
