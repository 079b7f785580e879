"""Schedules of layers and escalation policies, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lookout.drift.altering import altered
from lookout.drift.lifting.references import References
from monitors.spec import EscalationLevel, EscalationPolicy, Layer, Restriction, Schedule, ScheduleTarget, UserTarget

SCHEDULE_PROPERTIES: Final = frozenset({"name", "timeZone", "layers"})
ESCALATION_PROPERTIES: Final = frozenset({"name", "numLoops", "rules"})


def schedule(spec: Schedule, inputs: Mapping[str, Any], references: References) -> Schedule:
    """Return a schedule as the account has it. Raises `KeyError` for people that the settings do not name."""
    layers = tuple(_layer(one, references) for one in inputs["layers"])
    return altered(spec, name=inputs["name"], time_zone=inputs["timeZone"], layers=layers)


def escalation_policy(spec: EscalationPolicy, inputs: Mapping[str, Any], references: References) -> EscalationPolicy:
    """Return an escalation policy as the account has it. Raises `KeyError` for targets that are none of ours."""
    levels = tuple(_level(one, references) for one in inputs["rules"])
    return altered(spec, name=inputs["name"], loops=int(inputs.get("numLoops", 0)), levels=levels)


def _layer(layer: Mapping[str, Any], references: References) -> Layer:
    return Layer(
        name=layer["name"],
        start=layer["rotationVirtualStart"],
        turn_seconds=int(layer["rotationTurnLengthSeconds"]),
        users=tuple(references.user(one) for one in layer["users"]),
        restrictions=tuple(_restriction(one) for one in layer.get("restrictions") or ()),
    )


def _restriction(restriction: Mapping[str, Any]) -> Restriction:
    kind = restriction["type"].removesuffix("_restriction")
    return Restriction(
        kind=kind,
        start=restriction["startTimeOfDay"],
        duration_seconds=int(restriction["durationSeconds"]),
        weekday=restriction["startDayOfWeek"] if kind == "weekly" else None,
    )


def _level(rule: Mapping[str, Any], references: References) -> EscalationLevel:
    targets = tuple(_target(one, references) for one in rule["targets"])
    return EscalationLevel(targets=targets, delay_minutes=int(rule["escalationDelayInMinutes"]))


def _target(target: Mapping[str, Any], references: References) -> ScheduleTarget | UserTarget:
    if target.get("type", "user_reference") == "schedule_reference":
        return ScheduleTarget(schedule=references.key(target["id"], "Schedule", "Schedulev2"))
    return UserTarget(user=references.user(target["id"]))
