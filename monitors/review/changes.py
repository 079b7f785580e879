"""A change to a stack, as data: what happened to which spec, how dangerous that is, and what it means in sentences.

Areas make changes, formats print them. A text never holds a secret; settings are told by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

from monitors.spec.places import Place


class Danger(IntEnum):
    """How much harm a change can do; a reviewer reads from the highest down."""

    HARMLESS = 0
    """Texts, dashboards, order: nobody is told more, less, later or otherwise, and nothing restarts."""
    LOW = 1
    """Slack or mail more or otherwise; a restart without downtime; something new that takes nothing away."""
    MEDIUM = 2
    """Other people are woken, or at other times, or more often; an alert is blind for a while; more money."""
    HIGH = 3
    """Trouble is noticed later or never, a page reaches nobody, data can be lost, or the service stops."""


class Operation(StrEnum):
    """What happened to a spec."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"  # its key or name, and maybe more; not removed and added
    CHANGED = "changed"


class Area(StrEnum):
    """What a change is about; formats group by it in this order."""

    ALERTS = "alerts"
    ROUTING = "routing"
    ON_CALL = "on call"
    OBJECTIVES = "service levels"
    UPKEEP = "checks, muting and data"
    DASHBOARDS = "dashboards"
    HOSTING = "hosting"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Fact:
    """One consequence, as a whole sentence in plain text.

    `topic` says what about, in a word or two that a table could have as a row: `threshold`, `reset`, `blind for`,
    `detection`, `would have opened`, `wakes`, `monthly cost`. `before` and `after` are the short forms where it is a
    value that changed; `field` is the spec's field, by its path, None where it is not one field.
    """

    topic: str
    text: str
    before: str | None = None
    after: str | None = None
    field: str | None = None


class Effect(StrEnum):
    """What provisioning does to a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """One resource that provisioning touches: `type` and `name` are Pulumi's, as `newrelic:index/workflow:Workflow`.

    `because` are the properties that force a replacement; `loses` says in a sentence what is lost with the old one, ""
    where nothing is.
    """

    type: str
    name: str
    effect: Effect
    because: tuple[str, ...] = ()
    loses: str = ""
    environments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one spec.

    `subject` is kind and key as `lookout check` names it, such as `condition/daily-cost`, of the new spec where there
    is one; `title` is what people call it. `headline` is the one sentence to read when only one is read. `facts` hold
    the rest, the weightiest first; every field that differs is told by one of them or by the headline, and is in
    `fields`. `former` is the old subject of a renamed one. `place` is where it is declared, in the new revision, or,
    when removed, the old one.
    """

    subject: str
    title: str
    area: Area
    operation: Operation
    danger: Danger
    headline: str
    facts: tuple[Fact, ...] = ()
    fields: tuple[str, ...] = ()
    former: str | None = None
    place: Place | None = None
    environments: tuple[str, ...] = ()

    @property
    def further(self) -> tuple[Fact, ...]:
        """The facts that the headline does not tell, by their words or, where they say no more, by both values."""
        headline = self.headline.lower()
        return tuple(
            fact
            for fact in self.facts
            if fact.text.rstrip(".").lower() not in headline
            and not (
                _says_values_alone(fact) and all(f"{one}".lower() in headline for one in (fact.before, fact.after))
            )
        )


def values_alone(before: str, after: str) -> str:
    """Return what is left to say of a change whose headline says what it means."""
    return f"before: {before}; now: {after}"


def _says_values_alone(fact: Fact) -> bool:
    return (
        f"{fact.text[:1].lower()}{fact.text[1:]}" == f"{values_alone(f'{fact.before}', f'{fact.after}').rstrip('.')}."
    )


def by_weight(changes: Iterable[Change]) -> list[Change]:
    """Return changes by danger, then by area; those of one danger and area keep their order."""
    return sorted(changes, key=lambda one: (-one.danger, _AREAS.index(one.area)))


_AREAS: Final = tuple(Area)


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs between two sets of stacks, the most dangerous first, each told once for all stacks.

    `before` and `after` are what people call both sides, such as a commit, and `source` says where what is told of them
    comes from. `notes` are sentences about the comparison
    itself: what could not be compared, and why.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    resources: tuple[ResourceChange, ...] = ()
    notes: tuple[str, ...] = ()
    stacks: tuple[str, ...] = field(default=())
    source: str = "from the specs alone"

    @property
    def worst(self) -> Danger:
        """The danger of the most dangerous change."""
        return max((change.danger for change in self.changes), default=Danger.HARMLESS)
