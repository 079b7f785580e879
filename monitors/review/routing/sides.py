"""Both sides of a stack for whoever tells of them: what matches what, and names that people know.

A key that was renamed is renamed in everything that refers to it too. So that this is no difference in itself, the old
side is read with today's keys in its references.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from monitors.review.context import Context
from monitors.review.matching import Matches, matched
from monitors.review.routing.turns import Turn, always, turns
from monitors.rules.subjects import keyed_specs
from monitors.spec import Schedule, ScheduleTarget, Stack, UserTarget

if TYPE_CHECKING:
    from monitors.review.routing.telling import Told

# Which kind a field's keys are of; `service` and `policies` mean these in every spec that is told of here.
_REFERENCES: Final[Mapping[str, str]] = {
    "policies": "policy",
    "destination": "destination",
    "integration": "integration",
    "service": "pagerduty-service",
    "services": "pagerduty-service",
    "otherwise": "pagerduty-service",
    "escalation_policy": "escalation-policy",
    "schedule": "schedule",
    "user": "user",
    "users": "user",
    "members": "user",
    "team": "team",
}
_KINDS: Final = (
    *dict.fromkeys(_REFERENCES.values()),
    *("workflow", "muting-rule", "orchestration", "webhook", "incident-workflow"),
)
Specs = Mapping[str, Mapping[str, Any]]  # of one side, by kind and key
_CALLED: Final = ("name", "role", "description", "id")  # the first that a spec has


class Sides:
    """One stack before and after. `at` is when this week begins."""

    def __init__(self, context: Context) -> None:
        self.before: Stack = context.before
        self.after: Stack = context.after
        self.at: datetime = context.at
        old, new = _by_kind(context.before), _by_kind(context.after)
        self.matches: Mapping[str, Matches[Any]] = {
            kind: matched(old.get(kind, ()), new.get(kind, ()), _essence) for kind in _KINDS
        }
        self.todays_key: Mapping[str, Mapping[str, str]] = {
            kind: {before.key: after.key for before, after in matches.renamed} for kind, matches in self.matches.items()
        }
        self._turns = cache(lambda schedule: turns(schedule, self.at))  # several policies ask one schedule
        self._renamed = any(self.todays_key.values())

    def with_todays_keys(self, before: Any) -> Any:
        """Return a spec of the old side with its references as the new side would write them."""
        return _rekeyed(before, self.todays_key) if self._renamed else before

    @cached_property
    def old(self) -> Specs:
        """Return the old side's specs by kind and today's key, with today's keys in their references."""
        return {
            kind: {
                self.todays_key[kind].get(one.key, one.key): self.with_todays_keys(one)
                for one in _by_kind(self.before).get(kind, ())
            }
            for kind in _KINDS
        }

    @cached_property
    def new(self) -> Specs:
        """Return the new side's specs by kind and key."""
        return {kind: {one.key: one for one in _by_kind(self.after).get(kind, ())} for kind in _KINDS}

    def effects(self, kind: str, key: str) -> tuple[Told, ...]:
        """Return who is paged otherwise because of one spec that differs, by its key of the new side."""
        return self._effects.get((kind, key), ())

    @cached_property
    def _effects(self) -> Mapping[tuple[str, str], tuple[Told, ...]]:
        from monitors.review.routing.effects import effects

        return effects(self)

    def turns(self, schedule: str, *, new: bool) -> tuple[Turn, ...]:
        """Return who is on call in a schedule of one side from this week on."""
        return self._turns((self.new if new else self.old)["schedule"].get(schedule))

    def turns_of(self, target: ScheduleTarget | UserTarget, *, new: bool) -> tuple[Turn, ...]:
        """Return whom a target of an escalation asks from this week on."""
        if isinstance(target, UserTarget):
            return always(target.user, self.at)
        return self.turns(target.schedule, new=new)

    def role(self, user: str | None) -> str:
        """Return what people call a user of either side."""
        found = None if user is None else self.new["user"].get(user) or self.old["user"].get(user)
        return "nobody" if user is None else user if found is None else str(found.role)

    def roles(self, users: Sequence[str]) -> list[str]:
        """Return what people call some users."""
        return [self.role(user) for user in users]

    def called(self, kind: str, key: str) -> str:
        """Return what people call a spec, without the environment, which every change names beside it."""
        found = self.new[kind].get(key) or self.old[kind].get(key)
        return self.plain(str(getattr(found, "name", None) or key))

    def plain(self, name: str) -> str:
        """Return a name without the environment."""
        return name.removesuffix(f" ({self.after.name})")

    def target(self, target: ScheduleTarget | UserTarget) -> str:
        """Return what people call somebody whom an escalation asks."""
        if isinstance(target, UserTarget):
            return self.role(target.user)
        return self.called("schedule", target.schedule)


def users_of(schedule: Schedule) -> tuple[str, ...]:
    """Return everybody who takes turns in a schedule, each once."""
    return tuple(dict.fromkeys(user for layer in schedule.layers for user in layer.users))


def _by_kind(stack: Stack) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for kind, spec in keyed_specs(stack):
        if kind in _KINDS:
            found.setdefault(kind, []).append(spec)
    return found


def _essence(spec: Any) -> Sequence[Hashable]:
    """Return what people call a spec, then what it does: of two without a partner, either makes them one renamed."""
    fields = type(spec).model_fields
    called = next((getattr(spec, name) for name in _CALLED if name in fields), None)
    rest = tuple(getattr(spec, name) for name in fields if name not in ("key", *_CALLED))
    return (type(spec), called), (type(spec), rest) if rest else id(spec)


def _rekeyed(spec: Any, todays_key: Mapping[str, Mapping[str, str]]) -> Any:
    updates = dict(_updates(spec, todays_key))
    # Not the specs' own copy: that is checked, and is declared here instead of where its author wrote it.
    return BaseModel.model_copy(spec, update=updates) if updates else spec


def _updates(spec: Any, todays_key: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Any]]:
    for name in type(spec).model_fields:
        value = getattr(spec, name)
        kind = _REFERENCES.get(name)
        now: Any = value
        if kind is not None and isinstance(value, str):
            now = todays_key[kind].get(value, value)
        elif kind is not None and isinstance(value, tuple) and all(isinstance(one, str) for one in value):
            now = tuple(todays_key[kind].get(one, one) for one in value)
        elif isinstance(value, tuple) and any(isinstance(one, BaseModel) for one in value):
            now = tuple(_rekeyed(one, todays_key) if isinstance(one, BaseModel) else one for one in value)
        elif isinstance(value, BaseModel):
            now = _rekeyed(value, todays_key)
        if now != value:
            yield name, now
