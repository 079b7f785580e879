"""People who are on two levels of one escalation at once, so that nobody else is asked by the second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from typing import Any

from monitors.alerting.rota.spans import total, union
from monitors.review.changes import Danger
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Told
from monitors.review.routing.turns import DAYS, Swap, together
from monitors.review.routing.words import hours, span
from monitors.spec import EscalationPolicy, ScheduleTarget
from monitors.words import listed

Spans = tuple[tuple[datetime, datetime], ...]


def doubles(sides: Sides, *policies: str) -> Iterator[Told]:
    """Yield who is newly on two levels of escalation policies at once, and when for the first time.

    Schedules that changed beside a policy are taken as they are on each side. What is the same for several policies is
    told once.
    """
    found: dict[tuple[str, Spans, float], list[str]] = defaultdict(list)
    for policy in policies:
        before = _doubled(sides, sides.old["escalation-policy"].get(policy), new=False)
        after = _doubled(sides, sides.new["escalation-policy"].get(policy), new=True)
        for user, spans in after.items():
            former = _seconds(before.get(user, ()))
            if _seconds(spans) > former:
                found[user, spans, former].append(policy)
    for (user, spans, former), where in found.items():
        (start, end), zone = spans[0], _zone(sides, where[0])
        names = listed([f'"{sides.called("escalation-policy", policy)}"' for policy in where])
        text = f"{sides.role(user)} is on two levels of {names} at once"
        if not former:
            text += f" from {span(start, end, zone)} for the first time,"
        text += f" {hours(_seconds(spans))} of the next {DAYS} days"
        was = hours(former) if former else "never"
        yield Told("twice asked", f"{text}; was {was}.", Danger.MEDIUM, before=was, after=hours(_seconds(spans)))


def doubles_by_schedule(sides: Sides, schedule: str) -> Iterator[Told]:
    """Yield who is newly on two levels at once because of a schedule, where no policy and no earlier one changed."""
    caused = []
    for key, policy in sides.new["escalation-policy"].items():
        before = sides.old["escalation-policy"].get(key)
        if before is None or before.levels != policy.levels:
            continue  # told at the policy
        edited = [one for one in _schedules(policy) if sides.old["schedule"].get(one) != sides.new["schedule"].get(one)]
        if edited and edited[0] == schedule:
            caused.append(key)
    yield from doubles(sides, *caused)


def _doubled(sides: Sides, policy: EscalationPolicy | None, *, new: bool) -> dict[str, Spans]:
    """Return when each user is on two levels at once."""
    if policy is None:
        return {}
    found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one, other in combinations(policy.levels, 2):
        for here in one.targets:
            for there in other.targets:
                if here == there:
                    continue  # the same schedule on two levels is asked again on purpose
                for both in _both(sides, here, there, new=new):
                    if both.before is not None:
                        found[both.before].append((both.start, both.end))
    return {user: tuple(union(spans)) for user, spans in found.items()}


def _both(sides: Sides, here: Any, there: Any, *, new: bool) -> Iterator[Swap]:
    """Yield the times at which two targets are the same person."""
    one, other = (sides.turns_of(target, new=new) for target in (here, there))
    yield from (both for both in together(one, other) if both.before == both.after)


def _seconds(spans: Spans) -> float:
    return total(spans).total_seconds()


def _schedules(policy: EscalationPolicy) -> list[str]:
    targets = [target for level in policy.levels for target in level.targets]
    return [target.schedule for target in targets if isinstance(target, ScheduleTarget)]


def _zone(sides: Sides, policy: str) -> str:
    named = _schedules(sides.new["escalation-policy"][policy])
    return str(sides.new["schedule"][named[0]].time_zone) if named else "Etc/UTC"
