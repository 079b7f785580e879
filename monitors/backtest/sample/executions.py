"""The executions of the made-up week: one row for each, as the service would tell of it in a `SkillExecution` event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from monitors.backtest.sample.troubles import END_SECONDS, START_SECONDS, during, within

SEED: Final = 20261005
_HOUR: Final = 3600
# Requests a minute in the busy hours, in evenings and at night: the first stages of a rollout.
_BUSY, _QUIET, _NIGHT = 9.0, 4.5, 1.6
_USUAL_ERROR_SHARE: Final = 0.0012
_TIMEOUT_SHARE_OF_ERRORS: Final = 0.2
_SECOND_VENDOR_HELPS: Final = 0.6

Columns = dict[str, NDArray[Any]]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Task:
    """One kind of request: how much of the traffic it is, and what one takes."""

    name: str
    skill: str
    model: str
    share: float
    milliseconds: float
    usd: float


_TASKS: Final = (
    _Task("analyze", "contract-analysis", "sonnet", 0.4, 1_900, 0.012),
    _Task("draft", "brief-drafting", "sonnet", 0.25, 2_600, 0.016),
    _Task("research", "case-research", "opus", 0.15, 2_800, 0.024),
    _Task("compliance", "compliance-check", "haiku", 0.2, 1_100, 0.004),
)


def executions(time_zone: str) -> Columns:
    """Return the week's executions as columns, in the order of time; `timestamp` is in milliseconds."""
    random = np.random.default_rng(SEED)
    seconds = _arrivals(random, time_zone)
    count = len(seconds)
    moments = seconds.astype(np.int64)
    kind = random.choice(len(_TASKS), count, p=[task.share for task in _TASKS])
    succeeded, outcome = _outcomes(random, moments)
    rescued = ~succeeded & (random.random(count) < _SECOND_VENDOR_HELPS)
    rescued &= ~within(moments, lambda trouble: not trouble.healthy)
    milliseconds = _of_task(kind, "milliseconds") * random.lognormal(-0.08, 0.4, count)
    milliseconds *= during(moments, lambda trouble: trouble.slowness, 1)
    milliseconds[outcome == "timeout"] = 30_000
    cache_hit = random.random(count) < 0.55
    identifiers = np.arange(count)
    return {
        "timestamp": (seconds * 1000).astype(np.int64),
        "executionId": _named("x", identifiers),
        "requestId": _named("r", identifiers),
        "traceId": _named("t", identifiers),
        "task": _of_task(kind, "name"),
        "skillId": _of_task(kind, "skill"),
        "skillVersion": np.full(count, "1", dtype=object),
        "model": _of_task(kind, "model"),
        "variant": np.where(random.random(count) < 0.5, "canary", "control").astype(object),
        "userBucket": random.integers(1, 101, count),
        "outcome": outcome,
        "success": succeeded,
        "errorKind": _error_kinds(outcome),
        "answeredBy": np.where(succeeded, "skill", np.where(rescued, "grok", "nobody")).astype(object),
        "fallback": rescued,
        "attempts": np.where(succeeded, 1, 2),
        "cacheHit": cache_hit,
        "executionTime": np.round(milliseconds, 1),
        "routingTime": np.round(random.lognormal(1.5, 0.3, count), 2),
        **_costs(random, moments, kind),
    }


def _arrivals(random: np.random.Generator, time_zone: str) -> Floats:
    """Return when requests come, in seconds since 1970, ascending; none while the service is silent."""
    hours = np.arange(START_SECONDS, END_SECONDS, _HOUR)
    counts = random.poisson([_a_minute(int(hour), time_zone) * 60 for hour in hours])
    seconds = np.sort(np.repeat(hours, counts) + random.random(int(counts.sum())) * _HOUR)
    quiet: Floats = seconds[~within(seconds.astype(np.int64), lambda trouble: trouble.silent)]
    return quiet


def _a_minute(moment: int, time_zone: str) -> float:
    local = datetime.fromtimestamp(moment, ZoneInfo(time_zone))
    if local.hour < 7 or local.hour >= 22:
        return _NIGHT
    return _BUSY if local.isoweekday() < 6 and 9 <= local.hour < 17 else _QUIET


def _outcomes(random: np.random.Generator, moments: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[Any]]:
    share = during(moments, lambda trouble: trouble.error_percent, 0) / 100
    succeeded = random.random(len(moments)) >= np.maximum(share, _USUAL_ERROR_SHARE)
    timed_out = random.random(len(moments)) < _TIMEOUT_SHARE_OF_ERRORS
    failed = np.where(timed_out, "timeout", "error")
    return succeeded, np.where(succeeded, "success", failed).astype(object)


def _error_kinds(outcome: NDArray[Any]) -> NDArray[Any]:
    kinds = np.full(len(outcome), None, dtype=object)
    kinds[outcome == "timeout"] = "timeout"
    kinds[outcome == "error"] = "overloaded"
    return kinds


def _costs(random: np.random.Generator, moments: NDArray[np.int64], kind: NDArray[np.int64]) -> Columns:
    """Return tokens and money; with skills a request takes a quarter of the tokens and two fifths of the money."""
    size = random.lognormal(-0.04, 0.3, len(moments)) * during(moments, lambda trouble: trouble.cost, 1)
    tokens = np.round(4_000 * size).astype(np.int64)
    cost = np.round(_of_task(kind, "usd") * size, 6)
    baseline_cost = np.round(cost / random.normal(0.4, 0.02, len(moments)), 6)
    baseline_tokens = np.round(tokens / random.normal(0.24, 0.015, len(moments))).astype(np.int64)
    return {
        "inputTokens": tokens * 25 // 100,
        "outputTokens": tokens * 15 // 100,
        "cacheReadTokens": tokens * 50 // 100,
        "cacheCreationTokens": tokens * 10 // 100,
        "baselineTokens": baseline_tokens,
        "tokenSavings": baseline_tokens - tokens,
        "cost": cost,
        "baselineCost": baseline_cost,
        "savingsPercent": np.round(100 - cost / baseline_cost * 100, 2),
    }


def _of_task(kind: NDArray[np.int64], field: str) -> NDArray[Any]:
    values = [getattr(task, field) for task in _TASKS]
    return np.array(values, dtype=object if isinstance(values[0], str) else np.float64)[kind]


def _named(letter: str, identifiers: NDArray[np.int64]) -> NDArray[Any]:
    return np.array([f"{letter}-{number:06d}" for number in identifiers], dtype=object)
