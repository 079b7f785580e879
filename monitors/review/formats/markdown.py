"""A diff as one comment on a pull request: the most dangerous first, short enough for GitHub, plain on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.review.changes import Change, Danger, Diff, by_weight
from monitors.review.formats.escaping import code, escaped, plain
from monitors.review.formats.words import (
    MEANINGS,
    TITLES,
    Heavy,
    by_area,
    by_danger,
    counts,
    environments,
    heavy,
    is_shared,
    verdict,
)
from monitors.words import counted, listed

MARKER: Final = "<!-- lookout-diff -->"
"""The first line, which GitHub does not show, and by which the comment is found again."""

# GitHub's own message says 65,536 characters ("Body is too long (maximum is 65536 characters)"); 262,144 bytes have
# been measured to be taken (github.com/dead-claudia/github-limits, pull request 13). Counted in bytes, the smaller of
# both figures holds under either reading.
MOST_BYTES: Final = 65_536

_MOST_CHANGE_BYTES: Final = 6_000  # a change that is longer tells its first facts here and all of them in the artifact
_MOST_TEXT_CHARACTERS: Final = 1_500
_MOST_RESOURCES: Final = 15
_MOST_NOTES: Final = 10
_NOTHING: Final = "(no text)"  # an item of a list with nothing in it would underline the line above as a heading
_HARMLESS_END: Final = "\n\n</details>"


def comment(diff: Diff, *, run: str = "") -> str:
    """Return the comment, the same for equal diffs; what it has no room for, the least dangerous, is counted in it.

    Its first line is `MARKER`, which stands nowhere else in it. `run` is the address of what keeps the whole page, as
    an artifact; it is linked as it is.
    """
    head = "\n".join(_head(diff))
    tail = "\n".join(_tail(diff, run))
    room = MOST_BYTES - _bytes(head) - _bytes(tail) - _bytes(_left_out(diff.changes)) - _bytes(_HARMLESS_END) - 8
    body, left = _body(diff, room)
    return "\n".join(filter(None, (head, body, _left_out(left), tail))) + "\n"


def _head(diff: Diff) -> Iterator[str]:
    first, second = verdict(diff)
    yield MARKER
    yield f"**{escaped(first)}**"
    yield f"{escaped(second)}"


def _body(diff: Diff, room: int) -> tuple[str, list[Change]]:
    """Return the changes there is room for, and the rest. Nothing follows a change that had no room."""
    lines: list[str] = []
    stacks = None if is_shared(diff) else diff.stacks
    told = 0
    ordered = by_weight(diff.changes)
    for danger, of_danger in by_danger(diff.changes):
        opening: list[str] = _opening(danger, of_danger)
        for area, changes in by_area(of_danger):
            opening += ["", f"**{escaped(area.capitalize())}**", ""]
            for one in changes:
                block = [*opening, *_change(one, stacks)]
                room -= _bytes("\n".join(block)) + 1
                if room < 0:
                    return _closed(lines), ordered[told:]
                lines += block
                opening = []
                told += 1
    return _closed(lines), []


def _opening(danger: Danger, changes: Sequence[Change]) -> list[str]:
    if danger is Danger.HARMLESS:
        return ["", f"<details><summary>{counted(len(changes), 'harmless change')}</summary>"]
    return ["", f"### {TITLES[danger]}", "", f"<sub>{MEANINGS[danger]}</sub>"]


def _closed(lines: Sequence[str]) -> str:
    is_open = any(line.startswith("<details>") for line in lines)
    return "\n".join(lines) + (_HARMLESS_END if is_open else "")


def _change(one: Change, stacks: Sequence[str] | None) -> list[str]:
    """Return a change as an item of a list: its headline, where it is declared, and its facts below.

    Where it holds is told against `stacks`, and where they are None, not at all.
    """
    lines = [f"- **{_text(one.headline or one.subject)}**{_where(one, stacks)}"]
    size = _bytes(lines[0])
    for told, fact in enumerate(one.further):
        line = f"  - {_text(fact.text)}"
        size += _bytes(line) + 1
        if size > _MOST_CHANGE_BYTES:
            return [*lines, f"  - {counted(len(one.further) - told, 'more fact')}: see the artifact."]
        lines.append(line)
    return lines


def _where(one: Change, stacks: Sequence[str] | None) -> str:
    parts = [escaped(environments(one.environments, stacks))] if stacks is not None and one.environments else []
    if one.place is not None:
        parts.append(code(f"{_cut(one.place.path)}:{one.place.line}"))
    return f" <br>{' '.join(parts)}" if parts else ""


def _tail(diff: Diff, run: str) -> Iterator[str]:
    resources = heavy(diff)
    if resources:
        yield ""
        yield "### What Pulumi replaces or deletes"
        yield ""
        yield from (_resource(one, diff.stacks) for one in resources[:_MOST_RESOURCES])
        if len(resources) > _MOST_RESOURCES:
            rest = sum(len(one.names) for one in resources[_MOST_RESOURCES:])
            yield f"- {counted(rest, 'more resource')}: see the artifact."
    if diff.notes:
        yield ""
        yield "### Notes"
        yield ""
        yield from (f"- {_text(note)}" for note in diff.notes[:_MOST_NOTES])
        if len(diff.notes) > _MOST_NOTES:
            yield f"- {counted(len(diff.notes) - _MOST_NOTES, 'more note')}: see the artifact."
    yield ""
    whole = f" The page with everything is an artifact of [this run]({run})." if run else ""
    sides = f"{code(_cut(diff.before, 100))} against {code(_cut(diff.after, 100))}"
    yield f"<sub>{sides}, {_text(diff.source, 100)}.{whole}</sub>"


def _resource(one: Heavy, stacks: Sequence[str]) -> str:
    names = [code(_cut(name, 100)) for name in one.shown]
    if one.left_out:
        names.append(f"{one.left_out:,} more")
    where = f", {escaped(environments(one.environments, stacks))}" if one.environments else ""
    loses = f" {_text(one.loses, 400)}" if one.loses else ""
    return f"- {_text(one.kind, 100)} {listed(names)} {_text(one.says, 300)}{where}.{loses}"


def _left_out(changes: Sequence[Change]) -> str:
    """Return how many changes the artifact alone has, empty where none."""
    if not changes:
        return ""
    verb = "is" if len(changes) == 1 else "are"
    return f"\n**{counted(len(changes), 'more change')} {verb} in the artifact**: {counts(changes)}."


def _text(text: str, most: int = _MOST_TEXT_CHARACTERS) -> str:
    return escaped(_cut(text, most)) or _NOTHING


def _cut(text: str, most: int = _MOST_TEXT_CHARACTERS) -> str:
    line = plain(text)
    return line if len(line) <= most else f"{line[:most].rstrip()}... (cut; the artifact has it whole)"


def _bytes(text: str) -> int:
    return len(text.encode())
