"""Specs written down as JSON's own types, whatever vocabulary they are of.

The standard library alone is imported, and nothing of this package: `lookout.revisions.dumper` loads this file by its
path beside vocabularies that are older. In what is written a spec is an object of its fields, with its class under "".
Places, a file's number and a line for each spec in the order the content is read, stand apart, so that two contents are
equal when their specs are.
"""

from __future__ import annotations

import base64
import json
import zlib
from enum import Enum
from typing import Any

VERSION = 1
CLASS, ENUMERATION, TABLE, UNKNOWN = "", "=", "#", "?"


class Writer:
    """Turns specs into JSON's own types; `tree` is the folder that the files they are declared in are told from."""

    def __init__(self, tree: str) -> None:
        self._tree = f"{tree}/"
        self._numbers: dict[str, int] = {}
        self._enumerations: dict[Any, dict[str, Any]] = {}
        self._fields: dict[type, tuple[str, ...]] = {}
        self._places: list[int] = []

    def document(self, stacks: list[Any]) -> dict[str, Any]:
        """Return stacks as one document."""
        written = [self._stack(stack) for stack in stacks]
        return {"version": VERSION, "files": list(self._numbers), "stacks": written}

    def _stack(self, stack: Any) -> dict[str, Any]:
        self._places = []
        return {"content": self._value(stack), "places": self._places}

    def _value(self, value: Any) -> Any:
        kind = type(value)
        if value is None or kind is str or kind is int or kind is float or kind is bool:
            return value
        fields = self._fields.get(kind)
        if fields is not None:
            return self._spec(kind, fields, value)
        if isinstance(value, Enum):
            return self._enumerated(value)
        if isinstance(value, (tuple, list)):
            return [self._value(part) for part in value]
        if isinstance(value, dict):
            return {TABLE: [[self._value(name), self._value(part)] for name, part in value.items()]}
        if hasattr(kind, "model_fields"):
            self._fields[kind] = fields = tuple(kind.model_fields)
            return self._spec(kind, fields, value)
        return {UNKNOWN: [kind.__name__, str(value)]}

    def _spec(self, kind: type, fields: tuple[str, ...], value: Any) -> dict[str, Any]:
        held = value.__dict__
        place = held.get("declared_at")
        self._places += (0, 0) if place is None else (self._number(place.file), place.line)
        written = {CLASS: kind.__name__}
        for name in fields:
            if name in held:
                written[name] = self._value(held[name])
        return written

    def _enumerated(self, value: Enum) -> dict[str, Any]:
        known = self._enumerations.get(value)
        if known is None:
            known = self._enumerations[value] = {ENUMERATION: [type(value).__name__, self._value(value.value)]}
        return known

    def _number(self, file: str) -> int:
        return self._numbers.setdefault(file.removeprefix(self._tree), len(self._numbers))


def packed(stack: Any) -> str:
    """Return one stack as a short text without places: equal stacks give the same, wherever they are declared."""
    (written,) = Writer("").document([stack])["stacks"]
    document = {"version": VERSION, "files": [], "stacks": [{"content": written["content"], "places": []}]}
    return base64.b85encode(zlib.compress(json.dumps(document, separators=(",", ":")).encode(), 9)).decode()


def unpacked(text: str) -> dict[str, Any]:
    """Return the document of a text that `packed` made. Raises `ValueError` for any other text."""
    try:
        document = json.loads(zlib.decompress(base64.b85decode(text)))
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ValueError("it is not of this version")
    return document
