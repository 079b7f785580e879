"""Small backtests to draw, print and tell: a day of two alerts, with fields changed where a test says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitors import catalog
from monitors.backtest.hours import Hours
from monitors.backtest.overlaps import overlaps
from monitors.backtest.result import AlertHistory, Backtest, Coverage, Notice, Opening, Reached, Source
from monitors.nrql.evaluator import Data
from monitors.spec import NrqlCondition

START = 1_790_000_000 - 1_790_000_000 % 86_400
DAY = 86_400
HOURS = Hours("UTC")


@dataclass(frozen=True)
class Windows:
    """A signal as the evaluator gives it."""

    facets: tuple[tuple[str, ...], ...]
    offsets: NDArray[np.int64]
    ends: NDArray[np.int64]
    values: NDArray[np.float64]
    point_offsets: NDArray[np.int64]
    point_times: NDArray[np.float64]


def windows(values: Sequence[float], step: int = 60, start: int = START) -> Windows:
    """Return one signal with a value for each window, the first of which begins at `start`."""
    ends = start + step * np.arange(1, len(values) + 1, dtype=np.int64)
    both = np.array([0, len(values)], dtype=np.int64)
    return Windows(((),), both, ends, np.array(values, dtype=np.float64), both, (ends - step // 2).astype(np.float64))


def load(values: list[float], step: int = 60, start: int = START, env: str = "prod") -> Data:
    """Return one execution count for each step."""
    count = len(values)
    return Data.of_columns(
        "Metric",
        {
            "timestamp": start + step * np.arange(count, dtype=np.float64) + 1,
            "metricName": ["Custom/Skills/ExecutionCount"] * count,
            "value": np.array(values),
            "env": [env] * count,
        },
    )


def condition(key: str = "high-skill-error-rate", **changes: Any) -> NrqlCondition:
    """Return a condition of the catalogue."""
    found = next(one for one in catalog.stack("prod").observability.conditions if one.key == key)
    return found.model_copy(update=changes) if changes else found


def page(at: float, *roles: str) -> Notice:
    """Return a page that reaches some roles at once, and the lead after a quarter of an hour."""
    levels = (Reached(0, roles), Reached(15, ("Engineering lead",))) if roles else ()
    return Notice("PagerDuty SEV1", "page", at, levels)


def opening(start: float = 600, minutes: float = 20, **changes: Any) -> Opening:
    """Return a critical incident; `start` is in seconds from the beginning of the day."""
    opened_at = START + start
    ended_at = opened_at + minutes * 60
    plain = Opening(
        facet=(),
        priority="critical",
        cause="threshold",
        opened_at=opened_at,
        ended_at=ended_at,
        still_open=False,
        closed_because="recovered",
        value=12.5,
        over_at=max(opened_at, ended_at - 300),
        notices=(page(opened_at, "AI engineer A"),),
    )
    return replace(plain, **changes)


def alert(key: str = "high-skill-error-rate", *openings: Opening, **changes: Any) -> AlertHistory:
    """Return an alert with a day of a signal, far below its threshold."""
    found = condition(key, **changes)
    signal = windows([1.0] * (DAY // found.signal.step_seconds), found.signal.step_seconds)
    return AlertHistory(found, "page-sev1", Coverage(1440, 1, 1440, 0), openings, signal)


def unjudged(key: str = "telemetry-dropped", **changes: Any) -> AlertHistory:
    """Return an alert that found no data."""
    nothing = Coverage(0, 0, 0, 0, "no row has the metric Custom/X.", "Record it.", kind="no data")
    return AlertHistory(condition(key, **changes), "slack", nothing)


def backtest(*alerts: AlertHistory, **changes: Any) -> Backtest:
    """Return a day's backtest of some alerts."""
    times = {one.condition.key: [(each.opened_at, each.ended_at) for each in one.openings] for one in alerts}
    plain = Backtest(
        stack="prod",
        since=START,
        until=START + DAY,
        hours=HOURS,
        source=Source("week.parquet", 1440),
        alerts=alerts,
        overlaps=overlaps(times),
        brief_minutes=5,
    )
    return replace(plain, **changes)
