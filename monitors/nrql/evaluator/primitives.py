"""What aggregates are made of.

Four primitives can be added up: a window's value follows from those of its parts, so that overlapping windows are
computed from partial results. An aggregate that asks for anything else is computed from a window's rows.
"""

from __future__ import annotations

from typing import Final, Literal, Protocol

Part = Literal["count", "sum", "min", "max"]


class NotDecomposable(Exception):
    """An aggregate needs all rows of a window at once."""


class Primitives(Protocol):
    """Gives SQL of results over the rows of a group; `where` is SQL that leaves rows out, None where none are."""

    def count(self, present: str | None, where: str | None) -> str:
        """Return how many rows meet both conditions."""

    def number(self, part: Literal["sum", "min", "max"], number: str, where: str | None) -> str:
        """Return the sum, least or greatest number, NULL where there is none."""

    def whole(self, aggregate: str, where: str | None) -> str:
        """Return any other SQL aggregate."""


class InOneGo:
    """Computes every aggregate from the rows, in SQL."""

    def count(self, present: str | None, where: str | None) -> str:
        return self.whole("count(*)", both(present, where))

    def number(self, part: Literal["sum", "min", "max"], number: str, where: str | None) -> str:
        return self.whole(f"{part}({number})", where)

    def whole(self, aggregate: str, where: str | None) -> str:
        return f"({aggregate} FILTER (WHERE {where}))" if where else aggregate


class ByParts:
    """Collects the parts that results are made of; `inputs` is SQL of each part's value in a row.

    The results refer to parts by the columns `p0`, `p1` and so on of a table of windows.
    """

    def __init__(self) -> None:
        self.inputs: dict[tuple[Part, str], str] = {}

    def count(self, present: str | None, where: str | None) -> str:
        condition = both(present, where)
        return self._part("count", f"(CASE WHEN {condition} THEN 1 ELSE 0 END)" if condition else "1")

    def number(self, part: Literal["sum", "min", "max"], number: str, where: str | None) -> str:
        value = f"CASE WHEN {where} THEN {number} END" if where else number
        if part != "sum":
            return f"nullif({self._part(part, f'coalesce({value}, {NAN})')}, {NAN})"
        # A sum of nothing is NULL, as SQL has it; what New Relic makes of that is the aggregate's business.
        present = self.count(f"({number}) IS NOT NULL", where)
        return f"(CASE WHEN {present} > 0 THEN {self._part('sum', f'coalesce({value}, 0)')} END)"

    def whole(self, aggregate: str, where: str | None) -> str:
        raise NotDecomposable(aggregate)

    def _part(self, part: Part, value: str) -> str:
        return self.inputs.setdefault((part, value), f"p{len(self.inputs)}")


NAN: Final = "'nan'::DOUBLE"


def both(first: str | None, second: str | None) -> str | None:
    """Return SQL of two conditions at once, None where there is none."""
    if first and second:
        return f"({first}) AND ({second})"
    return first or second
