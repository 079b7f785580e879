"""Translates between the engine's property values and plain JSON, keeping track of what is secret or not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi.provider.experimental.property_value import Computed, PropertyValue
from pulumi.runtime.rpc import UNKNOWN as UNKNOWN_ON_THE_WIRE

from sandbox.plugins.unknown import UNKNOWN

# Shorter texts ("true", "8080") are settings; masking them would make messages unreadable.
_SHORTEST_SECRET = 4


def plain(value: PropertyValue) -> Any:
    """The value as JSON, `UNKNOWN` inside where nothing is known; whole numbers as int, nulls in objects left out."""
    inner = value.value
    if inner is None or isinstance(inner, bool):
        return inner
    if isinstance(inner, str):
        return UNKNOWN if inner == UNKNOWN_ON_THE_WIRE else inner
    if isinstance(inner, float):
        return int(inner) if inner.is_integer() else inner
    if isinstance(inner, Mapping):
        return plain_map(inner)
    if isinstance(inner, (list, tuple)):
        return [plain(item) for item in inner]
    # An asset or a reference to a resource stays itself, for the check to refuse it.
    return UNKNOWN if isinstance(inner, Computed) else inner


def plain_map(values: Mapping[str, PropertyValue]) -> dict[str, Any]:
    """Every property as JSON; what is null counts as absent."""
    return {key: found for key, value in values.items() if (found := plain(value)) is not None}


def property_map(values: Mapping[str, Any], secret_paths: frozenset[str] = frozenset()) -> dict[str, PropertyValue]:
    """The engine's form of a property map, with the values at the exact paths marked secret."""
    return {key: _property_value(value, key, secret_paths) for key, value in values.items() if value is not None}


def _property_value(value: Any, path: str, secret_paths: frozenset[str]) -> PropertyValue:
    return PropertyValue(_inner(value, path, secret_paths), is_secret=path in secret_paths)


def _inner(value: Any, path: str, secret_paths: frozenset[str]) -> Any:
    if value is UNKNOWN:
        return UNKNOWN_ON_THE_WIRE
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, Mapping):
        return {key: _property_value(item, f"{path}.{key}", secret_paths) for key, item in value.items()}
    if isinstance(value, list):
        return [_property_value(item, f"{path}.{index}", secret_paths) for index, item in enumerate(value)]
    return value


def secret_paths(values: Mapping[str, PropertyValue]) -> frozenset[str]:
    """The exact paths of everything that is marked secret."""
    return frozenset(path for path, _ in _secrets("", values))


def secret_texts(values: Mapping[str, PropertyValue]) -> frozenset[str]:
    """Every text that is secret, of a length worth hiding."""
    return frozenset(
        text for _, value in _secrets("", values) for text in _texts(plain(value)) if len(text) >= _SHORTEST_SECRET
    )


def masked(text: str, secrets: frozenset[str]) -> str:
    """The text with every secret replaced, the longest first."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "[secret]")
    return text


def _secrets(path: str, value: Any) -> Iterator[tuple[str, PropertyValue]]:
    if isinstance(value, PropertyValue):
        if value.is_secret:
            yield path, value
            return
        value = value.value
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _secrets(f"{path}.{key}" if path else key, item)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _secrets(f"{path}.{index}", item)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
