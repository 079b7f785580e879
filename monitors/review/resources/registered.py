"""A resource as infra registers it, told from specs: what it is called and what decides whether it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monitors.spec import Setting, Stack

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Ref:
    """What another resource tells when it is made: its id, or another output. `serves` is as in `Registered`."""

    serves: str
    name: str
    output: str = "id"


@dataclass(frozen=True, slots=True)
class Registered:
    """A resource: `inputs` are equal where Pulumi's inputs are, and differ where those differ.

    `kind` is the last part of Pulumi's type. `serves` is what others refer to it as, where several kinds serve alike,
    such as both kinds of store. `below` names what it stands below, where that alone tells two resources of one kind
    and name apart. `type` is Pulumi's where `kind` does not tell it.
    """

    kind: str
    name: str
    inputs: Mapping[str, Any]
    serves: str = ""
    below: str = ""
    is_protected: bool = False
    type: str = ""

    @property
    def identity(self) -> Identity:
        """What Pulumi knows it by."""
        return (self.kind, self.below, self.name)

    @property
    def served_as(self) -> tuple[str, str]:
        """What others refer to."""
        return (self.serves or self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every resource of a stack is given beside its own spec."""

    stack: str
    tags: Mapping[str, str]

    @classmethod
    def of(cls, stack: Stack) -> Surroundings:
        """Return a stack's."""
        return cls(stack.name, stack.tags)

    @property
    def owner(self) -> str:
        """The mark of whoever manages the resources."""
        return self.tags.get("managed-by", "")


def value_of(setting: Setting) -> tuple[str, str]:
    """Return what stands for a setting's value: another setting is taken to hold another one."""
    return ("setting", setting.name)


def refs_in(value: Any) -> Iterator[Ref]:
    """Yield every reference in a value."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from refs_in(part)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from refs_in(name)
            yield from refs_in(part)
