"""A signal as a line: the worst value of each moment over all facets, beside the threshold it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from monitors.backtest.result import AlertHistory
from monitors.backtest.timeline.scale import Scale
from monitors.spec import NrqlCondition, Operator, Threshold

Floats = NDArray[np.float64]
_FALLING: Final = (Operator.BELOW, Operator.BELOW_OR_EQUALS)
_HEADROOM: Final = 0.5  # the threshold stands at this share of the height, so that every row reads alike


@dataclass(frozen=True)
class Curve:
    """An SVG path, the heights of the thresholds in it, and the worst value with which facets it is of."""

    path: str
    critical_y: float | None
    warning_y: float | None
    worst: float
    facets: int


def curve(alert: AlertHistory, scale: Scale, height: float, most_columns: int) -> Curve | None:
    """Return the line of an alert's signal, None where it has no value at all.

    A column holds the worst of its windows, so that a short peak is not lost; a column without any is a gap.
    """
    windows, condition = alert.windows, alert.condition
    if windows is None:
        return None
    kept = ~np.isnan(windows.values) & (windows.ends > scale.since) & (windows.ends <= scale.until)
    ends, values = windows.ends[kept].astype(np.float64), windows.values[kept]
    if not len(values):
        return None
    falling = condition.thresholds[0].operator in _FALLING and condition.baseline is None
    columns = _columns(ends, values, condition.signal.step_seconds, scale, most_columns, falling)
    bottom, top = _range(condition, columns[~np.isnan(columns)])
    return Curve(
        path=_path(_height(columns, bottom, top, height), scale.width / len(columns)),
        critical_y=_threshold_y(condition.critical, condition, bottom, top, height),
        warning_y=_threshold_y(condition.warning, condition, bottom, top, height),
        worst=float(values.min() if falling else values.max()),
        facets=len(windows.facets),
    )


def _columns(ends: Floats, values: Floats, step_seconds: int, scale: Scale, most_columns: int, falling: bool) -> Floats:
    """Return the worst value of each column, NaN where there is none."""
    length = scale.until - scale.since
    count = max(1, min(most_columns, round(length / step_seconds)))
    place = np.minimum(((ends - scale.since - 1e-6) / length * count).astype(np.int64), count - 1)
    worst = np.full(count, np.nan)
    (np.fmin if falling else np.fmax).at(worst, place, values)
    return worst


def _range(condition: NrqlCondition, values: Floats) -> tuple[float, float]:
    """Return the least and the greatest value shown: the threshold in the middle where it is a fixed one."""
    low, high = float(values.min()), float(values.max())
    if condition.baseline is None:
        limits = [term.value for term in condition.thresholds]
        if condition.thresholds[0].operator in _FALLING:
            low, high = _beyond(min(limits), high, -1), max(high, *limits)
        else:
            low, high = min(low, *limits), _beyond(max(limits), low, 1)
    if high <= low:
        low, high = low - 0.5, high + 0.5
    return low, high


def _beyond(limit: float, usual: float, direction: int) -> float:
    """Return how far beyond a limit to show: as far as what is usual is before it."""
    before = abs(limit - usual) or abs(limit) or 1.0
    return limit + direction * before * _HEADROOM / (1 - _HEADROOM)


def _height(values: Floats, bottom: float, top: float, height: float) -> Floats:
    share = np.clip((values - bottom) / (top - bottom), 0, 1)
    heights: Floats = np.round(height * (1 - share), 1)
    return heights


def _threshold_y(
    term: Threshold | None, condition: NrqlCondition, bottom: float, top: float, height: float
) -> float | None:
    if term is None or condition.baseline is not None:
        return None
    return round(height * (1 - min(max((term.value - bottom) / (top - bottom), 0), 1)), 1)


def _path(heights: Floats, column_width: float) -> str:
    """Return a path through the heights, broken at gaps; a lone value is a dash as wide as its column."""
    step = f"{column_width:.2f}".rstrip("0").rstrip(".")
    parts: list[str] = []
    pen: float | None = None  # the height the pen is at, None where it is up
    for column, y in enumerate(heights.tolist()):
        if y != y:
            pen = None
            continue
        if pen is None:
            parts.append(f"M{column * column_width:.5g} {y:g}h{step}")
        else:
            parts.append(f"l{step} {y - pen:.3g}")
        pen = y
    return "".join(parts)
