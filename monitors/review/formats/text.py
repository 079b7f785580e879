"""A diff as text for a terminal or a file: the most dangerous first, grouped, one indent for what belongs to what."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import Final, Literal

from monitors.review.changes import Change, Danger, Diff, Effect
from monitors.review.formats.escaping import plain
from monitors.review.formats.words import (
    MEANINGS,
    TITLES,
    Heavy,
    by_area,
    by_danger,
    environments,
    heavy,
    verdict,
)
from monitors.words import counted, listed

Style = Literal["dangerous", "careful", "small", "harmless", "strong", "aside"]
Paint = Callable[[str, Style], str]

_STYLES: Final[dict[Danger, Style]] = {
    Danger.HIGH: "dangerous",
    Danger.MEDIUM: "careful",
    Danger.LOW: "small",
    Danger.HARMLESS: "harmless",
}
_LEAST_WIDTH: Final = 40
_AREA, _HEADLINE, _FACT = "  ", "    ", "      - "


def unpainted(text: str, style: Style) -> str:
    """Return a text as it is."""
    return text


def lines(diff: Diff, *, width: int | None = None, paint: Paint = unpainted) -> Iterator[str]:
    """Yield the lines; none is longer than `width` where words can be parted, and None leaves each sentence a line."""
    text = _Text(diff.stacks, width, paint)
    first, second = verdict(diff)
    yield from text.wrapped(first, "", "strong")
    yield from text.wrapped(second, "")
    yield from text.wrapped(f"{plain(diff.before)} against {plain(diff.after)}, {diff.source}.", "", "aside")
    yield from text.resources(diff)
    for danger, of_danger in by_danger(diff.changes):
        yield ""
        yield from text.wrapped(TITLES[danger], "", _STYLES[danger])
        yield from text.wrapped(MEANINGS[danger], "", "aside")
        for area, changes in by_area(of_danger):
            yield f"{_AREA}{paint(area.capitalize(), 'strong')}"
            for change in changes:
                yield from text.change(change)
    if diff.notes:
        yield ""
        yield paint("Notes", "strong")
        for note in diff.notes:
            yield from text.wrapped(note, _AREA)


class _Text:
    """Puts sentences into lines, `stacks` being those that were compared."""

    def __init__(self, stacks: tuple[str, ...], width: int | None, paint: Paint) -> None:
        self._stacks, self._paint = stacks, paint
        self._width = None if width is None else max(width, _LEAST_WIDTH)

    def change(self, change: Change) -> Iterator[str]:
        """Yield a change: its headline, where it holds and is declared, and its facts."""
        yield from self.wrapped(change.headline or change.subject, _HEADLINE, _STYLES[change.danger])
        where = [environments(change.environments, self._stacks)] if change.environments else []
        if change.place is not None:
            where.append(f"{change.place.path}:{change.place.line}")
        subject = f"{change.subject}, before {change.former}" if change.former else change.subject
        yield from self.wrapped(", ".join((subject, *where)), f"{_HEADLINE}  ", "aside")
        for fact in change.further:
            yield from self.wrapped(fact.text, _FACT)

    def resources(self, diff: Diff) -> Iterator[str]:
        """Yield what is replaced or deleted, each by its name, and how many are made or brought up to date."""
        told = heavy(diff)
        if told:
            yield ""
            yield from self.wrapped("What Pulumi replaces or deletes", "", "dangerous")
            for one in told:
                yield from self.wrapped(self._resource(one), _AREA)
        light = [
            f"{verb} {counted(count, 'resource')}"
            for effect, verb in ((Effect.CREATE, "creates"), (Effect.UPDATE, "updates"))
            if (count := sum(one.effect is effect for one in diff.resources))
        ]
        if light:
            yield from self.wrapped(f"Pulumi {' and '.join(light)}.", "")

    def wrapped(self, text: str, indent: str, style: Style | None = None) -> Iterator[str]:
        """Yield a text in lines below an indent; what follows a dash hangs under its first letter."""
        line = plain(text)
        hanging = " " * len(indent)
        parts = [line] if self._width is None else textwrap.wrap(line, self._width - len(indent)) or [""]
        for place, part in enumerate(parts):
            yield f"{hanging if place else indent}{self._paint(part, style) if style else part}"

    def _resource(self, one: Heavy) -> str:
        where = f", {environments(one.environments, self._stacks)}" if one.environments else ""
        loses = f" {one.loses}" if one.loses else ""
        names = listed((*one.shown, f"{one.left_out:,} more") if one.left_out else one.shown)
        return f"{one.kind} {names} {one.says}{where}.{loses}"
