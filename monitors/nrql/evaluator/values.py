"""What an expression can be: its SQL for each kind of value.

Attributes have no declared type in New Relic: one row may hold a number where the next holds a text. A column of mixed
values is therefore kept as one column per kind, and an expression is compiled to one piece of SQL per kind; in any row
at most one of them is not NULL. A kind that cannot occur is None, so that most expressions are one piece of SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "text", "boolean"]
KINDS: tuple[Kind, ...] = ("number", "text", "boolean")


@dataclass(frozen=True, slots=True)
class Summary:
    """SQL of a metric's four fields; of a gauge or count `count` is 1 and the others are its value."""

    count: str
    sum: str
    min: str
    max: str


@dataclass(frozen=True, slots=True)
class Value:
    """SQL of an expression by kind; `other` is a list or map as JSON text.

    `summary` is set where a metric is named, `members` where several values are meant, as IN takes them.
    """

    number: str | None = None
    text: str | None = None
    boolean: str | None = None
    other: str | None = None
    summary: Summary | None = None
    members: tuple[Value, ...] = ()

    def of(self, kind: Kind) -> str | None:
        """Return the SQL of one kind, None where it cannot occur."""
        found: str | None = getattr(self, kind)
        return found

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that can occur."""
        return tuple(kind for kind in KINDS if self.of(kind) is not None)

    def present(self) -> str:
        """Return SQL that is true where there is any value."""
        parts = [part for part in (self.number, self.text, self.boolean, self.other) if part is not None]
        if self.summary is not None:
            parts.append(self.summary.sum)
        return " OR ".join(f"({part}) IS NOT NULL" for part in parts) if parts else "FALSE"

    def map(self, change: Callable[[str], str]) -> Value:
        """Return a value whose every kind is changed by the same SQL."""
        number, text, boolean, other = (
            None if sql is None else change(sql) for sql in (self.number, self.text, self.boolean, self.other)
        )
        return Value(number, text, boolean, other)


NOTHING = Value()


def number_text(sql: str) -> str:
    """Return SQL that writes a number as New Relic shows it: a whole one without a point, others in full."""
    return (
        f"(CASE WHEN ({sql})::DOUBLE = trunc(({sql})::DOUBLE) AND abs(({sql})::DOUBLE) < 1e18 "
        f"THEN (({sql})::HUGEINT)::VARCHAR ELSE (({sql})::DOUBLE)::VARCHAR END)"
    )


def as_text(value: Value) -> str:
    """Return SQL that writes a value of any kind as text, NULL where there is none."""
    parts = []
    if value.text is not None:
        parts.append(f"({value.text})")
    if value.number is not None:
        parts.append(number_text(value.number))
    if value.boolean is not None:
        parts.append(f"(({value.boolean})::VARCHAR)")
    if value.other is not None:
        parts.append(f"(({value.other})::VARCHAR)")
    if not parts:
        return "NULL::VARCHAR"
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"


def first_of(parts: Sequence[Value]) -> Value:
    """Return the first value that is not null; a kind is NULL where an earlier part has a value of any kind."""
    pieces: dict[str, list[str]] = {}
    earlier: list[str] = []
    for part in parts:
        guard = " AND ".join(f"NOT ({one})" for one in earlier)
        for kind, sql in (*((kind, part.of(kind)) for kind in KINDS), ("other", part.other)):
            if sql is not None:
                pieces.setdefault(kind, []).append(f"(CASE WHEN {guard} THEN {sql} END)" if guard else sql)
        earlier.append(part.present())
    joined = {kind: f"coalesce({', '.join(sqls)})" for kind, sqls in pieces.items()}
    return Value(joined.get("number"), joined.get("text"), joined.get("boolean"), joined.get("other"))
