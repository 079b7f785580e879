"""The words of a refusal: the spec, where it is declared, every wrong field, its value and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from monitors.spec.places import here

_SHOWN_CHARACTERS = 120
_NAMES = ("name", "key", "title", "label")  # the fields that people call a spec by, the first that it has
_NEAR = 0.7  # how alike two words are, from 0 to 1, before one is taken for a slip of the other
Place = tuple[int | str, ...]


def told(spec: type[BaseModel], label: str, fields: Mapping[str, Any], error: ValidationError) -> str:
    """Return the message for all faults of a spec that was to be built from `fields`."""
    named = next((fields[one] for one in _NAMES if fields.get(one)), None)
    what = f'{label} "{_cut(repr(named)[1:-1])}"' if isinstance(named, str) and named else label
    lines = list(_lines(spec, error.errors(include_url=False)))
    head = f"{what} ({here()}):"
    return f"{head} {lines[0]}" if len(lines) == 1 else "\n  ".join([head, *lines])


def _lines(spec: type[BaseModel], errors: list[ErrorDetails]) -> Iterator[str]:
    """Yield a line for each fault; what pydantic tells once for each member of a union is told once."""
    expected: dict[Place, list[str]] = {}
    for one in errors:
        if one["type"] == "model_type":
            expected.setdefault(_place(one), []).append(one["ctx"]["class_name"])
    for one in errors:
        siblings = expected.get(one["loc"][:-1])
        if siblings is not None and one["type"] == "string_type":
            siblings.append("text")
        elif siblings is not None and one["type"] != "model_type":
            # Of the union's members this is the one that was meant: its fault is told, not all the others.
            del expected[one["loc"][:-1]]
            one["loc"] = one["loc"][:-1]
    for one in errors:
        place = _place(one)
        if one["type"] == "model_type" and place in expected:
            yield _line(spec, place, one["input"], f"{' or '.join(expected.pop(place))} is needed")
        elif one["type"] != "model_type" and not _echoes(one, errors):
            yield _told_by_pydantic(spec, one)


def _place(one: ErrorDetails) -> Place:
    """Return where a fault is, without the union's member that pydantic appends."""
    loc = one["loc"]
    member = one["type"] == "model_type" and len(loc) > 1 and one["ctx"]["class_name"] in str(loc[-1])
    return loc[:-1] if member else loc


def _echoes(one: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Say whether another fault explains this one: a wrong part makes a tuple too short, a wrong type no text."""
    others = [other for other in errors if other is not one]
    if one["type"] == "too_short":
        return any(other["loc"][: len(one["loc"])] == one["loc"] for other in others)
    return one["type"] == "string_type" and any(_place(other) == one["loc"][:-1] for other in others)


def _told_by_pydantic(spec: type[BaseModel], one: ErrorDetails) -> str:
    reason = one["msg"].removeprefix("Value error, ").rstrip(".")
    if not one["loc"]:
        return f"{reason}."
    place = ".".join(str(step) for step in one["loc"])
    if one["type"] == "missing":
        return f"field {place} is missing. {_advice(spec, one['loc'], missing=True)}".rstrip()
    if one["type"] == "extra_forbidden":
        known = f"field {place} does not exist; known are {', '.join(spec.model_fields)}."
        return f"{known} {_meant(str(one['loc'][-1]), spec.model_fields)}".rstrip()
    if one["type"] != "value_error":  # pydantic's words begin with a capital, those of our validators as they must
        reason = f"{reason[:1].lower()}{reason[1:]}".replace(" after validation", "")
    return _line(spec, one["loc"], one["input"], reason)


def _line(spec: type[BaseModel], loc: Place, value: Any, reason: str) -> str:
    info = spec.model_fields.get(str(loc[0]))
    # A field that is kept out of repr() may hold a secret.
    shown = "wrong (not shown, as it may be a secret)" if info is not None and not info.repr else _shown(value)
    meant = "" if info is None else _meant_value(info.annotation, value)
    said = (f"field {'.'.join(map(str, loc))} is {shown}: {reason}.", meant, _advice(spec, loc))
    return " ".join(part for part in said if part)


def _advice(spec: type[BaseModel], loc: Place, *, missing: bool = False) -> str:
    info = spec.model_fields.get(str(loc[0]))
    if info is None:
        return ""
    if isinstance(info.annotation, type) and issubclass(info.annotation, Enum):
        return f"Use one of {', '.join(f'{info.annotation.__name__}.{name}' for name in info.annotation.__members__)}."
    if get_origin(info.annotation) is Literal and not info.description and missing:
        return f"Use one of {', '.join(map(repr, get_args(info.annotation)))}."
    parts = _descriptions(info.annotation)
    within = next(parts, None) if len(loc) > 1 or not info.description else None
    return within or info.description or ""


def _descriptions(annotation: Any) -> Iterator[str]:
    """Yield the advice on the parts of a type, such as on the items of a tuple."""
    for part in get_args(annotation):
        if isinstance(part, FieldInfo) and part.description:
            yield part.description
        yield from _descriptions(part)


def _meant_value(annotation: Any, value: Any) -> str:
    """Return a question for the choice that a wrong one resembles: of an enumeration, or of a literal."""
    if not isinstance(value, str):
        return ""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        by_value = {str(member.value).lower(): f"{annotation.__name__}.{name}" for name, member in _members(annotation)}
        near = get_close_matches(value.lower(), by_value, n=1, cutoff=_NEAR)
        return f"Did you mean {by_value[near[0]]}?" if near else ""
    return _meant(value, _choices(annotation), quoted=True)


def _members(annotation: type[Enum]) -> Iterable[tuple[str, Enum]]:
    return annotation.__members__.items()


def _choices(annotation: Any) -> Iterator[str]:
    """Yield the texts of the literals in a type, such as those of the items of a tuple."""
    if get_origin(annotation) is Literal:
        yield from (choice for choice in get_args(annotation) if isinstance(choice, str))
    else:
        for part in get_args(annotation):
            yield from _choices(part)


def _meant(word: str, known: Iterable[str], *, quoted: bool = False) -> str:
    near = get_close_matches(word, list(known), n=1, cutoff=_NEAR)
    return f"Did you mean {near[0]!r}?" if near and quoted else f"Did you mean {near[0]}?" if near else ""


def _shown(value: Any) -> str:
    if isinstance(value, BaseModel):
        named, label = _name_of(value), getattr(type(value), "LABEL", type(value).__name__)
        return f'{label} "{named}"' if named else str(label)
    if isinstance(value, tuple) and any(isinstance(part, BaseModel) for part in value):
        return _cut(f"({', '.join(_shown_part(part) for part in value)})")
    return _cut(repr(value))


def _shown_part(value: Any) -> str:
    """Return one of several values; small specs without a name are told apart by their fields."""
    whole = repr(value)
    return whole if _name_of(value) is None and len(whole) <= _SHOWN_CHARACTERS // 2 else _shown(value)


def _name_of(value: Any) -> Any:
    return next((getattr(value, one) for one in _NAMES if getattr(value, one, None)), None)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
