"""Holds values against the contract: types, allowed values, required and unknown fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sandbox.render.contract import Contract, Schema
from sandbox.render.refusals import shown

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}
# A message never quotes what these fields hold.
_SECRET = re.compile(r"(value|content|token|password|apikey)$", re.IGNORECASE)


def problems(contract: Contract, schema: Schema, value: Any, at: str = "") -> list[str]:
    """Every way in which the value breaks the schema, a sentence each; `at` is its place, "" for a whole body."""
    return list(_problems(contract, contract.resolve(schema), value, at))


def _problems(contract: Contract, schema: Schema, value: Any, at: str) -> Iterator[str]:
    if value is None and schema.get("nullable"):
        return
    if "allOf" in schema:
        schema = _merged(contract, schema["allOf"])
    branches = schema.get("oneOf") or schema.get("anyOf")
    if branches:
        yield from _best(contract, branches, value, at)
        return
    wanted = _type_of(schema)
    if wanted and not _is(value, wanted):
        yield f"{_named(at)} is {shown_safely(at, value)}, {_article(wanted)} is needed"
        return
    if isinstance(value, dict) and "properties" in schema:
        yield from _field_problems(contract, schema, value, at)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from problems(contract, schema.get("items", {}), item, f"{at}[{index}]")
    else:
        yield from _value_problems(schema, value, at)


def _field_problems(contract: Contract, schema: Schema, value: Mapping[str, Any], at: str) -> Iterator[str]:
    fields = schema["properties"]
    for name, inner in value.items():
        if name not in fields:
            yield f"{_named(_join(at, name))} is not known here; known are {_listed(sorted(fields))}"
        else:
            yield from problems(contract, fields[name], inner, _join(at, name))
    for name in schema.get("required", []):
        if name not in value:
            yield f"{_named(_join(at, name))} is required"


def _value_problems(schema: Schema, value: Any, at: str) -> Iterator[str]:
    told = f"{_named(at)} is {shown_safely(at, value)}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{told}; allowed are {_listed(schema['enum'])}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{told}; the least allowed is {schema['minimum']}"
    if "maximum" in schema and value > schema["maximum"]:
        yield f"{told}; the most allowed is {schema['maximum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{told}; it has to match {schema['pattern']}"
    if schema.get("format") == "date-time" and moment(value) is None:
        yield f"{told}; a time such as 2026-01-31T08:15:30Z is needed"


def _best(contract: Contract, branches: list[Schema], value: Any, at: str) -> list[str]:
    """The problems with the alternative that was most likely meant; none when the value fits any."""
    tried = [(problems(contract, branch, value, at), contract.resolve(branch)) for branch in branches]
    if any(not found for found, _ in tried):
        return []
    given = set(value) if isinstance(value, dict) else set()
    found, _ = max(tried, key=lambda one: (len(given & set(one[1].get("properties", {}))), -len(one[0])))
    return found


def _merged(contract: Contract, parts: list[Schema]) -> Schema:
    merged: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
    for part in map(contract.resolve, parts):
        merged["properties"] |= part.get("properties", {})
        merged["required"] = [*merged["required"], *part.get("required", [])]
    return merged


def _type_of(schema: Schema) -> str | None:
    if "type" in schema:
        return str(schema["type"])
    return "object" if "properties" in schema else None


def _is(value: Any, wanted: str) -> bool:
    if isinstance(value, bool):
        return wanted == "boolean"
    return isinstance(value, _TYPES[wanted])


def moment(text: str) -> datetime | None:
    """The time that an ISO 8601 text with a time zone tells, None when it tells none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def shown_safely(at: str, value: Any) -> str:
    """The value for a message; only its kind where the field can hold a secret."""
    if not _SECRET.search(at) or value is None or isinstance(value, (bool, dict, list)):
        return shown(value)
    return "a string" if isinstance(value, str) else "a number"


def _named(at: str) -> str:
    return f'field "{at}"' if at else "the body"


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _article(wanted: str) -> str:
    return f"an {wanted}" if wanted[0] in "aeiou" else f"a {wanted}"


def _listed(values: list[str]) -> str:
    return ", ".join(str(value) for value in values)
