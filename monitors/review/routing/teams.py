"""Teams: who belongs to them and what they answer for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.words import quoted
from monitors.spec import Team
from monitors.words import listed


def changed(sides: Sides, before: Team, after: Team) -> Iterator[Told]:
    """Yield who joins and who leaves; who is on call for it is told at the schedules."""
    new = sides.roles([one for one in after.members if one not in before.members])
    gone = sides.roles([one for one in before.members if one not in after.members])
    was, now = listed(sides.roles(before.members)), listed(sides.roles(after.members))
    if new:
        text = f"{listed(new)} {'joins' if len(new) == 1 else 'join'} it: PagerDuty lets them answer and edit for it."
        yield Told("members", text, Danger.LOW, ("members",), was, now)
    if gone:
        text = f"{listed(gone)} {'leaves' if len(gone) == 1 else 'leave'} it."
        yield Told("members", text, Danger.LOW, ("members",), was, now)
    if before.members != after.members and not new and not gone:
        yield Told("members", "Its members stand in another order.", covers=("members",))


def added(sides: Sides, one: Team) -> Iterator[Told]:
    """Yield who is in a new team."""
    yield Told("members", f"In it are {listed(sides.roles(one.members))}.", Danger.LOW)


def removed(sides: Sides, one: Team) -> Iterator[Told]:
    """Yield who was in a team that is gone, and what it answered for."""
    response = sides.before.response
    owned = [
        spec.name
        for specs in (response.schedules, response.escalation_policies, response.orchestrations)
        for spec in specs
        if spec.team == one.key
    ]
    answered = f", and it had {listed(quoted(owned))}" if owned else ""
    members = listed(sides.roles(sides.with_todays_keys(one).members))
    yield Told("members", f"In it were {members}{answered}.", Danger.LOW)


KIND: Final = Kind("team", Area.ON_CALL, changed, added, removed)
