"""The metrics of the made-up week: derived from its executions minute by minute, and gauges at a point a minute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from monitors.backtest.sample.troubles import END_SECONDS, START_SECONDS, during, within
from service.metrics import (
    ACTIVE_SKILLS,
    ACTIVE_USERS,
    API_CALL_TIME,
    API_CALLS,
    BASELINE_COST,
    BASELINE_TOKENS,
    COMPONENTS,
    CONNECTION_FAILURES,
    CPU_PERCENT,
    DAILY_COST,
    ERROR_RATE,
    EXECUTION_COUNT,
    EXECUTION_TIME,
    HEALTH,
    KEY_AGE,
    MEMORY_MEGABYTES,
    MEMORY_PERCENT,
    PROJECTED_COST,
    REQUEST_COST,
    REQUEST_COUNT,
    RESPONSE_TIME,
    ROLLOUT_PERCENTAGE,
    ROUTING_TIME,
    SAVINGS_PERCENT,
    SKILL_CACHE_LOOKUPS,
    SKILL_CACHE_TIME,
    SPOOL_AGE,
    SPOOL_BYTES,
    SUCCESS_RATE,
    TOKEN_SAVINGS,
    TOKENS_USED,
    Kind,
    Metric,
)

Columns = dict[str, NDArray[Any]]
_MINUTE: Final = 60
_REPORT_SECONDS: Final = 20  # how often health and connection failures are reported
_DAY: Final = 86_400
_PLAN_MEGABYTES: Final = 2_048
# A key that reaches the age of 83 days, at which its alert warns, in the middle of the week.
_KEY_AGES_AT_START: Final = {"anthropic": 80.5, "xai": 31.0}


@dataclass(frozen=True)
class _Derived:
    """A metric as an expression over an execution; `attributes` says where one is not the column of its own name."""

    metric: Metric
    value: str
    attributes: tuple[tuple[str, str], ...] = ()


_REQUEST = (
    ("outcome", "CASE WHEN fallback THEN 'success' ELSE outcome END"),
    ("statusCode", "CASE WHEN success OR fallback THEN 200 WHEN outcome = 'timeout' THEN 504 ELSE 502 END"),
)
_CALL = (("statusCode", "CASE outcome WHEN 'success' THEN 200 WHEN 'timeout' THEN 0 ELSE 529 END"),)
_FOUND = (("result", "CASE WHEN cacheHit THEN 'hit' ELSE 'miss' END"),)
_TOKEN_COLUMNS = (
    ("input", "inputTokens"),
    ("output", "outputTokens"),
    ("cache_read", "cacheReadTokens"),
    ("cache_creation", "cacheCreationTokens"),
)
_DERIVED: Final = (
    _Derived(EXECUTION_COUNT, "1"),
    _Derived(EXECUTION_TIME, "executionTime"),
    _Derived(TOKEN_SAVINGS, "tokenSavings"),
    _Derived(SUCCESS_RATE, "CASE WHEN success THEN 100 ELSE 0 END"),
    _Derived(ERROR_RATE, "CASE WHEN success THEN 0 ELSE 100 END"),
    _Derived(SKILL_CACHE_LOOKUPS, "1", _FOUND),
    _Derived(SKILL_CACHE_TIME, "routingTime / 2", _FOUND),
    _Derived(REQUEST_COST, "cost"),
    _Derived(BASELINE_COST, "baselineCost"),
    _Derived(SAVINGS_PERCENT, "savingsPercent"),
    *(_Derived(TOKENS_USED, column, (("tokenKind", f"'{kind}'"),)) for kind, column in _TOKEN_COLUMNS),
    _Derived(BASELINE_TOKENS, "baselineTokens"),
    _Derived(API_CALLS, "attempts", _CALL),
    _Derived(API_CALL_TIME, "executionTime * 0.9"),
    _Derived(REQUEST_COUNT, "1", _REQUEST),
    _Derived(RESPONSE_TIME, "executionTime + routingTime", _REQUEST[:1]),
    _Derived(ROUTING_TIME, "routingTime"),
)


def derived_queries(table: str) -> Iterator[str]:
    """Yield SQL that gives the metrics of a table of executions: one row for each minute and series."""
    for one in _DERIVED:
        given = dict(one.attributes)
        attributes = "".join(
            f', {given.get(attribute.name, attribute.name)} AS "{attribute.name}"'
            for attribute in one.metric.attributes
        )
        kept = (
            f"sum({one.value})::DOUBLE AS value"
            if one.metric.kind is Kind.COUNT
            else f"count(*)::DOUBLE AS count, sum({one.value})::DOUBLE AS sum, "
            f"min({one.value})::DOUBLE AS min, max({one.value})::DOUBLE AS max"
        )
        yield (
            f"FROM {table} SELECT timestamp - timestamp % {_MINUTE * 1000} AS timestamp, "
            f"'{one.metric.name}' AS \"metricName\", {kept}{attributes} GROUP BY ALL"
        )


def gauges(executions: Columns) -> Iterator[Columns]:
    """Yield the columns of each gauge and of each count that is reported with it; silent while the service is."""
    yield from _health()
    every_minute = _reports(_MINUTE)
    for metric, values in _gauge_values(every_minute, executions):
        yield _rows(metric, every_minute, values)
    for key, age in _KEY_AGES_AT_START.items():
        yield _rows(KEY_AGE, every_minute, np.round(age + (every_minute - START_SECONDS) / _DAY, 3), keyName=key)


def _health() -> Iterator[Columns]:
    moments = _reports(_REPORT_SECONDS)
    sick = within(moments, lambda trouble: not trouble.healthy)
    for component in COMPONENTS:
        values = np.where(sick, 0.0, 1.0) if component == "service" else np.ones(len(moments))
        yield _rows(HEALTH, moments, values, component=component)
    yield _rows(CONNECTION_FAILURES, moments, during(moments, lambda trouble: trouble.connection_failures, 0))


def _gauge_values(moments: NDArray[np.int64], executions: Columns) -> Iterator[tuple[Metric, NDArray[np.float64]]]:
    memory = _memory_percent(moments)
    spent = _spent_today(moments, executions)
    yield MEMORY_PERCENT, memory
    yield MEMORY_MEGABYTES, np.round(memory * _PLAN_MEGABYTES / 100)
    yield CPU_PERCENT, np.round(18 + 8 * _wave(moments, _DAY), 1)
    yield ACTIVE_SKILLS, np.full(len(moments), 4.0)
    yield ACTIVE_USERS, np.round(14 + 10 * _wave(moments, _DAY))
    yield DAILY_COST, spent
    yield PROJECTED_COST, np.full(len(moments), round(float(executions["cost"].sum()) / 7 * 30, 2))
    yield ROLLOUT_PERCENTAGE, np.full(len(moments), 50.0)
    yield SPOOL_BYTES, np.round(20_000 + 5_000 * _wave(moments, 1_800))
    yield SPOOL_AGE, np.round(4 + 2 * _wave(moments, 900), 1)


def _memory_percent(moments: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return memory that climbs a little between the daily restarts, and what the troubles add."""
    climbing = 48 + 6 * (moments % _DAY) / _DAY + _wave(moments, 2_400)
    return np.round(climbing + during(moments, lambda trouble: trouble.memory_percent, 0), 1)


def _spent_today(moments: NDArray[np.int64], executions: Columns) -> NDArray[np.float64]:
    """Return the cost since midnight UTC at each moment."""
    total = np.concatenate([[0.0], np.cumsum(executions["cost"])])
    stamps = executions["timestamp"] / 1000
    until, since = np.searchsorted(stamps, moments), np.searchsorted(stamps, moments - moments % _DAY)
    spent: NDArray[np.float64] = np.round(total[until] - total[since], 4)
    return spent


def _wave(moments: NDArray[np.int64], seconds: int) -> NDArray[np.float64]:
    wave: NDArray[np.float64] = np.sin(2 * np.pi * (moments % seconds) / seconds)
    return wave


def _reports(step_seconds: int) -> NDArray[np.int64]:
    moments = np.arange(START_SECONDS, END_SECONDS, step_seconds)
    spoken: NDArray[np.int64] = moments[~within(moments, lambda trouble: trouble.silent)]
    return spoken


def _rows(metric: Metric, moments: NDArray[np.int64], values: NDArray[np.float64], **attributes: str) -> Columns:
    fixed = {"metricName": metric.name, **attributes}
    columns = {name: np.full(len(moments), value, dtype=object) for name, value in fixed.items()}
    return {"timestamp": moments * 1000, "value": values.astype(np.float64), **columns}
