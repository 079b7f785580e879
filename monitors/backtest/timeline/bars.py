"""Incidents as bars: where each stands, and in which lane where several of one alert are open at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitors.backtest.result import Opening
from monitors.backtest.timeline.scale import Scale

MOST_LANES: Final = 3  # more are drawn over each other in the last


@dataclass(frozen=True)
class Bar:
    """One incident's place: from `x` on, in lane `lane` of its alert's `lanes`."""

    opening: Opening
    x: float
    width: float
    lane: int


def bars(openings: Sequence[Opening], scale: Scale) -> tuple[tuple[Bar, ...], int]:
    """Return the bars of one alert in the order of time, and how many lanes they take."""
    free_at: list[float] = []  # when each lane is free again
    placed: list[Bar] = []
    for opening in sorted(openings, key=lambda one: (one.opened_at, one.facet)):
        lane = next((lane for lane, end in enumerate(free_at) if end <= opening.opened_at), len(free_at))
        if lane == len(free_at) and lane < MOST_LANES:
            free_at.append(opening.ended_at)
        else:
            lane = min(lane, MOST_LANES - 1)
            free_at[lane] = max(free_at[lane], opening.ended_at)
        x = scale.x(opening.opened_at)
        placed.append(Bar(opening, x, round(scale.x(opening.ended_at) - x, 2), lane))
    return tuple(placed), len(free_at)
