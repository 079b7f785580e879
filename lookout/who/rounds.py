"""Rounds of an escalation, so that a loop which reaches the same people as the one before is told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitors.alerting.paths import Notified


@dataclass(frozen=True)
class Round:
    """One loop of an escalation, and when those begin that follow it and reach the same people by the same steps."""

    notified: tuple[Notified, ...]
    again: tuple[int, ...]


def rounds(notified: Sequence[Notified]) -> Iterator[Round]:
    """Yield the rounds of everybody who is notified, in their order."""
    loops = [tuple(group) for _, group in groupby(notified, key=lambda one: (one.urgency, one.loop))]
    at = 0
    while at < len(loops):
        until = at + 1
        while until < len(loops) and _steps(loops[until]) == _steps(loops[at]):
            until += 1
        yield Round(loops[at], tuple(loop[0].after_seconds for loop in loops[at + 1 : until]))
        at = until


def _steps(loop: Sequence[Notified]) -> object:
    return [(one.after_seconds - loop[0].after_seconds, one.users, one.by, one.urgency) for one in loop]
