"""Users: who can be on call; when they are is told at the schedules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.routing.sides import Sides, Specs, users_of
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.words import quoted
from monitors.spec import User, UserTarget
from monitors.words import listed


def changed(sides: Sides, before: User, after: User) -> Iterator[Told]:
    """Yield what somebody is called now, and where they are on call as before."""
    if before.role != after.role:
        text = f"{before.role} is called {after.role}{_in(sides.new, after.key)}."
        yield Told("role", text, covers=("role",), before=before.role, after=after.role)


def added(sides: Sides, one: User) -> Iterator[Told]:
    """Yield where somebody new is asked."""
    text = f"{one.role} can be on call{_in(sides.new, one.key) or ', and is in no schedule yet'}."
    yield Told("on call", text, Danger.LOW)


def removed(sides: Sides, one: User) -> Iterator[Told]:
    """Yield where somebody was asked who is gone."""
    text = f"{one.role} can no longer be on call{_in(sides.old, one.key, 'was ') or ', and was in no schedule'}."
    yield Told("on call", text, Danger.LOW)


def _in(specs: Specs, user: str, was: str = "") -> str:
    """Return where a user is asked, as the end of a sentence."""
    schedules = [one.name for one in specs["schedule"].values() if user in users_of(one)]
    policies = [
        one.name
        for one in specs["escalation-policy"].values()
        if any(isinstance(t, UserTarget) and t.user == user for level in one.levels for t in level.targets)
    ]
    named = quoted(list(dict.fromkeys((*schedules, *policies))))
    return f", and {was or 'is '}asked by {listed(named)}" if named else ""


KIND: Final = Kind("user", Area.ON_CALL, changed, added, removed)
