"""Expressions as SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.comparisons import MATCHES, compared, contained, matched
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.scope import Scope
from monitors.nrql.evaluator.values import NOTHING, Value, first_of
from monitors.nrql.functions import is_aggregate
from monitors.nrql.printer import to_text
from monitors.nrql.tree import (
    Arithmetic,
    Attribute,
    Boolean,
    Call,
    Comparison,
    Duration,
    Element,
    Is,
    Logical,
    Membership,
    Negative,
    Node,
    Not,
    Null,
    Number,
    Query,
    Subquery,
    Text,
    Variable,
)

# Deeper than anything that is written by hand; Python's own stack ends at about five times as much.
_DEEPEST: Final = 150
Aggregated = Callable[[Call], Value]
Answered = Callable[[Query], Value]


class Compiler:
    """Compiles expressions over the rows of one scope; aggregates in them are compiled by `aggregated`."""

    def __init__(
        self,
        scope: Scope,
        *,
        aggregated: Aggregated | None = None,
        answered: Answered | None = None,
        variables: Mapping[str, object] | None = None,
        timezone: str = "UTC",
    ) -> None:
        self.scope = scope
        self.timezone = timezone
        self._aggregated, self._answered = aggregated, answered
        self._variables = variables or {}
        self._depth = 0

    def over(self, scope: Scope, aggregated: Aggregated) -> Compiler:
        """Return a compiler for what stands around aggregates."""
        return Compiler(
            scope,
            aggregated=aggregated,
            answered=self._answered,
            variables=self._variables,
            timezone=self.timezone,
        )

    def value(self, node: Node) -> Value:
        """Return the SQL of an expression. Raises `NotEvaluated` for what has none."""
        compile_node = _BY_NODE.get(type(node))
        if compile_node is None:
            raise NotEvaluated(f"{to_text(node)} is not evaluated here")
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise NotEvaluated(f"an expression is nested deeper than {_DEEPEST} levels; write it flatter")
            return compile_node(self, node)
        finally:
            self._depth -= 1

    def number(self, node: Node) -> str:
        """Return the SQL of an expression as a number, NULL where it is none; there is no conversion."""
        return self.value(node).number or "NULL::DOUBLE"

    def text(self, node: Node) -> str:
        """Return the SQL of an expression as a text, NULL where it is none."""
        return self.value(node).text or "NULL::VARCHAR"

    def condition(self, node: Node) -> str:
        """Return SQL that is TRUE, FALSE or NULL. NULL means that a condition is not met."""
        return self.value(node).boolean or "NULL::BOOLEAN"

    def _call(self, node: Call) -> Value:
        from monitors.nrql.evaluator.row_functions import row_function

        if is_aggregate(node):
            if self._aggregated is None:
                raise NotEvaluated(f"{node.function}() stands where only values of single rows can be")
            return self._aggregated(node)
        return row_function(node)(self, node)

    def _attribute(self, node: Attribute) -> Value:
        return self.scope.attribute(node.name)

    def _arithmetic(self, node: Arithmetic) -> Value:
        left, right = self.number(node.left), self.number(node.right)
        if node.operator in ("/", "%"):
            # A division by zero has no result; duckdb gives infinity for `/`.
            right = f"nullif({right}, 0)"
        return Value(number=f"({left} {node.operator} {right})")

    def _negative(self, node: Negative) -> Value:
        return Value(number=f"(- {self.number(node.operand)})")

    def _comparison(self, node: Comparison) -> Value:
        left = self.value(node.left)
        if node.operator in MATCHES:
            return Value(boolean=matched(node.operator, left, node.right))
        return Value(boolean=compared(node.operator, left, self.value(node.right)))

    def _membership(self, node: Membership) -> Value:
        if isinstance(node.options, Query):
            options = [self._subquery(Subquery(node.options))]
        else:
            options = [self.value(option) for option in node.options]
        options = [one for option in options for one in (option.members or (option,))]
        return Value(boolean=contained(self.value(node.operand), options, node.negated))

    def _is(self, node: Is) -> Value:
        value = self.value(node.operand)
        if node.what == "NULL":
            present = value.present()
            return Value(boolean=f"({present})" if node.negated else f"(NOT ({present}))")
        word = "NOT " if node.negated else ""
        return Value(boolean=f"({value.boolean or 'NULL::BOOLEAN'} IS {word}{node.what})")

    def _not(self, node: Not) -> Value:
        return Value(boolean=f"(NOT {self.condition(node.operand)})")

    def _logical(self, node: Logical) -> Value:
        """AND and OR of conditions; OR of other values takes the first that is not null."""
        parts = [self.value(part) for part in node.parts]
        if not any(part.kinds for part in parts):
            return NOTHING
        if node.operator == "AND" or all(part.kinds in ((), ("boolean",)) for part in parts):
            return Value(
                boolean="(" + f" {node.operator} ".join(part.boolean or "NULL::BOOLEAN" for part in parts) + ")"
            )
        return first_of(parts)

    def _variable(self, node: Variable) -> Value:
        if node.name not in self._variables:
            raise NotEvaluated(f"the template variable {{{{{node.name}}}}} has no value; give one")
        value = self._variables[node.name]
        if isinstance(value, (list, tuple)):
            return Value(members=tuple(literal(node.name, one) for one in value))
        return literal(node.name, value)

    def _subquery(self, node: Subquery) -> Value:
        if self._answered is None:
            raise NotEvaluated("a subquery as a value is not evaluated here")
        return self._answered(node.query)

    def _element(self, node: Element) -> Value:
        from monitors.nrql.evaluator.fields import field_of

        return field_of(self, node.base, node.index)

    def _duration(self, node: Duration) -> NoReturn:
        raise NotEvaluated(f"{to_text(node)} stands where a value is needed")


def literal(name: str, value: object) -> Value:
    """Return a Python value as SQL."""
    if isinstance(value, bool):
        return Value(boolean="TRUE" if value else "FALSE")
    if isinstance(value, (int, float)):
        return Value(number=quoting.number(value))
    if isinstance(value, str):
        return Value(text=quoting.text(value))
    raise NotEvaluated(f"{name} is {value!r}; only numbers, texts and booleans can be used here")


_BY_NODE: Final[Mapping[type[Node], Callable[[Compiler, Node], Value]]] = {
    Attribute: Compiler._attribute,  # type: ignore[dict-item]  # each takes the nodes it is listed for
    Number: lambda _, node: Value(number=quoting.number(node.value)),  # type: ignore[attr-defined]
    Text: lambda _, node: Value(text=quoting.text(node.value)),  # type: ignore[attr-defined]
    Boolean: lambda _, node: Value(boolean=str(node.value).upper()),  # type: ignore[attr-defined]
    Null: lambda _, node: NOTHING,
    Call: Compiler._call,  # type: ignore[dict-item]
    Arithmetic: Compiler._arithmetic,  # type: ignore[dict-item]
    Negative: Compiler._negative,  # type: ignore[dict-item]
    Comparison: Compiler._comparison,  # type: ignore[dict-item]
    Membership: Compiler._membership,  # type: ignore[dict-item]
    Is: Compiler._is,  # type: ignore[dict-item]
    Not: Compiler._not,  # type: ignore[dict-item]
    Logical: Compiler._logical,  # type: ignore[dict-item]
    Variable: Compiler._variable,  # type: ignore[dict-item]
    Subquery: Compiler._subquery,  # type: ignore[dict-item]
    Element: Compiler._element,  # type: ignore[dict-item]
    Duration: Compiler._duration,  # type: ignore[dict-item]
}
