"""A part of a query, shown to a person: the line it stands in, with carets under it."""

from __future__ import annotations

_BEFORE, _AFTER = 60, 50  # characters of a long line that are shown around the fault


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both from 1."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def pointed_at(text: str, start: int, end: int) -> list[str]:
    """Return two lines: the line of the text that holds `start`, cut to what fits, and carets up to `end` below it.

    Whatever is not printable, tabs too, is shown as one `.`, so that the carets stay in place.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    shown_from, shown_to = max(first, start - _BEFORE), min(last, start + _AFTER)
    before = "..." if shown_from > first else ""
    after = "..." if shown_to < last else ""
    shown = "".join(character if character.isprintable() else "." for character in text[shown_from:shown_to])
    carets = max(1, min(end, shown_to) - start)
    return [f"{before}{shown}{after}", f"{' ' * (len(before) + start - shown_from)}{'^' * carets}"]
