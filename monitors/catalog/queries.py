"""NRQL built from the metric catalogue, so that no query can name what the service does not emit."""

from __future__ import annotations

from monitors.catalog.environments import Environment
from service.metrics import (
    ENV,
    EXECUTION_COUNT,
    OUTCOME,
    REQUEST_COUNT,
    SKILL_EXECUTION,
    Attribute,
    Event,
    Metric,
)


def of(metric: Metric) -> str:
    """Return a metric's name as NRQL takes it: in backquotes, since it holds slashes."""
    return f"`{metric.name}`"


def equals(attribute: Attribute, *values: str) -> str:
    """Return a condition on an attribute. Raises `ValueError` for a value that the attribute cannot have."""
    unknown = [value for value in values if attribute.values and value not in attribute.values]
    if unknown:
        raise ValueError(f"{attribute.name} is never {', '.join(unknown)}; it is one of {', '.join(attribute.values)}")
    if len(values) == 1:
        return f"{attribute.name} = '{values[0]}'"
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{attribute.name} IN ({listed})"


def differs(attribute: Attribute, value: str) -> str:
    """Return the opposite of `equals` for one value."""
    return equals(attribute, value).replace(" = ", " != ")


def total(metric: Metric, where: str = "") -> str:
    """Return the sum of a count or distribution, of the points that meet a condition only where one is given."""
    return f"filter(sum({of(metric)}), WHERE {where})" if where else f"sum({of(metric)})"


def percent(part: str, whole: str) -> str:
    """Return a share in percent; nothing at all when there is no whole, which an alert takes for no data."""
    return f"{part} / {whole} * 100"


def percent_with_floor(part: str, whole: str, least: int) -> str:
    """Return a share in percent of at least `least`, so that a few failures at low traffic stay small."""
    return f"{part} / clamp_min({whole}, {least}) * 100"


def from_metrics(select: str, environment: Environment, where: str = "", facet: str = "") -> str:
    """Return a query over dimensional metrics of one environment."""
    return _query("Metric", select, environment, where, facet)


def from_event(event: Event, select: str, environment: Environment, where: str = "", facet: str = "") -> str:
    """Return a query over one kind of event of one environment."""
    return _query(event.name, select, environment, where, facet)


def field(event: Event, name: str) -> str:
    """Return the name of an event's attribute. Raises `ValueError` when the event has none of that name."""
    if name not in {attribute.name for attribute in event.attributes}:
        raise ValueError(f"{event.name} has no attribute {name}")
    return name


def error_percent_of_executions(where: str = "") -> str:
    """Return the share of executions that did not succeed; timeouts are errors."""
    failed = differs(OUTCOME, "success") + (f" AND {where}" if where else "")
    return percent(total(EXECUTION_COUNT, failed), total(EXECUTION_COUNT, where))


def error_percent_of_requests(where: str = "") -> str:
    """Return the share of requests that did not succeed."""
    failed = differs(OUTCOME, "success") + (f" AND {where}" if where else "")
    return percent(total(REQUEST_COUNT, failed), total(REQUEST_COUNT, where))


def execution_p95() -> str:
    """Return the 95th percentile of execution time in milliseconds; every value is in the event."""
    return f"percentile({field(SKILL_EXECUTION, 'executionTime')}, 95)"


def _query(source: str, select: str, environment: Environment, where: str, facet: str) -> str:
    conditions = [equals(ENV, environment.name), *([where] if where else [])]
    ending = f" FACET {facet}" if facet else ""
    return f"FROM {source} SELECT {select} WHERE {' AND '.join(conditions)}{ending}"
