"""What the checks of the catalogue say of a query by itself, and what it reads."""

from __future__ import annotations

from functools import cache

from monitors.rules.catalogue import (
    impossible_value,
    mixed_units,
    senseless_function,
    unknown_attribute,
    unknown_event_type,
    unknown_metric,
)
from monitors.rules.query import syntax
from monitors.rules.reading import Scope, scopes
from monitors.rules.review import Review, ReviewedQuery, read_query
from monitors.rules.subjects import Subject
from monitors.spec import Observability, Platform, Response, Stack

_CHECKS = (
    syntax.CHECK,
    unknown_event_type.CHECK,
    unknown_metric.CHECK,
    unknown_attribute.CHECK,
    impossible_value.CHECK,
    senseless_function.CHECK,
    mixed_units.CHECK,
)


def faults(query: str) -> list[str]:
    """Say what the query names that nothing emits, or takes of a metric what it does not hold."""
    review = Review(_nothing(), loose=(_read(query),))
    return [found.message for check in _CHECKS for found in check.run(review)]


def source_of(query: str) -> str:
    """Return the event type that a query reads."""
    return _scope(query).sources[0].name


def metrics_of(query: str) -> tuple[str, ...]:
    """Return the metrics that a query reads."""
    return tuple(metric.name for metric in _scope(query).metrics)


def _scope(query: str) -> Scope:
    return scopes(_read(query))[0]


def _read(query: str) -> ReviewedQuery:
    return read_query(Subject("query", "query/it", None, query), "query", query, "widget")


@cache
def _nothing() -> Stack:
    return Stack(
        name="prod",
        tags={},
        platform=Platform(project="none"),
        observability=Observability(policies=(), destinations=(), workflows=(), dashboards=()),
        response=Response(users=(), teams=(), schedules=(), escalation_policies=(), services=()),
    )
