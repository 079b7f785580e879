"""What a case's series emit: rows as New Relic keeps them, each with the moment it arrives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from monitors.catalog.environments import ENVIRONMENTS
from monitors.catalog.terms import ai_service
from monitors.testing.cases import ENV, OTHER, SERVICE, Case, Series, StackName
from monitors.testing.names import Value, attribute_of, typed
from service.metrics import ENV as ENV_ATTRIBUTE
from service.metrics import SERVICE as SERVICE_ATTRIBUTE


class Emitted(NamedTuple):
    """One row and when it arrives, in seconds since 1970."""

    row: dict[str, Any]
    arrives_at: float


def emitted(case: Case, stack: StackName) -> Iterator[Emitted]:
    """Yield everything a case's series emit in one stack, series by series."""
    start = case.start.timestamp()
    for series in case.series:
        kept = _attributes(series, stack)
        for index, tick in enumerate(series.ticks):
            if tick.value is None:
                continue
            timestamp = start + index * series.every_seconds
            for measures in _measures(series, tick.value):
                row = {"timestamp": timestamp, **kept, **measures}
                yield Emitted(row, timestamp + tick.late_seconds)


def _attributes(series: Series, stack: StackName) -> dict[str, Value]:
    """Return what every row of a series carries: its kind, the given attributes, and those the service always gives."""
    other: StackName = next(name for name in ENVIRONMENTS if name != stack)
    name, apart = (stack, other) if series.stack == "own" else (other, stack)
    meant = {ENV: name, OTHER: apart, SERVICE: ai_service(ENVIRONMENTS[name])}
    kept: dict[str, Value] = {"eventType": series.event or "Metric"}
    if series.metric is not None:
        kept["metricName"] = series.metric
    if series.source.is_the_services:
        kept |= {ENV_ATTRIBUTE.name: name, SERVICE_ATTRIBUTE.name: meant[SERVICE]}
    for attribute, text in series.attributes.items():
        for placeholder, value in meant.items():
            text = text.replace(placeholder, value)
        kept[attribute] = typed(attribute_of(series.source, attribute), text)
    return kept


def _measures(series: Series, value: float) -> Iterator[dict[str, float]]:
    """Yield what each row of one tick measures."""
    if series.source.is_summary:
        yield {"count": series.times, "sum": value * series.times, "min": value, "max": value}
    elif series.metric is not None:
        yield {"value": value}
    elif series.values_of is not None:
        yield from ({series.values_of: value} for _ in range(series.times))
    else:
        yield from ({} for _ in range(int(value)))
