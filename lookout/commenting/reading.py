"""A diff from its JSON document: as data, so that what a stranger's branch wrote is escaped by our own code."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from lookout.errors import CouldNotRun
from monitors.review.changes import Area, Change, Danger, Diff, Effect, Fact, Operation, ResourceChange
from monitors.review.formats.document import VERSION
from monitors.spec.places import Place

T = TypeVar("T")

MOST_BYTES: Final = 50_000_000


def read_diff(path: Path) -> Diff:
    """Return the diff that `lookout diff --format json` wrote. Raises `CouldNotRun` for anything else."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CouldNotRun(f"{path} is larger than {MOST_BYTES // 1_000_000} MB.", "It is not read.")
        return _diff(json.loads(path.read_text(encoding="utf-8")))
    except OSError as fault:
        raise CouldNotRun(f"{path} cannot be read: {fault.strerror}.", "Did `lookout diff` run?") from fault
    except (KeyError, TypeError, ValueError, RecursionError) as fault:
        raise CouldNotRun(
            f"{path} is not what `lookout diff --format json` writes: {str(fault)[:200] or type(fault).__name__}.",
            "Write it with the version of this branch.",
        ) from fault


def _diff(one: Any) -> Diff:
    if one["version"] != VERSION:
        raise ValueError(f"version {one['version']!r} is not {VERSION}")
    return Diff(
        before=_text(one["before"]),
        after=_text(one["after"]),
        changes=_each(one["changes"], _change),
        resources=_each(one["resources"], _resource),
        notes=_each(one["notes"], _text),
        stacks=_each(one["stacks"], _text),
        source=_text(one["source"]),
    )


def _change(one: Any) -> Change:
    return Change(
        subject=_text(one["subject"]),
        title=_text(one["title"]),
        area=Area(one["area"]),
        operation=Operation(one["operation"]),
        danger=Danger[_text(one["danger"]).upper()],
        headline=_text(one["headline"]),
        facts=_each(one["facts"], _fact),
        fields=_each(one["fields"], _text),
        former=_optional(one["former"], _text),
        place=_optional(one["place"], _place),
        environments=_each(one["stacks"], _text),
    )


def _fact(one: Any) -> Fact:
    return Fact(
        topic=_text(one["topic"]),
        text=_text(one["text"]),
        before=_optional(one["before"], _text),
        after=_optional(one["after"], _text),
        field=_optional(one["field"], _text),
    )


def _resource(one: Any) -> ResourceChange:
    return ResourceChange(
        type=_text(one["type"]),
        name=_text(one["name"]),
        effect=Effect(one["effect"]),
        because=_each(one["because"], _text),
        loses=_optional(one["loses"], _text) or "",
        environments=_each(one["stacks"], _text),
    )


def _place(one: Any) -> Place:
    line = one["line"]
    if not isinstance(line, int):
        raise TypeError(f"line {line!r} is no number")
    return Place(_text(one["file"]), line)


def _text(one: Any) -> str:
    if not isinstance(one, str):
        raise TypeError(f"{str(one)[:50]!r} is no text")
    return one


def _optional(one: Any, read: Callable[[Any], T]) -> T | None:
    return None if one is None else read(one)


def _each(many: Any, read: Callable[[Any], T]) -> tuple[T, ...]:
    if not isinstance(many, list) or isinstance(many, Mapping):
        raise TypeError(f"{str(many)[:50]!r} is no list")
    return tuple(map(read, many))
