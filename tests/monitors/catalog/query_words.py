"""What a query speaks of, held against the metric catalogue and the vendor's own event types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.metrics import COMMON, EVENTS, LOG_ATTRIBUTES, METRICS, Attribute, Kind

_KEYWORDS = frozenset(
    {
        *("from", "select", "where", "and", "or", "not", "in", "is", "null", "like", "as", "facet", "true", "false"),
        *("timeseries", "slide", "by", "auto", "since", "until", "ago", "now", "compare", "with", "limit", "max"),
        *("minute", "minutes", "hour", "hours", "day", "days", "week", "weeks"),
    }
)
_FUNCTIONS = frozenset(
    {
        *("average", "sum", "min", "max", "latest", "count", "uniques", "percentage", "percentile", "histogram"),
        *("filter", "clamp_min", "clamp_max"),
    }
)
# What New Relic's own event types carry (docs.newrelic.com, "Data dictionary"), as far as queries here use them.
VENDOR_TYPES: Mapping[str, frozenset[str]] = {
    "SyntheticCheck": frozenset({"monitorName", "result", "locationLabel", "error"}),
    "NrAiIncident": frozenset(
        {"event", "priority", "conditionName", "policyName", "title", "durationSeconds", "runbookUrl"}
    ),
    "NrAiNotification": frozenset({"destinationType", "workflowName", "status"}),
    "NrIntegrationError": frozenset({"category", "message"}),
}
# Which functions make sense of a metric, by how its points are kept. A gauge's sum adds instances and moments up; a
# count's average is a size of batches; a percentile needs the single values, which no metric keeps.
_FUNCTIONS_OF: Mapping[Kind, frozenset[str]] = {
    Kind.COUNT: frozenset({"sum"}),
    Kind.DISTRIBUTION: frozenset({"sum", "average", "min", "max"}),
    Kind.GAUGE: frozenset({"latest", "average", "min", "max"}),
}


@dataclass(frozen=True)
class Words:
    """A query's event type, the metrics it names in backquotes, its other names, and it without texts and labels."""

    source: str
    metrics: tuple[str, ...]
    names: frozenset[str]
    bare: str


def read(query: str) -> Words:
    """Return the words of a query that names one event type."""
    unlabelled = re.sub(r"\bAS '[^']*'", "", query)
    bare = re.sub(r"\{\{\w+\}\}", "''", re.sub(r"'[^']*'", "''", unlabelled))
    source = re.search(r"\bFROM (\w+)", bare)
    assert source, f"no FROM in {query}"
    found = re.findall(r"[A-Za-z_][\w.]*", re.sub(r"`[^`]*`", "", bare))
    names = {name for name in found if name.lower() not in _KEYWORDS | _FUNCTIONS} - {source[1]}
    return Words(source[1], tuple(re.findall(r"`([^`]+)`", bare)), frozenset(names), bare)


def faults(query: str) -> Iterator[str]:
    """Say what the query names that nothing emits, or takes of a metric what it does not hold."""
    words = read(query)
    yield from (f"{name} is no metric" for name in words.metrics if name not in METRICS)
    if words.source not in {"Metric", "Log", *EVENTS, *VENDOR_TYPES}:
        yield f"{words.source} is no event type"
        return
    carried = {name for metric in _carriers(words) for name in metric}
    shared = {name for name in carried if all(name in carrier for carrier in _carriers(words))}
    yield from (f"{words.source} has no {name}" for name in sorted(words.names - shared - {"timestamp"}))
    yield from _wrong_values(query)
    yield from _wrong_functions(words)


def _carriers(words: Words) -> list[set[str]]:
    """Return the attributes of each thing the query reads; a name has to be with all of them."""
    common = {attribute.name for attribute in COMMON}
    if words.source == "Metric":
        found = [METRICS[name] for name in words.metrics if name in METRICS]
        return [common | {attribute.name for attribute in metric.attributes} for metric in found]
    if words.source == "Log":
        return [common | {attribute.name for attribute in LOG_ATTRIBUTES}]
    if words.source in VENDOR_TYPES:
        return [set(VENDOR_TYPES[words.source])]
    return [common | {attribute.name for attribute in EVENTS[words.source].attributes}]


def _wrong_values(query: str) -> Iterator[str]:
    words = read(query)
    for name, listed in re.findall(r"\b([\w.]+) (?:!?=|IN) \(?((?:'[^']*'(?:, )?)+)", query):
        for value in re.findall(r"'([^']*)'", listed):
            possible = _values_of(words, name)
            if possible and value not in possible:
                yield f"{name} is never {value}"


def _values_of(words: Words, name: str) -> set[str]:
    known: list[Attribute] = [*COMMON, *LOG_ATTRIBUTES]
    known += [one for metric in words.metrics if metric in METRICS for one in METRICS[metric].attributes]
    known += EVENTS[words.source].attributes if words.source in EVENTS else ()
    return {value for attribute in known if attribute.name == name for value in attribute.values}


def _wrong_functions(words: Words) -> Iterator[str]:
    for function, name in re.findall(r"(\w+)\(`([^`]+)`", words.bare):
        if name in METRICS and function not in _FUNCTIONS_OF[METRICS[name].kind]:
            yield f"{function}() of {name}, which is a {METRICS[name].kind}"
