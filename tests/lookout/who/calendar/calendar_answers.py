"""Calendars of this repository's stacks, some with people standing in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from lookout.who.calendar.asking import Answer, Question, ask
from monitors.alerting.rota import Override, calendar, fairness

START = "2026-01-05T09:00"


def asked(environment: str = "prod", days: int = 90, since: str = START) -> Answer:
    """Return the calendar from the moment on at which the first turns begin."""
    return ask(Question(environment, days, since))


def with_overrides(answer: Answer, *overrides: Override) -> Answer:
    """Return a calendar with people standing in."""
    found = calendar(answer.stack, answer.start.local, answer.days, overrides)
    return replace(answer, calendar=found, loads=fairness(answer.stack, answer.start.local, answer.days, overrides))


def eventful() -> Answer:
    """Return production's calendar with somebody on two levels for three days."""
    answer = asked()
    start = answer.calendar.start + timedelta(days=2)
    return with_overrides(answer, Override("ai-secondary", "ai-engineer-a", start, start + timedelta(days=3)))
