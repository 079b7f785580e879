"""Checks what a program declares against a resource's schema, before anything is sent to Render."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from infra.render_provider.properties import Property, ResourceSchema
from infra.render_provider.values import UNKNOWN


def with_defaults(properties: Mapping[str, Property], declared: Mapping[str, Any]) -> dict[str, Any]:
    """The declared values with the schema's defaults for what was left out, inside objects too."""
    completed = {name: _complete(properties[name], value) for name, value in declared.items() if name in properties}
    defaults = {
        name: spec.default
        for name, spec in properties.items()
        if name not in declared and spec.default is not None and not spec.required
    }
    return completed | defaults


def problems(schema: ResourceSchema, declared: Mapping[str, Any]) -> list[str]:
    """What is wrong with the declared values, one sentence each; values of secret properties are never quoted."""
    return list(_object_problems("", schema.inputs, declared, schema.type_name))


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?` when a known word is close, else nothing."""
    close = difflib.get_close_matches(wrong, list(known), n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def _complete(spec: Property, value: Any) -> Any:
    if spec.kind == "object" and isinstance(value, Mapping):
        return with_defaults(spec.fields, value) | _unknown_fields(spec, value)
    if spec.kind == "objects" and isinstance(value, list):
        return [
            with_defaults(spec.fields, item) | _unknown_fields(spec, item) if isinstance(item, Mapping) else item
            for item in value
        ]
    return value


def _unknown_fields(spec: Property, value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if name not in spec.fields}


def _object_problems(
    path: str, properties: Mapping[str, Property], declared: Mapping[str, Any], owner: str
) -> Iterator[str]:
    for name in declared:
        if name not in properties:
            known = f" ({', '.join(properties)})" if path else ""
            yield f'property "{path}{name}" is not one of {owner}{known}{suggestion(name, properties)}'
    for name, spec in properties.items():
        if name in declared:
            yield from _value_problems(f"{path}{name}", spec, declared[name])
        elif spec.required:
            yield f'property "{path}{name}" is required: {spec.description}'


def _value_problems(path: str, spec: Property, value: Any) -> Iterator[str]:
    if value is UNKNOWN:
        return
    if not _fits(spec, value):
        yield f'property "{path}" must be {_KIND_NAMES[spec.kind]}, not {_kind_of(value)}'
        return
    if spec.kind == "object":
        yield from _object_problems(f"{path}.", spec.fields, value, path)
    elif spec.kind == "objects":
        for position, item in enumerate(value):
            if item is not UNKNOWN:
                yield from _object_problems(f"{path}[{position}].", spec.fields, item, path)
    elif spec.kind == "texts":
        yield from _texts_problems(path, value)
    else:
        yield from _scalar_problems(path, spec, value)


def _texts_problems(path: str, value: Mapping[str, Any]) -> Iterator[str]:
    for key, item in value.items():
        if not key.strip():
            yield f'property "{path}" has an entry without a name'
        if item is not UNKNOWN and not isinstance(item, str):
            yield f'property "{path}.{key}" must be text, not {_kind_of(item)}; write the value in quotes'


def _scalar_problems(path: str, spec: Property, value: Any) -> Iterator[str]:
    if spec.choices and value not in spec.choices:
        known = ", ".join(spec.choices)
        yield f'property "{path}" value "{value}" is not one of {known}{suggestion(str(value), spec.choices)}'
    if spec.kind == "text" and spec.required and not value.strip():
        yield f'property "{path}" is empty: {spec.description}'
    if spec.kind == "integer":
        yield from _range_problems(path, spec, value)


def _range_problems(path: str, spec: Property, value: int) -> Iterator[str]:
    if spec.minimum is not None and value < spec.minimum:
        yield f'property "{path}" value {value} is below {spec.minimum}, the least there is'
    if spec.maximum is not None and value > spec.maximum:
        yield f'property "{path}" value {value} is above {spec.maximum}, the most there is'


_KIND_NAMES = {
    "text": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "texts": "a map of texts",
    "object": "an object",
    "objects": "a list of objects",
}


def _fits(spec: Property, value: Any) -> bool:
    if spec.kind == "text":
        return isinstance(value, str)
    if spec.kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if spec.kind == "boolean":
        return isinstance(value, bool)
    if spec.kind == "objects":
        return isinstance(value, list) and all(item is UNKNOWN or isinstance(item, Mapping) for item in value)
    return isinstance(value, Mapping)


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list) else type(value).__name__
