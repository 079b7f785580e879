"""Compares a resource's state with what the program now declares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from infra.render_provider.properties import Property
from infra.render_provider.values import UNKNOWN, has_unknown

Change = Literal["add", "delete", "update"]


@dataclass(frozen=True)
class PropertyChange:
    """One changed place, as the engine's property path: `envVars.LOG_LEVEL`."""

    path: str
    name: str
    change: Change
    replaces: bool


def changes(properties: Mapping[str, Property], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[PropertyChange]:
    """Every place where the declared inputs differ from the state, in the schema's order."""
    found: list[PropertyChange] = []
    for name, spec in properties.items():
        # A default means the same whether it is written or left out.
        before, after = old.get(name, spec.default), new.get(name, spec.default)
        if after is None and spec.computed:
            continue
        for path, change in _places(name, spec, before, after):
            written = change if path != name else _change(old.get(name), new.get(name))
            found.append(PropertyChange(path, name, written, spec.immutable))
    return found


def changed_names(properties: Mapping[str, Property], old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    """The names of the changed properties."""
    return {change.name for change in changes(properties, old, new)}


def _places(path: str, spec: Property, before: Any, after: Any) -> Iterator[tuple[str, Change]]:
    if _equal(spec, before, after):
        return
    if spec.kind in {"texts", "object"} and isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            if before.get(key) != after.get(key):
                yield _join(path, key), _change(before.get(key), after.get(key))
        return
    yield path, _change(before, after)


def _change(before: Any, after: Any) -> Change:
    if before is None:
        return "add"
    return "delete" if after is None else "update"


def _equal(spec: Property, before: Any, after: Any) -> bool:
    if before is UNKNOWN or has_unknown(after):
        return False
    if spec.unordered and isinstance(before, list) and isinstance(after, list):
        return sorted(map(_canonical, before)) == sorted(map(_canonical, after))
    return bool(before == after)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if re.fullmatch(r"\w+", key) else f"{path}[{json.dumps(key)}]"
