"""What every spec shares: frozen, closed to unknown fields, strict about types, and refused with advice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from monitors.spec.places import Place, here
from monitors.spec.refusals import told

_DECLARED_AT = "declared_at"  # kept beside the fields, where comparing, hashing and printing do not look


class SpecError(ValueError):
    """A spec cannot be built; the message names the spec, every wrong field, its value and what to do instead.

    `place` is where the spec was to be declared, None when that is not known.
    """

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


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
            raise SpecError(told(type(self), self.LABEL, fields, error), here()) from None
        self.__dict__[_DECLARED_AT] = here()

    @property
    def declared_at(self) -> Place:
        """The file and line that this spec was declared at."""
        place: Place = self.__dict__[_DECLARED_AT]
        return place

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed, checked like a new spec (pydantic's own is not checked)."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**fields, **(update or {})})
