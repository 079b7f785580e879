"""What aggregates are made of.

Four primitives can be added up: a window's value follows from those of its parts, so that overlapping windows are
computed from partial results. An aggregate that asks for anything else is computed from a window's rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Protocol


class NotDecomposable(Exception):
    """An aggregate needs all rows of a window at once."""


class Primitives(Protocol):
    """Gives SQL of results over the rows of a group; `where` is SQL that leaves rows out, None where none are."""

    def count(self, present: str | None, where: str | None) -> str:
        """Return how many rows meet both conditions."""

    def number(self, part: Literal["sum", "min", "max"], number: str, where: str | None) -> str:
        """Return the sum, least or greatest number, NULL where there is none."""

    def present(self, number: str, where: str | None) -> str:
        """Return how many rows have a number."""

    def whole(self, aggregate: str, where: str | None) -> str:
        """Return any other SQL aggregate."""


class InOneGo:
    """Computes every aggregate from the rows, in SQL."""

    def count(self, present: str | None, where: str | None) -> str:
        return self.whole("count(*)", both(present, where))

    def number(self, part: Literal["sum", "min", "max"], number: str, where: str | None) -> str:
        return self.whole(f"{part}({number})", where)

    def present(self, number: str, where: str | None) -> str:
        return self.whole(f"count({number})", where)

    def whole(self, aggregate: str, where: str | None) -> str:
        return f"({aggregate} FILTER (WHERE {where}))" if where else aggregate


@dataclass(frozen=True, slots=True)
class Part:
    """One partial result: of a column of the rows, `rows` of none: how many rows there are.

    `present` is how many rows have a value, `sum`, `min` and `max` are of those values.
    """

    operation: Literal["rows", "present", "sum", "min", "max"]
    column: str


class ByParts:
    """Collects the parts that results are made of; `columns` is SQL of each column that is needed, by its name.

    The results refer to parts by the columns `p0`, `p1` and so on of a table of windows.
    """

    def __init__(self) -> None:
        self.columns: dict[str, str] = {}
        self.parts: list[Part] = []
        self._names: dict[str, str] = {}

    def count(self, present: str | None, where: str | None) -> str:
        condition = both(present, where)
        if condition is None:
            return self._part(Part("rows", ""))
        return self._part(Part("sum", self._column(f"(CASE WHEN {condition} THEN 1 ELSE 0 END)")))

    def number(self, part: Literal["sum", "min", "max"], number: str, where: str | None) -> str:
        column = self._of(number, where)
        if part != "sum":
            return f"nullif({self._part(Part(part, column))}, {NAN})"
        # A sum of nothing is NULL, as SQL has it; what New Relic makes of that is the aggregate's business.
        present = self._part(Part("present", column))
        return f"(CASE WHEN {present} > 0 THEN {self._part(Part('sum', column))} END)"

    def present(self, number: str, where: str | None) -> str:
        return self._part(Part("present", self._of(number, where)))

    def whole(self, aggregate: str, where: str | None) -> str:
        raise NotDecomposable(aggregate)

    def _of(self, number: str, where: str | None) -> str:
        return self._column(f"(CASE WHEN {where} THEN {number} END)::DOUBLE" if where else f"({number})::DOUBLE")

    def _column(self, sql: str) -> str:
        name = self._names.setdefault(sql, f"x{len(self._names)}")
        self.columns[name] = sql
        return name

    def _part(self, part: Part) -> str:
        if part not in self.parts:
            self.parts.append(part)
        return f"p{self.parts.index(part)}"


NAN: Final = "'nan'::DOUBLE"


def both(first: str | None, second: str | None) -> str | None:
    """Return SQL of two conditions at once, None where there is none."""
    if first and second:
        return f"({first}) AND ({second})"
    return first or second
