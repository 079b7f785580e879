"""What a field of today's vocabulary can hold, and the least of it: for values that no rule has looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel

from monitors.spec import Spec
from monitors.spec.values import FrozenDict

_NUMBERS: Final = (int, float)


@dataclass(frozen=True, slots=True)
class Shape:
    """The types a value can be of, and those of its parts where it is a tuple; None where anything will do."""

    kinds: frozenset[type] | None
    parts: Shape | None = None

    def fits(self, value: Any) -> bool:
        """Say whether a value could stand here, as far as its type and its parts' types tell."""
        if self.kinds is not None and type(value) not in self.kinds:
            return False
        parts = self.parts
        return parts is None or not isinstance(value, tuple) or all(parts.fits(part) for part in value)


@cache
def kinds_of_specs() -> Mapping[str, type[Spec]]:
    """Return every kind of spec by the name of its class."""
    return {kind.__name__: kind for kind in _below(Spec)}


@cache
def enumerations() -> Mapping[str, type[Enum]]:
    """Return every enumeration that some spec's field can hold, by the name of its class."""
    held = (one for kind in kinds_of_specs().values() for field in _fields(kind) for one in _everything_in(field))
    return {one.__name__: one for one in held if isinstance(one, type) and issubclass(one, Enum)}


@cache
def shapes_of(kind: type[Spec]) -> Mapping[str, Shape]:
    """Return the shape of each field of a kind of spec."""
    return {name: _shape(info.annotation) for name, info in kind.model_fields.items()}


def least(annotation: Any) -> Any:
    """Return the plainest value of a type: it stands where a revision says nothing and today's vocabulary must."""
    choices = list(_leaves(annotation))
    if type(None) in choices:
        return None
    first = next(iter(choices))
    if get_origin(first) is Literal:
        return get_args(first)[0]
    if get_origin(first) is tuple or first is tuple:
        return ()
    if get_origin(first) is dict or first is dict:
        return FrozenDict()
    if isinstance(first, type) and issubclass(first, Enum):
        return next(iter(first))
    if isinstance(first, type) and issubclass(first, BaseModel):
        return built(first, {name: least(info.annotation) for name, info in first.model_fields.items()})
    return first() if first in (str, bool, *_NUMBERS) else None


def built(kind: type[BaseModel], fields: dict[str, Any], **beside: Any) -> Any:
    """Return a spec with these fields, every one of them, without looking at what they are."""
    spec = kind.__new__(kind)
    # What differs between equal specs comes first: pydantic's comparison then need not walk all fields to find out.
    object.__setattr__(spec, "__dict__", {**beside, **fields})
    object.__setattr__(spec, "__pydantic_fields_set__", set(fields))
    object.__setattr__(spec, "__pydantic_extra__", None)
    object.__setattr__(spec, "__pydantic_private__", None)
    return spec


def _below(kind: type[Spec]) -> Iterator[type[Spec]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _fields(kind: type[Spec]) -> Iterator[Any]:
    return (info.annotation for info in kind.model_fields.values())


def _everything_in(annotation: Any) -> Iterator[Any]:
    """Yield the types that make up a type, such as those of a tuple's items."""
    yield annotation
    for part in get_args(annotation):
        yield from _everything_in(part)


def _leaves(annotation: Any) -> Iterator[Any]:
    """Yield the alternatives of a union, each without what is annotated to it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif origin is None or origin in (tuple, dict, list, Literal):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _leaves(part)


def _shape(annotation: Any) -> Shape:
    kinds: set[type] = set()
    parts: list[Shape] = []
    for one in _leaves(annotation):
        origin = get_origin(one) or one
        if origin is Literal:
            kinds |= {type(choice) for choice in get_args(one)}
        elif origin is tuple:
            kinds.add(tuple)
            parts += [_shape(part) for part in get_args(one) if part is not ...]
        elif origin is dict:
            kinds.add(FrozenDict)
        elif origin is float:
            kinds |= {int, float}
        elif isinstance(origin, type):
            kinds |= {origin, *origin.__subclasses__()}
        else:
            return Shape(None)
    return Shape(frozenset(kinds), parts[0] if len(parts) == 1 else None)
