"""Escalation policies: who is asked in which order, how long it goes on, and who is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.routing.doubles import doubles
from monitors.review.routing.ladders import gives_up_after_seconds
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.words import quoted
from monitors.spec import EscalationPolicy
from monitors.words import duration, listed


def changed(sides: Sides, before: EscalationPolicy, after: EscalationPolicy) -> Iterator[Told]:
    """Yield the levels in order and when they give up; whom pages reach by them is told as an effect."""
    asks = _asking(sides, after.key)
    if before.levels != after.levels and _ladder(before) == _ladder(after):
        yield Told("levels", "Some levels name the same people in another order.", covers=("levels",))
    elif before.levels != after.levels:
        was, now = levels(sides, before), levels(sides, after)
        unused = "" if asks else " No PagerDuty service uses it: no page goes this way."
        yield Told("levels", f"It asks {now}; was {was}.{unused}", Danger.LOW, ("levels",), was, now)
    yield from _patience(before, after)
    yield from doubles(sides, after.key)
    if before.team != after.team:
        owner, former = sides.called("team", after.team), sides.called("team", before.team)
        yield Told("team", f"It belongs to {owner}; was {former}.", covers=("team",))


def added(sides: Sides, one: EscalationPolicy) -> Iterator[Told]:
    """Yield whom a new policy asks, and which services use it."""
    asks = _asking(sides, one.key)
    used = f"it is used by {listed(quoted(asks))}" if asks else "no PagerDuty service uses it yet"
    gives_up = f"gives up after {duration(gives_up_after_seconds(one))}"
    yield Told("levels", f"It asks {levels(sides, one)} and {gives_up}; {used}.", Danger.LOW)
    yield from doubles(sides, one.key)


def removed(sides: Sides, one: EscalationPolicy) -> Iterator[Told]:
    """Yield whom a policy asked that is gone."""
    yield Told("levels", f"It asked {levels(sides, one)}.", Danger.LOW)


def levels(sides: Sides, policy: EscalationPolicy) -> str:
    """Return the levels in order with how long each has to answer."""
    return ", then ".join(
        f"{listed([sides.target(target) for target in level.targets])} for {duration(level.delay_minutes * 60)}"
        for level in policy.levels
    )


def _ladder(policy: EscalationPolicy) -> list[tuple[frozenset[object], int]]:
    """Return the levels without the order of targets, who are all asked at once."""
    return [(frozenset(level.targets), level.delay_minutes) for level in policy.levels]


def _patience(before: EscalationPolicy, after: EscalationPolicy) -> Iterator[Told]:
    """Yield when an escalation gives up, which its loops decide together with the levels' delays."""
    was, now = gives_up_after_seconds(before), gives_up_after_seconds(after)
    if (was, before.loops) == (now, after.loops):
        return
    text = f"Unanswered, everybody is asked {_times(after)} and it gives up after {duration(now)}"
    text += f"; was {_times(before)} and {duration(was)}."
    # Asked less often, somebody who slept through the first calls is not called again.
    danger = Danger.HIGH if after.loops < before.loops and now < was else Danger.MEDIUM
    covers = ("loops",) if before.loops != after.loops else ()
    yield Told("gives up", text, danger, covers, duration(was), duration(now))


def _times(policy: EscalationPolicy) -> str:
    count = policy.loops + 1
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def _asking(sides: Sides, policy: str) -> list[str]:
    services = sides.new["pagerduty-service"].items()
    return [sides.called("pagerduty-service", key) for key, one in services if one.escalation_policy == policy]


KIND: Final = Kind("escalation-policy", Area.ON_CALL, changed, added, removed)
