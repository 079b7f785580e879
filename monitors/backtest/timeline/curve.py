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
_CALM: Final = 0.6  # how much is shown on the calm side of what is usual, in distances to the threshold


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
    """Return the least and the greatest value shown: what is usual, the thresholds, and as far again beyond them.

    So every row reads alike, and one value far out flattens no line.
    """
    low, high = float(values.min()), float(values.max())
    if condition.baseline is None:
        usual, limits = float(np.median(values)), [term.value for term in condition.thresholds]
        away = max(abs(limit - usual) for limit in limits) or high - low or abs(usual) or 1.0
        # Where nothing is on the calm side, no height is spent on it.
        if condition.thresholds[0].operator in _FALLING:
            low, high = min(limits) - away, max(min(high, usual + away * _CALM), *limits)
        else:
            low, high = min(max(low, usual - away * _CALM), *limits), max(limits) + away
    if high <= low:
        low, high = low - 0.5, high + 0.5
    return low, high


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
