"""The vocabulary in which each resource declares its properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "integer", "boolean", "texts", "object", "objects"]


@dataclass(frozen=True)
class Property:
    """One property of a resource.

    `texts` is a map from text to text, `objects` a list of objects. `secret` covers the value, or each value of a map.
    `immutable`: Render cannot change it, so a change replaces the object. `computed`: Render chooses a value when none
    is declared, and leaving it out is then no change. `write_only`: Render never tells it again.
    """

    kind: Kind
    description: str
    required: bool = False
    secret: bool = False
    immutable: bool = False
    computed: bool = False
    write_only: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    fields: Mapping[str, Property] = field(default_factory=dict)
    unordered: bool = False


@dataclass(frozen=True)
class ResourceSchema:
    """What a program may declare of one resource type, and what it gets back.

    `title` is how messages call it: "web service".
    """

    token: str
    title: str
    description: str
    inputs: Mapping[str, Property]
    outputs: Mapping[str, Property]

    @property
    def type_name(self) -> str:
        """The last part of the token: `WebService`."""
        return self.token.rsplit(":", 1)[-1]


def text(description: str, **more: Any) -> Property:
    """A text property."""
    return Property("text", description, **more)


def integer(description: str, **more: Any) -> Property:
    """A whole-number property."""
    return Property("integer", description, **more)


def boolean(description: str, **more: Any) -> Property:
    """A yes-or-no property."""
    return Property("boolean", description, **more)
