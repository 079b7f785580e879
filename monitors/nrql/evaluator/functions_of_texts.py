"""Row functions of texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from monitors.nrql.evaluator.arguments import positional
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.values import Value
from monitors.nrql.tree import Call


def _lower(compiler: Compiler, call: Call) -> Value:
    return Value(text=f"lower({compiler.text(positional(call)[0])})")


def _upper(compiler: Compiler, call: Call) -> Value:
    return Value(text=f"upper({compiler.text(positional(call)[0])})")


TEXT_FUNCTIONS: Final[dict[str, Callable[[Compiler, Call], Value]]] = {"lower": _lower, "upper": _upper}
