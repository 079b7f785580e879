"""What dashboards show beside the made-up week's metrics and executions: logs, opinions, incidents, what people did.

Nobody measured any of it; every row says so, as those of the week do. Incidents and notifications are no invention of
their own: they are what the stack's alerts would have opened on the made-up week.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from monitors.backtest.marks import MADE_UP
from monitors.backtest.result import AlertHistory, Opening
from monitors.backtest.run import backtest
from monitors.backtest.sample import TROUBLES, write_sample
from monitors.backtest.sample.executions import SEED, executions
from monitors.nrql.evaluator import read
from monitors.spec import Stack
from service.metrics import (
    BREAKER_OPENINGS,
    COST_ANOMALIES,
    RATE_LIMITED,
    ROLLOUT_CHANGE,
    SATISFACTION,
    SKILL_ADMINISTRATION,
    SPOOL_DROPPED,
    Metric,
)

# Right after the vendor was overloaded, which is when a dashboard has something to show.
NOW_SECONDS: Final = datetime(2026, 10, 9, 20, tzinfo=UTC).timestamp()
_FILE: Final = "dashboards.jsonl"
_MILLISECONDS: Final = 1000
_GIVES_AN_OPINION: Final = 0.12
_USEFUL: Final = {True: 0.91, False: 0.25}
_MESSAGES: Final = {"timeout": "no answer within 30 s", "overloaded": "the vendor answered 529 overloaded"}

Row = dict[str, Any]


def write(folder: Path, stack: Stack) -> None:
    """Write the made-up week and what dashboards need beside it. Raises `OSError`."""
    write_sample(folder, stack)
    alerts = backtest(stack, read(folder), name="the made-up week").alerts
    common = {"service": _service(stack), "env": stack.name, MADE_UP: True}
    columns = executions(stack.response.schedules[0].time_zone if stack.response.schedules else "UTC")
    with (folder / _FILE).open("w", encoding="utf-8") as file:
        for row in (*_of_executions(columns), *_metrics(), *_events(), *_incidents(stack, alerts)):
            file.write(json.dumps({**common, **row}) + "\n")


def _service(stack: Stack) -> str:
    return stack.platform.private_services[0].name if stack.platform.private_services else "ai-service"


def _of_executions(columns: dict[str, np.typing.NDArray[Any]]) -> Iterator[Row]:
    """Yield a log line for each execution that failed, and what some of the users thought of the answer."""
    random = np.random.default_rng(SEED + 1)
    opinions, chances = random.random(len(columns["timestamp"])), random.random(len(columns["timestamp"]))
    names = ("timestamp", "success", "errorKind", "traceId", "task", "skillId", "variant", "attempts")
    for place, (at, success, kind, trace, task, skill, variant, attempts) in enumerate(
        zip(*(columns[name].tolist() for name in names), strict=True)
    ):
        if not success:
            message = f"{skill}: {_MESSAGES[kind]}, {attempts} attempts"
            yield {
                "eventType": "Log",
                "timestamp": at,
                "level": "error",
                "message": message,
                "trace.id": trace,
                "logger": "skills.executor",
            }
        if opinions[place] < _GIVES_AN_OPINION:
            useful = 100.0 if chances[place] < _USEFUL[success] else 0.0
            yield _distribution(SATISFACTION, at, useful, task=task, skillId=skill, variant=variant)


def _metrics() -> Iterator[Row]:
    random = np.random.default_rng(SEED + 2)
    for trouble in TROUBLES:
        start = trouble.start_seconds
        if trouble.error_percent >= 80:
            for minute in range(2, trouble.minutes, 4):
                yield _count(BREAKER_OPENINGS, start + minute * 60, 1, vendor="anthropic")
        if trouble.cost > 1:
            for minute in range(30, trouble.minutes, 60):
                yield _count(COST_ANOMALIES, start + minute * 60, 1, skillId="contract-analysis", model="sonnet")
        if trouble.silent:
            yield _count(SPOOL_DROPPED, trouble.end_seconds + 60, int(random.integers(3, 30)), reason="age")
        if trouble.error_percent:
            for minute in range(trouble.minutes):
                task = str(random.choice(["analyze", "draft"]))
                yield _count(RATE_LIMITED, start + minute * 60, int(random.integers(0, 4)), task=task)


def _events() -> Iterator[Row]:
    for moment, before, after, who, why in (
        ("2026-10-05T16:00", 10, 25, "Engineering lead", "a quiet weekend"),
        ("2026-10-06T10:20", 25, 0, "rollback", "errors above 5 %"),
        ("2026-10-07T17:30", 0, 25, "Engineering lead", "mended and watched for a day"),
        ("2026-10-09T16:05", 25, 50, "Engineering lead", "two days within budget"),
        ("2026-10-09T19:20", 50, 25, "AI engineer A", "the vendor is overloaded"),
    ):
        yield {
            **_at(ROLLOUT_CHANGE.name, moment),
            "before": before,
            "after": after,
            "changedBy": who,
            "reason": why,
        }
    for moment, action, skill, result in (
        ("2026-10-05T18:10", "upload", "case-research", "done"),
        ("2026-10-08T15:45", "upload", "brief-drafting", "refused"),
        ("2026-10-09T19:15", "upload", "brief-drafting", "done"),
    ):
        row = {"action": action, "skillId": skill, "changedBy": "AI engineer B", "result": result}
        yield {**_at(SKILL_ADMINISTRATION.name, moment), **row}


def _incidents(stack: Stack, alerts: Iterable[AlertHistory]) -> Iterator[Row]:
    """Yield what New Relic would have kept of the incidents that the alerts open on the week, and of telling them."""
    policies = {one.key: policy for policy in stack.observability.policies for one in policy.conditions}
    for alert in alerts:
        for opening in alert.openings:
            condition = alert.condition
            about = {
                "eventType": "NrAiIncident",
                "priority": opening.priority,
                "conditionName": condition.name,
                "policyName": policies[condition.key].name,
                "title": f"{condition.name} {', '.join(opening.facet)}".strip(),
            }
            yield {**about, "timestamp": _ms(opening.opened_at), "event": "open"}
            if not opening.still_open:
                duration = {"durationSeconds": round(opening.seconds)}
                yield {**about, "timestamp": _ms(opening.ended_at), "event": "close", **duration}
            yield from _notifications(opening, policies[condition.key].name)


def _notifications(opening: Opening, workflow: str) -> Iterator[Row]:
    for notice in opening.notices:
        yield {
            "eventType": "NrAiNotification",
            "timestamp": _ms(notice.at),
            "destinationType": {"page": "PAGERDUTY_SERVICE_INTEGRATION"}.get(notice.kind, notice.kind.upper()),
            "workflowName": workflow,
            "status": "SUCCEEDED",
        }


def _at(event_type: str, moment: str) -> Row:
    return {"eventType": event_type, "timestamp": _ms(datetime.fromisoformat(f"{moment}+00:00").timestamp())}


def _count(metric: Metric, seconds: float, value: float, **attributes: str) -> Row:
    return {"eventType": "Metric", "metricName": metric.name, "timestamp": _ms(seconds), "value": value, **attributes}


def _distribution(metric: Metric, milliseconds: int, value: float, **attributes: str) -> Row:
    summary = {"count": 1, "sum": value, "min": value, "max": value}
    return {"eventType": "Metric", "metricName": metric.name, "timestamp": milliseconds, **summary, **attributes}


def _ms(seconds: float) -> int:
    return round(seconds * _MILLISECONDS)
