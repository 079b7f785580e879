"""Checks what a program declares against the SDK's schema and the enumerations that the real plugins know."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sandbox.plugins.facts import Facts, holders, places
from sandbox.plugins.schema import Form, Resource, Schema
from sandbox.plugins.unknown import UNKNOWN

_NAMES = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}
_INTERNAL = ("__defaults", "__internal")


def problems(schema: Schema, resource: Resource, facts: Facts, declared: Mapping[str, Any]) -> list[str]:
    """What is wrong with the declared values, one sentence each; unknown values pass."""
    found = list(_Checking(schema).form("", resource.inputs, declared, resource.kind))
    # A rule reads values of the right types only.
    return found or [*_outside_choices(facts, declared), *facts.rule(declared)]


def converted(schema: Schema, form: Form, declared: Mapping[str, Any]) -> dict[str, Any]:
    """The declared values with the types of the schema: the real plugins take 60 for "60" and "true" for true."""
    return {
        name: _convert(schema, form.fields[name], value) if name in form.fields else value
        for name, value in declared.items()
        if name not in _INTERNAL
    }


def with_defaults(facts: Facts, declared: dict[str, Any]) -> dict[str, Any]:
    """The declared values, in place, with what the real plugin fills in."""
    for path, default in facts.defaults.items():
        for holder, name in holders(declared, path):
            holder.setdefault(name, default)
    return declared


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?` when a known word is close, else nothing."""
    close = difflib.get_close_matches(wrong, [str(word) for word in known], n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


class _Checking:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def form(self, path: str, form: Form, declared: Mapping[str, Any], owner: str) -> Iterator[str]:
        for name in declared:
            if name not in form.fields and name not in _INTERNAL:
                yield f'property "{path}{name}" is not one of {owner}{suggestion(name, form.fields)}'
        for name, kind in form.fields.items():
            if name in declared:
                yield from self._value(f"{path}{name}", kind, declared[name])
            elif name in form.required:
                yield f'property "{path}{name}" of {owner} is required and missing'

    def _value(self, path: str, kind: Any, value: Any) -> Iterator[str]:
        if value is UNKNOWN or kind == "any":
            return
        if isinstance(kind, str):
            if _scalar(kind, value) is None:
                yield f'property "{path}" must be {_NAMES[kind]}, not {_told(value)}'
        elif isinstance(kind, dict):
            yield from self._object(path, kind["type"], value)
        elif kind[0] == "list":
            yield from self._list(path, kind[1], value)
        else:
            yield from self._map(path, kind[1], value)

    def _object(self, path: str, name: str, value: Any) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f'property "{path}" must be an object, not {_told(value)}'
            return
        yield from self.form(f"{path}.", self._schema.types[name], value, name)

    def _list(self, path: str, kind: Any, value: Any) -> Iterator[str]:
        if not isinstance(value, list):
            yield f'property "{path}" must be a list, not {_told(value)}'
            return
        for index, item in enumerate(value):
            yield from self._value(f"{path}.{index}", kind, item)

    def _map(self, path: str, kind: Any, value: Any) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f'property "{path}" must be a map, not {_told(value)}'
            return
        for key, item in value.items():
            yield from self._value(f"{path}.{key}", kind, item)


def _outside_choices(facts: Facts, declared: Mapping[str, Any]) -> Iterator[str]:
    for path, choice in facts.choices.items():
        for exact, value in places(declared, path):
            if value is not UNKNOWN and not choice.has(value):
                known = ", ".join(str(one) for one in choice.values)
                close = suggestion(str(value), (str(one) for one in choice.values))
                yield f'property "{exact}" value "{value}" is not one of {known}{close}'


def _convert(schema: Schema, kind: Any, value: Any) -> Any:
    if value is UNKNOWN:
        return value
    if isinstance(kind, str):
        found = _scalar(kind, value)
        return value if found is None else found
    if isinstance(kind, dict):
        return converted(schema, schema.types[kind["type"]], value) if isinstance(value, Mapping) else value
    if kind[0] == "list":
        return [_convert(schema, kind[1], item) for item in value] if isinstance(value, list) else value
    if not isinstance(value, Mapping):
        return value
    return {key: _convert(schema, kind[1], item) for key, item in value.items()}


def _scalar(kind: str, value: Any) -> Any:
    """The value as the kind, None when it cannot be one."""
    if kind == "string":
        return _text(value)
    if kind == "boolean":
        return _boolean(value)
    if kind in ("integer", "number"):
        number = _number(value)
        return None if number is None or (kind == "integer" and not isinstance(number, int)) else number
    return value


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return value if isinstance(value, str) else None


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if _is_text(value) else None


def _number(value: Any) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    try:
        number = float(value) if _is_text(value) else math.nan
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list) else type(value).__name__
