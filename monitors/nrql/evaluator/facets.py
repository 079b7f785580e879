"""FACET: by what rows are grouped."""

from __future__ import annotations

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.values import Value, as_text
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Case
from monitors.nrql.tree import Facet as FacetClause

Facet = tuple[str, ...]


def facet_values(compiler: Compiler, facet: FacetClause | None) -> tuple[Value, ...]:
    """Return the parts of a facet; a row with a NULL in any of them is in no facet."""
    if facet is None:
        return ()
    if facet.cases:
        return (_cases(compiler, facet),)
    return tuple(compiler.value(one.expression) for one in facet.by)


def _cases(compiler: Compiler, facet: FacetClause) -> Value:
    """Return the label of the first case that a row meets, else what stands after OR."""
    whens = " ".join(
        f"WHEN {compiler.condition(case.condition)} THEN {quoting.text(case_label(case))}" for case in facet.cases
    )
    otherwise = f" ELSE {as_text(compiler.value(facet.otherwise.expression))}" if facet.otherwise else ""
    return Value(text=f"(CASE {whens}{otherwise} END)")


def case_label(case: Case) -> str:
    """Return the name of a case: its label, else its condition as text."""
    return case.alias if case.alias is not None else to_text(case.condition)
