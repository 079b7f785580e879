"""Row functions of numbers, and `if`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from monitors.nrql.evaluator.arguments import positional
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.values import KINDS, Value
from monitors.nrql.tree import Call


def _each(pattern: str) -> Callable[[Compiler, Call], Value]:
    """Return a function of numbers as an SQL pattern with `{0}`, `{1}` for its arguments."""

    def compiled(compiler: Compiler, call: Call) -> Value:
        return Value(number=pattern.format(*(f"({compiler.number(one)})" for one in positional(call))))

    return compiled


def _guarded(pattern: str, allowed: str) -> Callable[[Compiler, Call], Value]:
    """Return a function that has no result outside of what is allowed, where SQL would fail."""
    return _each(f"(CASE WHEN {allowed} THEN {pattern} END)")


def _if(compiler: Compiler, call: Call) -> Value:
    condition, *branches = positional(call)
    met = f"coalesce({compiler.condition(condition)}, FALSE)"
    values = [compiler.value(branch) for branch in branches]
    chosen: dict[str, str] = {}
    for kind in KINDS:
        sqls = [value.of(kind) for value in values]
        if any(sqls):
            otherwise = sqls[1] if len(sqls) > 1 else None
            chosen[kind] = f"(CASE WHEN {met} THEN {sqls[0] or 'NULL'} ELSE {otherwise or 'NULL'} END)"
    return Value(chosen.get("number"), chosen.get("text"), chosen.get("boolean"))


def _round(compiler: Compiler, call: Call) -> Value:
    number, *nearest = (compiler.number(one) for one in positional(call))
    if not nearest:
        return Value(number=f"round({number})")
    return Value(number=f"(round({number} / nullif({nearest[0]}, 0)) * {nearest[0]})")


def _bounded(least_or_greatest: str) -> Callable[[Compiler, Call], Value]:
    """Return a bound that leaves a missing value missing, where SQL's own takes the other argument."""
    pattern = f"{least_or_greatest}({{0}}, {{1}})"
    return _guarded(pattern, "{0} IS NOT NULL AND {1} IS NOT NULL")


NUMBER_FUNCTIONS: Final[dict[str, Callable[[Compiler, Call], Value]]] = {
    "if": _if,
    "abs": _each("abs({0})"),
    "floor": _each("floor({0})"),
    "ceil": _each("ceil({0})"),
    "round": _round,
    "mod": _each("({0} - nullif({1}, 0) * floor({0} / nullif({1}, 0)))"),
    "pow": _each("pow({0}, {1})"),
    "sqrt": _guarded("sqrt({0})", "{0} >= 0"),
    "exp": _each("exp({0})"),
    "ln": _guarded("ln({0})", "{0} > 0"),
    "log2": _guarded("log2({0})", "{0} > 0"),
    "log10": _guarded("log10({0})", "{0} > 0"),
    "log": _guarded("(ln({0}) / ln({1}))", "{0} > 0 AND {1} > 0 AND {1} != 1"),
    "clamp_min": _bounded("greatest"),
    "clamp_max": _bounded("least"),
}
