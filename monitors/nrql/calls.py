"""Reads function calls, and holds them against the table of functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from monitors.nrql import foreign
from monitors.nrql.expressions import Expressions
from monitors.nrql.functions import FUNCTIONS, METHODS, Function
from monitors.nrql.suggestions import suggest
from monitors.nrql.tree import Argument, Call, Labelled, Named, Star, Where


class Calls(Expressions):
    """The part of the parser that reads calls."""

    __slots__ = ()

    def call(self) -> Call:
        """Take a call of one of NRQL's functions."""
        return self.call_of(FUNCTIONS)

    def method(self) -> Call:
        """Take a method of PREDICT."""
        return self.call_of(METHODS)

    def call_of(self, table: Mapping[str, Function]) -> Call:
        """Take a call of one of a table's functions."""
        start = self.at
        function = table.get(self.source().lower())
        if function is None:
            self._unknown_function(table)
        self.at += 2
        arguments: list[Argument] = []
        if self.kinds[self.at] != ")":
            arguments.append(self._argument(function))
            while self.take(","):
                arguments.append(self._argument(function))
        self.need(")", ",", ")")
        self._check(function, arguments, start)
        name_span = (self.starts[start], self.ends[start])
        return Call(function.name, tuple(arguments), name_span=name_span, span=self.span_from(start))

    def _argument(self, function: Function) -> Argument:
        start, kind = self.at, self.kinds[self.at]
        if kind == "*" and self.kinds[start + 1] in (")", ","):
            self.at += 1
            return Star(span=self.span_from(start))
        if kind == "WHERE":
            return self._where(function)
        if self.kinds[start + 1] == ":" or (kind == "word" and ":" in self.source()):
            self._part_name(function)
            if self.kinds[start + 1] == ":":
                return self._named(function)
        return self.expression()

    def _where(self, function: Function) -> Where | Labelled:
        start = self.at
        if not function.takes_where:
            self.fail(
                f"{function.name} takes no WHERE; filter(...), percentage(...) and funnel(...) do",
                suggestion=f"filter({function.name}(...), WHERE ...)" if function.kind == "aggregate" else None,
            )
        self.at += 1
        where = Where(self.expression(), span=self.span_from(start))
        if not self.take("AS"):
            return where
        return Labelled(where, self.label_here(), span=self.span_from(start))

    # Arguments by name.

    def _part_name(self, function: Function) -> None:
        """Cut `seasonality:NONE` in three: the tokens take it for one name with a colon in it."""
        at, source = self.at, self.source()
        name, _, _ = source.partition(":")
        if self.kinds[at] != "word" or not source.count(":") or _canonical(name, function) is None:
            return
        colon = self.starts[at] + len(name)
        self.kinds[at : at + 1] = ["word", ":", "word"]
        self.starts[at : at + 1] = [self.starts[at], colon, colon + 1]
        self.ends[at : at + 1] = [colon, colon + 1, self.ends[at]]

    def _named(self, function: Function) -> Named:
        start = self.at
        name = _canonical(self.source(), function)
        if name is None:
            takes = ", ".join(f"{known}:" for known in sorted(function.named))
            self.fail(
                f"{function.name} takes no argument called {self.source()[:40]}:"
                + (f"; it takes {takes}" if takes else ""),
                suggestion=suggest(self.source(), function.named),
            )
        self.at += 2
        return Named(name, self.expression(), span=self.span_from(start))

    def _check_names(self, function: Function, named: list[Named], start: int) -> None:
        names = [argument.name for argument in named]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            self.fail(f"{function.name} is given {twice}: twice", start=start, end=self.at - 1)

    # What is wrong with a call.

    def _unknown_function(self, table: Mapping[str, Function]) -> NoReturn:
        word = self.source()
        known = [function.name for function in table.values()]
        suggestion = foreign.FUNCTIONS.get(word.lower()) or suggest(word, known)
        if word.lower() == "lookup":
            self.fail("lookup(...) stands after FROM only", suggestion="(FROM lookup(...) SELECT ...)")
        shown = word if len(word) <= 40 else f"{word[:40]}..."
        self.fail(f"there is no function {shown}", suggestion=suggestion)

    def _check(self, function: Function, arguments: list[Argument], start: int) -> None:
        named = [argument for argument in arguments if isinstance(argument, Named)]
        if len(named) > 1:
            self._check_names(function, named, start)
        placed = len(arguments) - len(named)
        if function.takes_where:
            self._check_where(function, arguments, start)
        if placed < function.least or (function.most is not None and placed > function.most):
            self.fail(
                f"{function.name} takes {_number_of_arguments(function)}, and {placed} {_are(placed)} given",
                start=start,
                end=self.at - 1,
            )

    def _check_where(self, function: Function, arguments: list[Argument], start: int) -> None:
        for argument in arguments[1:]:
            if not isinstance(argument, Where | Labelled):
                break
        else:
            if len(arguments) > 1 and not isinstance(arguments[0], Where | Labelled):
                return
        first = "an attribute" if function.name == "funnel" else "an aggregate"
        example = {
            "funnel": "funnel(session, WHERE page = 'a', WHERE page = 'b')",
        }.get(function.name, f"{function.name}(count(*), WHERE ...)")
        self.fail(
            f"{function.name} takes {first} and then a WHERE, as in {example}",
            start=start,
            end=self.at - 1,
        )


def _canonical(name: str, function: Function) -> str | None:
    return next((known for known in function.named if known.lower() == name.lower()), None)


def _number_of_arguments(function: Function) -> str:
    least, most = function.least, function.most
    if least == most:
        return "no arguments" if not least else f"{least} argument{'s' if least > 1 else ''}"
    if most is None:
        return f"at least {least} argument{'s' if least > 1 else ''}"
    return f"{least} to {most} arguments" if least else f"at most {most} argument{'s' if most > 1 else ''}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
