"""Writes a catalogue's stacks down as plain JSON: run by path, on trees whose vocabulary may be older than this file.

    python -I -S -B dumper.py '{"tree": ..., "paths": [...], "target": "module:attribute", "answer": ..., "seconds": 9}'

The standard library alone is imported, and nothing of this repository but the catalogue that is asked for. The answer,
a file, holds `files` and `stacks`, or a `fault` where the catalogue cannot be read. Each stack has its `content`, in
which a spec is an object of its fields with its class under "", and its `places`: a file's number and a line for each
spec, in the order the content is read. Places stand apart so that two contents are equal when their specs are.
"""

from __future__ import annotations

import importlib
import inspect
import json
import signal
import sys
import traceback
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args

VERSION = 1
CLASS, ENUMERATION, TABLE, UNKNOWN = "", "=", "#", "?"


class Unreadable(Exception):
    """The catalogue answers with something else than stacks, or is not the tree's own."""


class Writer:
    """Turns specs into JSON's own types; `files` are the files that they were declared in."""

    def __init__(self, tree: str) -> None:
        self._tree = f"{tree}/"
        self._numbers: dict[str, int] = {}
        self._enumerations: dict[Any, dict[str, Any]] = {}
        self._fields: dict[type, tuple[str, ...]] = {}
        self.places: list[int] = []

    @property
    def files(self) -> list[str]:
        """The files, relative to the tree, by the numbers that places name them by."""
        return list(self._numbers)

    def stack(self, stack: Any) -> dict[str, Any]:
        """Return one stack's content and places."""
        self.places = []
        return {"content": self.written(stack), "places": self.places}

    def written(self, value: Any) -> Any:
        """Return a value of a spec as JSON's own types."""
        kind = type(value)
        if value is None or kind is str or kind is int or kind is float or kind is bool:
            return value
        fields = self._fields.get(kind)
        if fields is not None:
            return self._spec(kind, fields, value)
        if isinstance(value, Enum):
            return self._enumerated(value)
        if isinstance(value, (tuple, list)):
            return [self.written(part) for part in value]
        if isinstance(value, dict):
            return {TABLE: [[self.written(name), self.written(part)] for name, part in value.items()]}
        if hasattr(kind, "model_fields"):
            self._fields[kind] = fields = tuple(kind.model_fields)
            return self._spec(kind, fields, value)
        return {UNKNOWN: [kind.__name__, str(value)]}

    def _spec(self, kind: type, fields: tuple[str, ...], value: Any) -> dict[str, Any]:
        held = value.__dict__
        place = held.get("declared_at")
        self.places += (0, 0) if place is None else (self._number(place.file), place.line)
        written = {CLASS: kind.__name__}
        for name in fields:
            if name in held:
                written[name] = self.written(held[name])
        return written

    def _enumerated(self, value: Enum) -> dict[str, Any]:
        known = self._enumerations.get(value)
        if known is None:
            known = self._enumerations[value] = {ENUMERATION: [type(value).__name__, self.written(value.value)]}
        return known

    def _number(self, file: str) -> int:
        return self._numbers.setdefault(file.removeprefix(self._tree), len(self._numbers))


def main(request: dict[str, Any]) -> None:
    """Answer a request into its file."""
    # The default action of the signal ends the process, whatever the catalogue hangs in and whether a parent is left.
    signal.alarm(request["seconds"])
    answer = Path(request["answer"])
    sys.path[:0] = request["paths"]
    sys.stdout = sys.stderr  # what a catalogue prints is no part of the answer
    try:
        written = dumped(request["tree"], request["target"])
    except BaseException as fault:
        written = {"fault": told(request["tree"], fault)}
    answer.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")


def dumped(tree: str, target: str) -> dict[str, Any]:
    """Return every stack of a catalogue, written down."""
    module_name, _, attribute = target.partition(":")
    module = importlib.import_module(module_name)
    if not hasattr(module, attribute):
        raise Unreadable(f"the module {module_name} has no {attribute!r}")
    stacks = list(stacks_of(getattr(module, attribute), target))
    for name, one in sorted(sys.modules.items()):
        of_tree = Path(tree, *name.split(".")[:1]).is_dir() or Path(tree, f"{name}.py").is_file()
        file = getattr(one, "__file__", None)
        if of_tree and file is not None and not file.startswith(f"{tree}/"):
            raise Unreadable(f"{name} was imported from {file}, not from the revision")
    writer = Writer(tree)
    written = [writer.stack(stack) for stack in stacks]
    return {"version": VERSION, "files": writer.files, "stacks": written}


def stacks_of(value: Any, target: str) -> Iterator[Any]:
    """Yield the stacks that an attribute is, holds or returns; `lookout check` reads catalogues in the same way."""
    if callable(value) and not isinstance(value, type):
        values = [value(name) for name in stack_names()] if inspect.signature(value).parameters else [value()]
    else:
        values = [value]
    for one in values:
        several = one if isinstance(one, (list, tuple)) else [one]
        strange = next((part for part in several if type(part).__name__ != "Stack"), None)
        if strange is not None:
            raise Unreadable(f"{target} is or returns a {type(strange).__name__}, not a Stack")
        yield from several


def stack_names() -> tuple[str, ...]:
    """Return the names that a stack of the tree's vocabulary can have."""
    return get_args(importlib.import_module("monitors.spec").Stack.model_fields["name"].annotation)


def told(tree: str, fault: BaseException) -> dict[str, Any]:
    """Return what a fault says, and the innermost line of the tree's that led to it."""
    text = fault.msg if isinstance(fault, SyntaxError) else str(fault)
    kinds = [one.__name__ for one in type(fault).__mro__]
    if isinstance(fault, SyntaxError):
        file, line = fault.filename or "", fault.lineno or 0
    else:
        file, line = where(tree, fault)
    return {
        "kind": kinds[0],
        "refused": "SpecError" in kinds,
        "text": text.replace(f"{Path(tree).name}/", ""),  # how the vocabulary shortens files at the top of the tree
        "missing": getattr(fault, "name", None) if isinstance(fault, ModuleNotFoundError) else None,
        "file": file.removeprefix(f"{tree}/"),
        "line": line,
    }


def where(tree: str, fault: BaseException) -> tuple[str, int]:
    """Return the author's line; the vocabulary, which only refuses what an author wrote, is passed over."""
    frames = [
        (one.filename, one.lineno or 0)
        for one in traceback.extract_tb(fault.__traceback__)
        if one.filename.startswith(f"{tree}/")
    ]
    authors = [one for one in frames if not one[0].startswith(f"{tree}/monitors/spec/")]
    return (authors or frames or [("", 0)])[-1]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
