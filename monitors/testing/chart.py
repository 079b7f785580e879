"""Bars of plain text: a signal over columns, with its thresholds as lines that a breach always crosses."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from monitors.testing.notation import number_text

LABEL_WIDTH: Final = 17
_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_ROWS: Final = 7  # between the lowest and the highest value, shared by the bands between thresholds


@dataclass(frozen=True, slots=True)
class Line:
    """A threshold: its value and what is written beside it."""

    value: float
    label: str


def chart(values: Sequence[float | None], lines: Sequence[Line]) -> list[str]:
    """Return the rows of a chart, top first; None leaves a column empty.

    Every band between two lines has rows of its own, whatever its height, so that a value just beyond a threshold is
    seen to be beyond it and one just short of it is not.
    """
    held = [value for value in values if value is not None]
    edges = sorted({line.value for line in lines})
    points = [*held, *edges] or [0.0]
    low, high = min(0.0, *points), max(points)
    if high <= low:
        high = low + 1
    bands = list(_bands([low, *(edge for edge in edges if low < edge < high), high]))
    rows = [f"{_shown(high):>{LABEL_WIDTH}} ┐"] if high not in edges else []
    for bottom, top, count in reversed(bands):
        rows.extend(_line_rows(lines, top, values))
        step = (top - bottom) / count
        rows.extend(_value_row(values, bottom + step * index, step) for index in reversed(range(count)))
    rows.extend(_line_rows(lines, low, values))
    if low not in edges:
        rows.append(f"{_shown(low):>{LABEL_WIDTH}} ┘")
    return rows


def _bands(edges: Sequence[float]) -> Iterator[tuple[float, float, int]]:
    count = max(2, _ROWS // (len(edges) - 1))
    for bottom, top in pairwise(edges):
        yield bottom, top, count


def _value_row(values: Sequence[float | None], bottom: float, height: float) -> str:
    return " " * LABEL_WIDTH + " │" + "".join(_cell(value, bottom, height) for value in values).rstrip()


def _cell(value: float | None, bottom: float, height: float) -> str:
    if value is None or value <= bottom:
        return " "
    # Rounded up, so that the least excess shows; the highest eighth is kept for what reaches the row's top.
    eighths = math.ceil((value - bottom) / height * 8)
    return _EIGHTHS[min(8, eighths)]


def _line_rows(lines: Sequence[Line], at: float, values: Sequence[float | None]) -> Iterator[str]:
    labels = [line.label for line in lines if line.value == at]
    for index, label in enumerate(labels):
        crossed = ("█" if value is not None and value > at else "─" for value in values)
        drawn = "".join(crossed) if index == 0 else "─" * len(values)
        yield f"{label[:LABEL_WIDTH]:>{LABEL_WIDTH}} ┼{drawn}"


def _shown(value: float) -> str:
    return number_text(float(f"{value:.4g}"))
