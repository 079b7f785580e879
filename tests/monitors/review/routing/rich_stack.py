"""The production stack with everything that the vocabulary of routing and on call knows, and every edit of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, get_args

from pydantic import BaseModel
from routing_edits import PROD, edited, working_hours

from monitors.rules.subjects import keyed_specs
from monitors.spec import (
    Enrichment,
    EscalationLevel,
    EventRule,
    Layer,
    Restriction,
    Setting,
    Spec,
    SpecError,
    Stack,
    SupportHours,
    Trigger,
    UserTarget,
)

KINDS: Final = (
    *("destination", "workflow", "muting-rule", "user", "team", "schedule", "escalation-policy", "pagerduty-service"),
    *("integration", "orchestration", "webhook", "incident-workflow"),
)
# What a field refers to, so that an edit names something that exists.
_REFERS: Final[Mapping[str, str]] = {
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
# Texts of some form: each field takes those that fit it.
_TEXTS: Final = (
    *("08:30:00", "20:00:00", "2026-01-12T09:00:00-08:00", "2026-01-06T09:15:00", "2026-01-06T13:00:00"),
    *("Europe/Paris", "event.custom_details.severity matches 'SEV9'", "/other"),
    *("pagerduty.com:incident-workflows:other:1", "Another text of some length."),
)


def rich() -> Stack:
    """Return the stack with every kind of field in use."""
    of, seen = PROD.response, PROD.observability
    over = Layer(
        name="AI primary weekends",
        start="2026-01-03T09:00:00-08:00",
        turn_seconds=604_800,
        users=("ai-engineer-c", "ai-engineer-a"),
        restrictions=(Restriction(kind="weekly", start="09:00:00", duration_seconds=2 * 86_400, weekday=6),),
    )
    by_day = Restriction(kind="daily", start="06:00:00", duration_seconds=57_600)
    first = next(one for one in of.schedules if one.key == "ai-primary").layers[0]
    response = of.model_copy(
        update={
            "schedules": edited(
                edited(of.schedules, "ai-primary", layers=(first, over)),
                "platform-primary",
                layers=(of.schedules[2].layers[0].model_copy(update={"restrictions": (by_day,)}),),
            ),
            "escalation_policies": edited(
                of.escalation_policies,
                "sev2",
                levels=(
                    *of.escalation_policies[1].levels,
                    EscalationLevel(targets=(UserTarget(user="platform-engineer-a"),), delay_minutes=5),
                ),
            ),
            "services": edited(
                of.services,
                "ai-sev2",
                auto_resolve_seconds=86_400,
                urgency=SupportHours(
                    time_zone="America/Los_Angeles",
                    weekdays=(1, 2, 3, 4, 5),
                    start="09:00:00",
                    end="17:00:00",
                    inside="high",
                    outside="low",
                    raise_at_start=True,
                ),
                event_rules=(
                    *of.services[1].event_rules,
                    EventRule(label="Not of tests", condition="event.source matches part 'test'", suppress=True),
                ),
            ),
        }
    )
    workflow = next(one for one in seen.workflows if one.key == "slack")
    enriched = edited(
        seen.workflows,
        workflow.key,
        enrichments=(
            Enrichment(name="Last errors", query="FROM Log SELECT message WHERE level = 'error' LIMIT 5"),
            Enrichment(name="Last deploys", query="FROM Deployment SELECT version LIMIT 5"),
        ),
        triggers=(Trigger.ACTIVATED, Trigger.ACKNOWLEDGED, Trigger.CLOSED),
    )
    observability = seen.model_copy(update={"workflows": enriched})
    return PROD.model_copy(update={"response": response, "observability": observability})


RICH: Final = rich()
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    kind: tuple(getattr(spec, "key") for of, spec in keyed_specs(RICH) if of == kind)  # noqa: B009
    for kind in set(_REFERS.values())
}


MET: Final[set[tuple[str, str]]] = set()  # the fields that edits were sought for, and below those that some reached
REACHED: Final[set[tuple[str, str]]] = set()


def specs() -> Iterator[tuple[str, Spec]]:
    return ((kind, spec) for kind, spec in keyed_specs(RICH) if kind in KINDS)


def exchanged(spec: Spec, other: Spec) -> Stack:
    """Return the stack with one spec exchanged; whether references still lead somewhere is not looked at."""
    made: Stack = _exchanged(RICH, spec, other)
    return made


def _exchanged(part: Any, spec: Spec, other: Spec) -> Any:
    if part is spec:
        return other
    if isinstance(part, tuple):
        return tuple(_exchanged(one, spec, other) for one in part)
    if type(part).__name__ in ("Stack", "Observability", "Response"):
        changes = {name: _exchanged(getattr(part, name), spec, other) for name in type(part).model_fields}
        return BaseModel.model_copy(part, update=changes)
    return part


def edits(spec: Spec) -> Iterator[tuple[str, Spec]]:
    """Yield the spec with one value changed, for every one that it holds at whatever depth, by its path."""
    for name, field in type(spec).model_fields.items():
        MET.add((type(spec).__name__, name))
        seen: set[str] = set()  # one other value for each place
        for path, other in _others(name, field, getattr(spec, name)):
            made = None if path in seen else _made(spec, name, other)
            if made is not None and made != spec:
                seen.add(path)
                REACHED.add((type(spec).__name__, name))
                yield f"{name}{path}", made


def _made(spec: Spec, name: str, other: Any) -> Spec | None:
    """Return the spec with a field changed, with what has to change beside it; None where it takes no such value."""
    for more in (
        {},
        {"weekday": None if other == "daily" else 2, "duration_seconds": 3600} if name == "kind" else {},
        {"kind": "daily" if other is None else "weekly", "duration_seconds": 3600} if name == "weekday" else {},
        {"suppress": True} if name in ("severity", "note") else {},
        {"raise_at_start": False} if name in ("inside", "outside") else {},
    ):
        try:
            return spec.model_copy(update={name: other, **more})
        except SpecError:
            continue
    return None


def _others(name: str, field: Any, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield other values of a field with the rest of their path."""
    if isinstance(value, Setting):
        yield "", value.model_copy(update={"name": "anotherOne"})
        yield ".meaning", value.model_copy(update={"meaning": "Something else that it means."})
    elif isinstance(value, Spec):
        for path, other in edits(value):
            yield f".{path}", other
        yield from (("", one) for one in (SupportHours(**_HOURS),) if name == "urgency")
    elif isinstance(value, tuple):
        yield from _other_tuples(name, field, value)
    elif isinstance(value, dict):
        first = next(iter(value))
        yield f"[{first}] changed", {**value, first: "{{json other}}"}
        yield f"[{first}] gone", {key: text for key, text in value.items() if key != first}
        yield "[extra]", {**value, "extra": "{{json extra}}"}
    else:
        yield from (("", one) for one in _other_values(name, field, value))


def _other_tuples(name: str, field: Any, value: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for place, part in enumerate(value):
        if isinstance(part, Spec):
            for path, other in edits(part):
                yield f"[{place}].{path}", (*value[:place], other, *value[place + 1 :])
    yield " without the last", value[:-1]
    yield " without the first", value[1:]
    yield " turned round", value[::-1]
    if name in ("layers", "restrictions", "event_rules", "enrichments", "routes", "steps") and value == ():
        yield " with one", working_hours()
    for one in (*_literals(field), *_KEYS.get(_REFERS.get(name, ""), ())):
        if one not in value:
            yield f" with {one}", (*value, one)
            break


def _other_values(name: str, field: Any, value: Any) -> Iterator[Any]:
    choices = [one for one in (*_literals(field), *_KEYS.get(_REFERS.get(name, ""), ())) if one != value]
    match value:
        case bool():
            yield not value
        case int():
            yield from (*choices[:1], value * 2, max(value // 2, 60), value + 1, None)
        case str() if choices:
            yield from choices[:2]
        case str():
            yield from (f"{value}-2", *_TEXTS, f"{value} and more")
        case None:
            yield from (*choices[:1], 1, 600, "A note of some length.")


def _literals(field: Any) -> tuple[Any, ...]:
    """Return the choices of a field that has a closed set of them, at whatever depth of its annotation."""
    found: list[Any] = []
    for one in get_args(getattr(field, "annotation", field)):
        if isinstance(one, str | int):
            found.append(one)
        elif isinstance(one, type) and issubclass(one, Enum):
            found += list(one)
        else:
            found += _literals(one)
    return tuple(found)


_HOURS: Final[Mapping[str, Any]] = {
    "time_zone": "Europe/Paris",
    "weekdays": (1, 2, 3),
    "start": "08:00:00",
    "end": "18:00:00",
    "inside": "high",
    "outside": "low",
}
