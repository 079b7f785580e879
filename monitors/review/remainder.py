"""Tells of every spec that no part of the comparison knows, field by field: nothing that differs is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from monitors.review.changes import Area, Change, Danger, Fact, Operation
from monitors.review.context import Context
from monitors.review.fields import ABSENT, Difference, differences
from monitors.review.matching import matched
from monitors.rules.subjects import keyed_specs, named
from monitors.spec import Setting, Spec, Stack

_SHOWN_CHARACTERS: Final = 200
_AREAS: Final = {
    "condition": Area.ALERTS,
    "policy": Area.ALERTS,
    "destination": Area.ROUTING,
    "workflow": Area.ROUTING,
    "dashboard": Area.DASHBOARDS,
    "service-level": Area.OBJECTIVES,
    "monitor": Area.UPKEEP,
    "muting-rule": Area.UPKEEP,
    "data-rule": Area.UPKEEP,
    "traffic": Area.UPKEEP,
    "user": Area.ON_CALL,
    "team": Area.ON_CALL,
    "schedule": Area.ON_CALL,
    "environment-group": Area.HOSTING,
    "render-service": Area.HOSTING,
    "store": Area.HOSTING,
}


def changes(context: Context, told: Collection[str]) -> Iterator[Change]:
    """Yield a change for each spec that differs and whose kind is not in `told`."""
    before, after = _by_kind(context.before), _by_kind(context.after)
    for kind in dict.fromkeys((*before, *after)):
        if kind not in told:
            yield from _of_kind(kind, before.get(kind, []), after.get(kind, []))


def facts(before: Spec, after: Spec) -> tuple[Fact, ...]:
    """Return a fact for each field that differs, with both values unless they may be secrets."""
    return tuple(Fact(one.path, _told(one), field=one.path) for one in differences(before, after))


def _told(one: Difference) -> str:
    before, after = shown(one.before), shown(one.after)
    if one.is_secretive:
        return f"{one.path} is another one; what it is is not shown, as it may be a secret."
    return f"{one.path} was {before} and is {after}."


def shown(value: Any) -> str:
    """Return a value of a spec as text; a setting is told by its name, what is long is cut."""
    if value is ABSENT:
        return "absent"
    if isinstance(value, Setting):
        return f"the setting {value.name}"
    text = str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."


def _of_kind(kind: str, before: list[Spec], after: list[Spec]) -> Iterator[Change]:
    area = _AREAS.get(kind, Area.ROUTING)
    matches = matched(before, after, lambda one: (getattr(one, "name", None) or id(one),))
    for one in matches.added:
        yield _alone(kind, one, area, Operation.ADDED, Danger.LOW)
    for one in matches.removed:
        yield _alone(kind, one, area, Operation.REMOVED, Danger.HIGH)
    for old, new in (*matches.pairs, *matches.renamed):
        if old != new:
            subject, former = named(kind, new), named(kind, old)
            told = facts(old, new)
            renamed = former.key != subject.key
            yield Change(
                subject.key,
                subject.title,
                area,
                Operation.RENAMED if renamed else Operation.CHANGED,
                Danger.MEDIUM,
                f"{subject.title} differs in {', '.join(fact.topic for fact in told)}.",
                told,
                tuple(fact.topic for fact in told),
                former.key if renamed else None,
                subject.place,
            )


def _alone(kind: str, one: Spec, area: Area, operation: Operation, danger: Danger) -> Change:
    subject = named(kind, one)
    return Change(
        subject.key, subject.title, area, operation, danger, f"{subject.title} is {operation}.", place=subject.place
    )


def _by_kind(stack: Stack) -> dict[str, list[Spec]]:
    found: dict[str, list[Spec]] = {}
    for kind, spec in keyed_specs(stack):
        found.setdefault(kind, []).append(spec)
    return found
