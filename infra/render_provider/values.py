"""Translates between the engine's property values and plain Python.

Plain values are JSON: None, bool, int, float, str, list, dict. Two things JSON lacks: a value not known before the
engine has applied something else is `UNKNOWN`, and a value that must be encrypted in the state is marked by `secret`
when it goes back to the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi.provider.experimental.property_value import Computed, PropertyValue
from pulumi.runtime.rpc import UNKNOWN as UNKNOWN_ON_THE_WIRE


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()


class Secret:
    """A value to be encrypted in the state; its repr hides it."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "Secret(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.value == self.value

    def __hash__(self) -> int:
        return hash(repr(self.value))


def plain(value: PropertyValue) -> Any:
    """The value without its secret marks and dependencies; whole numbers as int, nulls inside maps left out."""
    inner = value.value
    if inner is None or isinstance(inner, bool):
        return inner
    if isinstance(inner, str):
        return UNKNOWN if inner == UNKNOWN_ON_THE_WIRE else inner
    if isinstance(inner, float):
        return int(inner) if inner.is_integer() else inner
    if isinstance(inner, Mapping):
        return {key: found for key, item in inner.items() if (found := plain(item)) is not None}
    if isinstance(inner, (list, tuple)):
        return [plain(item) for item in inner]
    # An asset or a resource reference stays itself, for the check to refuse it by name.
    return UNKNOWN if isinstance(inner, Computed) else inner


def plain_map(values: Mapping[str, PropertyValue]) -> dict[str, Any]:
    """Every property as a plain value; properties set to null count as absent."""
    return {key: found for key, value in values.items() if (found := plain(value)) is not None}


def property_value(value: Any) -> PropertyValue:
    """The engine's form of a plain value, of `UNKNOWN` or of a `Secret`."""
    if isinstance(value, Secret):
        return property_value(value.value).with_secret(True)
    if value is UNKNOWN:
        return PropertyValue(UNKNOWN_ON_THE_WIRE)
    if isinstance(value, int) and not isinstance(value, bool):
        return PropertyValue(float(value))
    if isinstance(value, Mapping):
        return PropertyValue({key: property_value(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return PropertyValue([property_value(item) for item in value])
    return PropertyValue(value)


def property_map(values: Mapping[str, Any]) -> dict[str, PropertyValue]:
    """The engine's form of a whole property map."""
    return {key: property_value(value) for key, value in values.items() if value is not None}


def has_unknown(value: Any) -> bool:
    """Whether the value, or anything inside it, is not known yet."""
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in value)
    return value is UNKNOWN


def texts(value: Any) -> Iterator[str]:
    """Every text inside a plain value or a `Secret`."""
    if isinstance(value, Secret):
        yield from texts(value.value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
