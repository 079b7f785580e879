"""Values on their way out of the database: one column for each kind that they can have."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from monitors.nrql.evaluator.results import Cell
from monitors.nrql.evaluator.values import Value


class Columns:
    """The columns of some values, and how their rows are read back."""

    def __init__(self, values: Sequence[Value]) -> None:
        self._kinds = [(*value.kinds, *(("other",) if value.other is not None else ())) for value in values]
        self._sql = [
            f"({value.other if kind == 'other' else value.of(kind)})"
            for value, kinds in zip(values, self._kinds, strict=True)
            for kind in kinds
        ]

    def sql(self) -> list[str]:
        """Return the SQL of every column."""
        return self._sql

    def cells(self, row: Sequence[object]) -> tuple[Cell, ...]:
        """Return the values of a row of these columns."""
        parts = iter(row)
        return tuple(_cell(parts, kinds) for kinds in self._kinds)


def _cell(parts: Iterator[object], kinds: Sequence[str]) -> Cell:
    found: Cell = None
    for kind in kinds:
        part = next(parts)
        if part is None:
            continue
        if kind == "other":
            found = json.loads(str(part), parse_float=_finite)
        elif kind == "number":
            found = _finite(part)
        else:
            found = part if isinstance(part, bool) else str(part)
    return found


def _finite(number: Any) -> float | None:
    """Return a number, None for one that no JSON can hold."""
    found = float(number)
    return found if math.isfinite(found) else None
