"""Where widgets stand, before and after: those that move alike are told together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from monitors.review.changes import Danger
from monitors.review.dashboards.widgets import called
from monitors.review.findings import Finding
from monitors.spec import Place, Widget
from monitors.words import counted, listed

_NAMED: Final = 2  # so many are told by name, more by their number


def moves(pairs: Sequence[tuple[Widget, Widget]], path: str, where: str) -> Iterator[Finding]:
    """Yield where widgets stand now; `path` leads to the page's widgets, `where` names the page, with a space."""
    alike: dict[tuple[int, int], list[Widget]] = defaultdict(list)
    for old, new in pairs:
        down, right = new.place.row - old.place.row, new.place.column - old.place.column
        if down or right:
            alike[down, right].append(new)
        if _size(old.place) != _size(new.place):
            yield _resized(old, new, path, where)
    for (down, right), widgets in alike.items():
        yield _moved(widgets, down, right, path, where)


def at(place: Place) -> str:
    """Return a place in words."""
    return f"row {place.row}, column {place.column}"


def size(place: Place) -> str:
    """Return a size in words."""
    return f"{counted(place.width, 'column')} by {counted(place.height, 'row')}"


def _moved(widgets: Sequence[Widget], down: int, right: int, path: str, where: str) -> Finding:
    way = listed(
        f"{direction} by {counted(abs(count), thing)}"
        for count, direction, thing in (
            (down, "down" if down > 0 else "up", "row"),
            (right, "right" if right > 0 else "left", "column"),
        )
        if count
    )
    moves = "moves" if len(widgets) == 1 else "move"
    who = listed(map(called, widgets)) if len(widgets) <= _NAMED else counted(len(widgets), "widget")
    before, after = (None, None)
    if len(widgets) == 1:
        place = widgets[0].place
        before, after = f"row {place.row - down}, column {place.column - right}", at(place)
    field = f"{path}[{widgets[0].title}].place" if len(widgets) == 1 else path
    return Finding("place", f"{who}{where} {moves} {way}", Danger.HARMLESS, "", before, after, field, stands_alone=True)


def _resized(old: Widget, new: Widget, path: str, where: str) -> Finding:
    was, now = size(old.place), size(new.place)
    says = f"{called(new)}{where} takes {now}, before {was}"
    field = f"{path}[{new.title}].place"
    return Finding("size", says, Danger.HARMLESS, "", was, now, field, stands_alone=True)


def _size(place: Place) -> tuple[int, int]:
    return place.width, place.height
