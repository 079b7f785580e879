"""What is evaluated and what is not, as the documentation shows it: from the tables that the evaluator itself uses."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.evaluator.aggregate_table import EVALUATED, REFUSED
from monitors.nrql.evaluator.row_functions import REFUSED_ROW_FUNCTIONS, ROW_FUNCTIONS
from monitors.nrql.functions import FUNCTIONS, Function


def functions_table() -> str:
    """Return a table of every function of the language: of rows or of groups, and whether it is evaluated."""
    lines = ["| Function | Of | Evaluated |", "|---|---|---|"]
    lines += [f"| `{one.name}` | {_of(one)} | {said} |" for one, said in _told()]
    return "\n".join(lines)


def _told() -> Iterator[tuple[Function, str]]:
    evaluated = {*EVALUATED, *ROW_FUNCTIONS}
    reasons = {**REFUSED, **REFUSED_ROW_FUNCTIONS}
    for name, function in sorted(FUNCTIONS.items()):
        yield function, "yes" if name in evaluated else f"no: {reasons.get(name, 'not written')}"


def _of(function: Function) -> str:
    return "a group" if function.kind == "aggregate" else "a row"
