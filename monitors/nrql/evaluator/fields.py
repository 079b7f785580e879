"""Elements of lists, and fields of metrics: `attribute[index]` and `getField(attribute, index)`."""

from __future__ import annotations

from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.values import Value
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Expression


def field_of(compiler: Compiler, base: Expression, index: Expression) -> Value:
    """Return one element of a list or map."""
    raise NotEvaluated(f"{to_text(base)}[{to_text(index)}] is not evaluated")
