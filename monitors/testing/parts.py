"""What the parts of a case share: frozen, closed to unknown fields, and refused with advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from monitors.nrql.suggestions import suggest

_SHOWN_CHARACTERS = 80


class CaseError(ValueError):
    """A case cannot be read; `faults` holds a sentence for each fault, naming the field, its value and what to do."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class CasePart(BaseModel):
    """The base of what case files hold. Raises `CaseError` when it is built from wrong values, with all of them.

    Fields are named as in the files where they stand there; values are texts there and are read here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise CaseError(*_told(type(self), error.errors(include_url=False))) from None


def _told(part: type[BaseModel], errors: list[ErrorDetails]) -> Iterator[str]:
    known = {info.alias or name: info for name, info in part.model_fields.items()}
    seen: set[str] = set()
    for one in errors:
        field = ".".join(str(step) for step in one["loc"] if not _is_member(step, one))
        if field and field in seen:  # each member of a union complains of the same value
            continue
        seen.add(field)
        yield _fault(known, field, one)


def _fault(known: dict[str, FieldInfo], field: str, one: ErrorDetails) -> str:
    name = field.partition(".")[0]
    advice = _advice(known.get(name))
    reason = one["msg"].removeprefix("Value error, ").rstrip(".")
    if not field:
        return f"{reason}{'' if reason.endswith('?') else '.'}"
    if one["type"] == "missing":
        return f"field {field} is missing. {advice}".rstrip()
    if one["type"] == "extra_forbidden":
        meant = suggest(name, known)
        return f"field {field} does not exist. " + (
            f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}."
        )
    if one["type"] == "value_error":
        closing = "" if reason.endswith("?") or "\n" in reason else "."
        return f"field {field} is {_shown(one['input'])}: {reason}{closing}"
    return f"field {field} is {_shown(one['input'])}: {reason[:1].lower()}{reason[1:]}. {advice}".rstrip()


def _is_member(step: int | str, one: ErrorDetails) -> bool:
    """Say whether a step of the place is no field but the member of a union, which pydantic appends."""
    return isinstance(step, str) and ("[" in step or step in ("str", "tuple", "float"))


def _advice(info: FieldInfo | None) -> str:
    if info is None:
        return ""
    parts = (part.description for part in get_args(info.annotation) if isinstance(part, FieldInfo))
    return info.description or next((text for text in parts if text), "")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
