"""Funnels: how many went each step, and what share of the first that is."""

from __future__ import annotations

from typing import Final

from monitors.pictures.drawing import Drawing, Ink, Refused, Room, box, label
from monitors.pictures.tables import Table
from monitors.pictures.text import width
from monitors.pictures.units import exact, figure
from monitors.spec import ChartWidget

_MOST_STEPS: Final = 8  # docs.newrelic.com, "Chart types": a funnel of more gives JSON only
_TALLEST: Final = 64


def draw(_: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return the chart."""
    answer = ink.answers.given[0]
    value = answer.result.rows[0].values[0]
    if len(answer.result.rows) != 1 or not isinstance(value, dict):
        raise Refused("A funnel is drawn from SELECT funnel(...) without FACET and TIMESERIES.")
    if len(value) > _MOST_STEPS:
        raise Refused(f"A funnel has {_MOST_STEPS} steps at most, and the query has {len(value)}.")
    steps = [(name, float(count) if isinstance(count, (int, float)) else 0.0) for name, count in value.items()]
    first = steps[0][1]
    left = min(max(width(name, 12) for name, _ in steps) + 14, room.width * 0.35)
    tall = min(room.height / len(steps), _TALLEST)
    widest = max(room.width - left - 120, 10)
    middle = left + widest / 2
    marks: list[str] = []
    for number, (name, count) in enumerate(steps):
        y, share = number * tall, count / first if first else 0.0
        wide = max(share * widest, 2)
        says = f"{name}: {exact(count)}"
        marks.append(label(left - 12, y + tall / 2 + 2, name, anchor="end", room=left - 12))
        marks.append(box(round(middle - wide / 2, 1), y, wide, tall - 5, "s0", round_by=3, title=says))
        marks.append(label(left + widest + 12, y + tall / 2 - 3, figure(count), "b"))
        marks.append(label(left + widest + 12, y + tall / 2 + 13, f"{share * 100:.3g} %", "q s"))
    rows = tuple((name, exact(count), f"{count / first * 100:.3g} %" if first else "") for name, count in steps)
    return Drawing(tuple(marks), Table(("Step", "Count", "Of the first"), rows, frozenset({1, 2})))
