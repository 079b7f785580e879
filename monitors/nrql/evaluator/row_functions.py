"""The row functions that are evaluated, by their names in lower case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.functions_of_lists import LIST_FUNCTIONS
from monitors.nrql.evaluator.functions_of_numbers import NUMBER_FUNCTIONS
from monitors.nrql.evaluator.functions_of_texts import TEXT_FUNCTIONS
from monitors.nrql.evaluator.functions_of_times import TIME_FUNCTIONS
from monitors.nrql.evaluator.values import Value
from monitors.nrql.tree import Call

RowFunction = Callable[[Compiler, Call], Value]
ROW_FUNCTIONS: Final[dict[str, RowFunction]] = {
    **NUMBER_FUNCTIONS,
    **TEXT_FUNCTIONS,
    **TIME_FUNCTIONS,
    **LIST_FUNCTIONS,
}
# Why a function is not evaluated, by its name in lower case.
REFUSED_ROW_FUNCTIONS: Final = {
    "accountid": "recorded rows do not say whose account they are of",
    "blob": "long texts are kept apart from recorded rows",
    "dimensions": "recorded rows do not say which of their attributes are dimensions",
}


def row_function(call: Call) -> RowFunction:
    """Return what compiles a call. Raises `NotEvaluated` where nothing does, with the reason if it is known."""
    found = ROW_FUNCTIONS.get(call.function.lower())
    if found is None:
        reason = REFUSED_ROW_FUNCTIONS.get(call.function.lower())
        raise NotEvaluated(f"{call.function}() is not evaluated{f': {reason}' if reason else ''}")
    return found
