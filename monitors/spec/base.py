"""What every spec shares: frozen, closed to unknown fields, strict about types, and refused with advice."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

_SHOWN_CHARACTERS = 120
_VOCABULARY = Path(__file__).parent


class SpecError(ValueError):
    """A spec cannot be built; the message names the spec, every wrong field, its value and what to do instead."""


class Spec(BaseModel):
    """The base of all specs; `LABEL` is what a message calls this kind of spec.

    Raises `SpecError` when it is built from wrong values, with all of them in one message.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    LABEL: ClassVar[str] = "spec"

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise SpecError(_told(type(self), fields, error)) from None


Key = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        max_length=64,
        description="A key is lower-case words joined by hyphens, such as high-skill-error-rate.",
    ),
]
Sentence = Annotated[
    str, Field(min_length=10, max_length=1000, description="Write a sentence that a person at 3 am understands.")
]
TimeZone = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z]+(/[A-Za-z0-9_+-]+)+$",
        description='Use an IANA name such as Europe/Paris or Etc/UTC (PagerDuty\'s provider refuses a bare "UTC").',
    ),
]
TimeOfDay = Annotated[
    str,
    Field(
        pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$", description="Write a time of day as HH:MM:SS, such as 09:00:00."
    ),
]


def _told(spec: type[Spec], fields: dict[str, Any], error: ValidationError) -> str:
    named = fields.get("name") or fields.get("key") or fields.get("title")
    what = f'{spec.LABEL} "{named}"' if named else spec.LABEL
    lines = [_line(spec, one) for one in error.errors(include_url=False)]
    head = f"{what} ({_declared_at()}):"
    return f"{head} {lines[0]}" if len(lines) == 1 else "\n  ".join([head, *lines])


def _declared_at() -> str:
    """Return `file:line` of the declaration: the nearest caller that is not the vocabulary itself."""
    frame = sys._getframe(1)
    while frame.f_back is not None and Path(frame.f_code.co_filename).parent == _VOCABULARY:
        frame = frame.f_back
    path = Path(frame.f_code.co_filename)
    return f"{path.parent.name}/{path.name}:{frame.f_lineno}"


def _line(spec: type[Spec], one: ErrorDetails) -> str:
    reason = one["msg"].removeprefix("Value error, ").rstrip(".")
    if not one["loc"]:
        return f"{reason}."
    field, place = str(one["loc"][0]), ".".join(str(step) for step in one["loc"])
    if one["type"] == "missing":
        return f"field {place} is missing. {_advice(spec, field)}".rstrip()
    if one["type"] == "extra_forbidden":
        return f"field {place} does not exist; known are {', '.join(spec.model_fields)}."
    return f"field {place} is {_shown(one['input'])}: {reason[:1].lower()}{reason[1:]}. {_advice(spec, field)}".rstrip()


def _advice(spec: type[Spec], field: str) -> str:
    info = spec.model_fields.get(field)
    if info is None:
        return ""
    if isinstance(info.annotation, type) and issubclass(info.annotation, Enum):
        return f"Use one of {', '.join(f'{info.annotation.__name__}.{name}' for name in info.annotation.__members__)}."
    return info.description or ""


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
