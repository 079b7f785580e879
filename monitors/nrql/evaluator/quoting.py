"""Names and values as SQL: the only place where text of a query or of data becomes part of a statement."""

from __future__ import annotations

from collections.abc import Iterable


def text(value: str) -> str:
    """Return a text as an SQL literal; a NUL, which a literal cannot hold, is joined in by its number."""
    if "\0" not in value:
        return "'" + value.replace("'", "''") + "'"
    return "(" + " || chr(0) || ".join(text(part) for part in value.split("\0")) + ")"


def name(value: str) -> str:
    """Return a name in double quotes."""
    return '"' + value.replace('"', '""') + '"'


def number(value: int | float) -> str:
    """Return a number as a DOUBLE literal, which is what New Relic calculates with."""
    return f"({float(value)!r}::DOUBLE)"


def texts(values: Iterable[str]) -> str:
    """Return literals with commas between them."""
    return ", ".join(map(text, values))
