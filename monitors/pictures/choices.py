"""Template variables: what stands in a query while nobody has chosen anything on the dashboard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from monitors.nrql import parse, to_text
from monitors.nrql.tree import Boolean, Comparison, Membership, Number, Query, Statement, Text, Variable
from monitors.nrql.walk import walk
from monitors.spec import Dashboard
from monitors.spec import Variable as VariableSpec

EVERYTHING: Final = "*"
_USE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?\Z")
_ALWAYS: Final = Comparison("=", Number(1), Number(1))


def choices(dashboard: Dashboard) -> Mapping[str, VariableSpec]:
    """Return the variables of a dashboard by name."""
    return {variable.name: variable for variable in dashboard.variables}


def told(dashboard: Dashboard) -> tuple[tuple[str, str], ...]:
    """Return each variable's title with what is chosen by default, as a dashboard shows it at its top."""
    return tuple(
        (one.title, "All" if EVERYTHING in one.default else ", ".join(one.default)) for one in dashboard.variables
    )


def resolved(query: str, variables: Mapping[str, VariableSpec]) -> Statement:
    """Return a query with every variable's default put in.

    `*` stands for everything: a condition on such a variable is met by every row. Elsewhere the variable is left in,
    and evaluating says that it has no value. Raises `NrqlSyntaxError`.
    """
    named = {name for name in _USE.findall(query) if name in variables}
    if not named:
        return parse(query)
    chosen = {name for name in named if EVERYTHING not in variables[name].default}
    statement = parse(_USE.sub(lambda use: _written(use, chosen, variables), query))
    everything = named - chosen
    return _without_conditions(statement, everything) if everything else statement


def _written(use: re.Match[str], chosen: set[str], variables: Mapping[str, VariableSpec]) -> str:
    """Return the default values as New Relic writes them into a query, by the variable's `replacement`.

    Source: docs.newrelic.com, "Dashboard template variables".
    """
    if use[1] not in chosen:
        return use[0]
    variable = variables[use[1]]
    return ", ".join(_value(value, variable.replacement) for value in variable.default)


def _value(value: str, replacement: str) -> str:
    if replacement == "identifier":
        return f"`{value}`"
    if replacement == "number" or (replacement == "default" and _NUMBER.match(value)):
        return value
    return to_text(Text(value))


def _without_conditions(node: Any, names: set[str]) -> Any:
    """Return a tree in which each comparison with one of the variables is always true."""
    if isinstance(node, (Comparison, Membership)) and _names(node) & names and not _below(node):
        return _ALWAYS
    if isinstance(node, tuple):
        return tuple(_without_conditions(one, names) for one in node)
    if not is_dataclass(node) or isinstance(node, (type, Boolean, Number, Text)):
        return node
    changed = {
        field.name: _without_conditions(getattr(node, field.name), names) for field in fields(node) if field.compare
    }
    return replace(node, **changed)


def _names(node: Comparison | Membership) -> set[str]:
    sides = (node.left, node.right) if isinstance(node, Comparison) else (node.operand, *_options(node))
    return {side.name for side in sides if isinstance(side, Variable)}


def _options(node: Membership) -> tuple[Any, ...]:
    return node.options if isinstance(node.options, tuple) else ()


def _below(node: Comparison | Membership) -> bool:
    """Say whether a condition holds a query, whose own conditions are what is to be looked at."""
    return any(isinstance(one, Query) for one in walk(node))
