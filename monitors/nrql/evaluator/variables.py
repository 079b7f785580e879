"""`WITH expression AS name`: variables, each of which may use those before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.functions_of_lists import keys_of
from monitors.nrql.evaluator.functions_of_texts import anchored, captures
from monitors.nrql.evaluator.scope import Scope, WithVariables
from monitors.nrql.evaluator.values import Value
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Binding, Call, Query

# Functions that give several values at once, as in `WITH capture(...) AS (first, second)`.
_SEVERAL: Final[Mapping[str, Callable[[Compiler, Call, tuple[str, ...]], list[Value]]]] = {
    "capture": captures,
    "aparse": anchored,
    "jparse": keys_of,
}


def bindings(
    query: Query, compiler: Compiler, scope: Scope, compilers: Callable[[Scope], Compiler]
) -> Mapping[str, Value]:
    """Return the variables of a query's WITH."""
    bound: dict[str, Value] = {}
    for binding in query.bindings:
        bound.update(_bound(binding, compiler))
        compiler = compilers(WithVariables(scope, bound))
    return bound


def _bound(binding: Binding, compiler: Compiler) -> Mapping[str, Value]:
    if len(binding.names) == 1:
        return {binding.names[0]: compiler.value(binding.expression)}
    call = binding.expression
    several = _SEVERAL.get(call.function.lower()) if isinstance(call, Call) else None
    if several is None or not isinstance(call, Call):
        raise NotEvaluated(f"{to_text(call)} gives one value and not {len(binding.names)}")
    values = several(compiler, call, binding.names)
    if len(values) != len(binding.names):
        raise NotEvaluated(f"{call.function}() gives {len(values)} values and {len(binding.names)} names are given")
    return dict(zip(binding.names, values, strict=True))
