"""Reads expressions: operators by precedence, values, names, calls."""

from __future__ import annotations

from typing import Final, Literal, cast

from monitors.nrql.functions import FUNCTIONS, Function
from monitors.nrql.times import Times
from monitors.nrql.tree import (
    Argument,
    Arithmetic,
    Attribute,
    Boolean,
    Call,
    Comparison,
    Duration,
    Element,
    Expression,
    Is,
    Labelled,
    Listing,
    Logical,
    Membership,
    Named,
    Negative,
    Not,
    Null,
    Number,
    Pattern,
    Query,
    Star,
    Subquery,
    Text,
    Where,
)
from monitors.nrql.words import SOFT, UNITS

# How strongly each operator binds; NOT stands here for NOT IN, NOT LIKE and NOT RLIKE.
OR, AND, NOT, COMPARED, SUM, PRODUCT = range(1, 7)
_POWERS: Final = {
    "OR": OR,
    "AND": AND,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "LIKE", "RLIKE", "IN", "IS", "NOT"), COMPARED),
    **dict.fromkeys(("+", "-"), SUM),
    **dict.fromkeys(("*", "/", "%"), PRODUCT),
}
_VALUE: Final = ("an attribute", "a function", "a value")
# Deeper nesting than anybody writes, and little enough for Python's stack, whoever reads the tree.
DEEPEST: Final = 50
LONGEST_CHAIN: Final = 100


class Expressions(Times):
    """The part of the parser that reads expressions."""

    __slots__ = ()

    def query(self) -> Query:
        """Take a query, up to what cannot belong to it."""
        raise NotImplementedError

    def expression(self, least: int = OR) -> Expression:
        """Take an expression of operators that bind at least so strongly."""
        start = self.at
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"the query is nested more than {DEEPEST} levels deep")
        left = self._operand(least)
        kinds, chain = self.kinds, 0
        while (power := _POWERS.get(kinds[self.at], 0)) >= least:
            if power >= SUM:
                left = self._arithmetic(left, start, power)
            elif power == COMPARED:
                left = self._compared(left, start)
                if _POWERS.get(kinds[self.at]) == COMPARED:
                    self.fail("comparisons cannot be chained; join two with AND", "AND", "OR")
            else:
                left = self._logical(left, start, power)
            chain += 1
            if chain > LONGEST_CHAIN:
                self.fail(f"more than {LONGEST_CHAIN} operators follow each other; use parentheses to group them")
        self.depth -= 1
        return left

    # Operators.

    def _arithmetic(self, left: Expression, start: int, power: int) -> Expression:
        operator = cast(Literal["+", "-", "*", "/", "%"], self.kinds[self.at])
        self.at += 1
        right = self.expression(power + 1)
        return Arithmetic(operator, left, right, span=self.span_from(start))

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
        right = self.expression(COMPARED + 1)
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
        self.need("(")
        if self.begins_query():
            options = self.query()
        else:
            listed = [self.expression()]
            while self.take(","):
                listed.append(self.expression())
            options = tuple(listed)
        self.need(")", ",", ")")
        return Membership(left, options, negated, span=self.span_from(start))

    # Operands.

    def _operand(self, least: int) -> Expression:
        start, kind = self.at, self.kinds[self.at]
        if kind == "NOT":
            if least > NOT:
                self.fail("NOT has to stand in parentheses here")
            self.at += 1
            return Not(self.expression(NOT), span=self.span_from(start))
        if kind == "-":
            self.at += 1
            if self.kinds[self.at] == "number":
                return Number(-self.number_value(), span=self.span_from(start))
            return Negative(self.expression(PRODUCT + 1), span=self.span_from(start))
        operand = self._primary()
        while self.kinds[self.at] == "[":
            self.at += 1
            index = self.expression()
            self.need("]")
            operand = Element(operand, index, span=self.span_from(start))
        return operand

    def _primary(self) -> Expression:
        at = self.at
        kind = self.kinds[at]
        if kind == "word" or kind in SOFT:
            if self.kinds[at + 1] == "(":
                return self.call()
            self.at = at + 1
            return Attribute(self.text[self.starts[at] : self.ends[at]], span=(self.starts[at], self.ends[at]))
        if kind == "name":
            self.at = at + 1
            return Attribute(self.text[self.starts[at] + 1 : self.ends[at] - 1], span=(self.starts[at], self.ends[at]))
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
        if kind == "pattern":
            source = self.source()
            self.at += 1
            return Pattern(source[2:-1], span=self.span_from(start))
        if kind in ("TRUE", "FALSE"):
            self.at += 1
            return Boolean(kind == "TRUE", span=self.span_from(start))
        if kind == "NULL":
            self.at += 1
            return Null(span=self.span_from(start))
        if kind == "{":
            return self._listing()
        self.unexpected(*_VALUE)

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
        self.at += 1
        items = [self.expression()]
        while self.take(","):
            items.append(self.expression())
        self.need("}", ",", "}")
        return Listing(tuple(items), span=self.span_from(start))

    def begins_query(self) -> bool:
        """Say whether a query begins here."""
        return self.kinds[self.at] in ("SELECT", "FROM", "WITH")

    # Calls.

    def call(self) -> Call:
        """Take a function call."""
        start = self.at
        name = self.source()
        function = FUNCTIONS.get(name.lower())
        if function is None:
            self.unexpected("a function")
        name_span = (self.starts[start], self.ends[start])
        self.at += 2
        arguments: list[Argument] = []
        if self.kinds[self.at] != ")":
            arguments.append(self._argument(function))
            while self.take(","):
                arguments.append(self._argument(function))
        self.need(")", ",", ")")
        return Call(function.name, tuple(arguments), name_span=name_span, span=self.span_from(start))

    def _argument(self, function: Function) -> Argument:
        start, kind = self.at, self.kinds[self.at]
        if kind == "*" and self.kinds[self.at + 1] in (")", ","):
            self.at += 1
            return Star(span=self.span_from(start))
        if kind == "WHERE":
            return self._where_argument()
        if self.kinds[self.at + 1] == ":":
            name = self.name_here("an argument's name")
            self.at += 1
            return Named(name, self.expression(), span=self.span_from(start))
        return self.expression()

    def _where_argument(self) -> Argument:
        start = self.at
        self.at += 1
        where = Where(self.expression(), span=self.span_from(start))
        if not self.take("AS"):
            return where
        return Labelled(where, self.label_here(), span=self.span_from(start))
