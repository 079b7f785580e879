"""What `lookout backtest` was asked, and the faults that stop it, each with its next step."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from lookout.errors import CouldNotRun

if TYPE_CHECKING:
    from monitors.backtest.result import Backtest
    from monitors.nrql.evaluator import Data
    from monitors.spec import Stack

_OLDEST_SECONDS: Final = 946_684_800  # the year 2000
_SAMPLE: Final = "`lookout backtest --sample DIR` writes a made-up week to try it with."


@dataclass(frozen=True)
class Question:
    """The verb's arguments as they were given."""

    path: Path
    stack: str
    alerts: tuple[str, ...]
    since: str | None
    until: str | None
    brief_minutes: float


def ask(question: Question) -> Backtest:
    """Answer it. Raises `CouldNotRun` where nothing can be said."""
    from monitors import catalog
    from monitors.backtest.hours import hours_of
    from monitors.backtest.run import NothingToReplay, backtest

    stack = catalog.stack(question.stack)
    _check_alerts(stack, question.alerts)
    zone = hours_of(stack).zone
    since, until = _moment(question.since, "--since", zone), _moment(question.until, "--until", zone)
    if since is not None and until is not None and since >= until:
        raise CouldNotRun(f"--since {question.since} is not before --until {question.until}.", "Swap them.")
    data = _read(question.path)
    if since is None:
        _check_begin(question.path, data)
    try:
        found = backtest(
            stack,
            data,
            name=question.path.name or str(question.path),
            alerts=question.alerts,
            since=since,
            until=until,
            brief_minutes=question.brief_minutes,
        )
    except NothingToReplay as error:
        raise CouldNotRun(f"{question.path}: {error}.", "Leave --since and --until out to see all there is.") from error
    _check_judged(found)
    return found


def _check_alerts(stack: Stack, keys: Sequence[str]) -> None:
    known = [condition.key for condition in stack.observability.conditions]
    for key in keys:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            step = f"Did you mean --alert {near[0]}?" if near else f"It has {', '.join(known)}."
            raise CouldNotRun(f"the stack {stack.name} has no alert {key!r}.", step)


def _moment(text: str | None, option: str, zone: ZoneInfo) -> float | None:
    """Return a time as seconds; one without an offset is on the clocks of the people on call."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()
    except (ValueError, OverflowError) as error:
        raise CouldNotRun(
            f"{option} {text!r} is no time.", "Write one such as 2026-10-06, 2026-10-06T03:00 or 2026-10-06T10:00Z."
        ) from error


def _read(path: Path) -> Data:
    from monitors.nrql.evaluator import DataError, read

    try:
        return read(path)
    except DataError as error:
        raise CouldNotRun(f"{error}.", _SAMPLE if not path.exists() or path.is_dir() else "") from error


def _check_begin(path: Path, data: Data) -> None:
    """Refuse a row stamped before there was any telemetry: the report would begin decades ago, all of it empty."""
    span = data.time_span()
    if span is not None and span[0] < _OLDEST_SECONDS:
        first = datetime.fromtimestamp(0, UTC) + timedelta(seconds=span[0])
        raise CouldNotRun(
            f"{path} has a row stamped {first:%Y-%m-%d %H:%M} UTC, which is no time of a recording.",
            "Mend or remove it, or say from when on to report: --since 2026-10-06.",
        )


def _check_judged(found: Backtest) -> None:
    """Refuse to call it a result when not one alert found data."""
    if found.judged or not found.alerts:
        return
    causes: dict[tuple[str, str], int] = {}
    for alert in found.alerts:
        cause = (alert.coverage.fault or "", alert.coverage.next_step)
        causes[cause] = causes.get(cause, 0) + 1
    fault, step = max(causes, key=lambda cause: causes[cause])
    count = len(found.alerts)
    whose = "the alert" if count == 1 else f"any of the {count} alerts"
    raise CouldNotRun(f"nothing can be said of {whose} of {found.stack}: {fault}", step)
