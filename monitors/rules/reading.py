"""What a query speaks of, read from its tree once for all checks: each query's sources, names and what carries them.

A query can hold others, in FROM, JOIN or a value: each is a scope of its own, whose names are those of its own sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import (
    Attribute,
    Call,
    Comparison,
    EventType,
    Expression,
    Logical,
    Node,
    Query,
    Text,
    Where,
)
from monitors.rules.catalogue.vendor_types import METRIC_FIELDS, METRIC_NAMESPACES, VENDOR_TYPES
from monitors.rules.review import ReviewedQuery
from service.metrics import COMMON, EVENTS, METRICS, Metric, Type
from service.metrics import Attribute as Carried

_READ: Final = "read_for_checks"  # kept beside the fields of a query, where comparing and hashing do not look
_COMMON: Final = {one.name: one for one in COMMON}
_TIMESTAMP: Final = Carried("timestamp", "When it was recorded.", Type.NUMBER)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a query; `within` is the aggregate that takes it, `filters` the call in whose WHERE it stands."""

    node: Attribute
    within: Call | None
    filters: Call | None

    @property
    def text(self) -> str:
        """The name itself."""
        return self.node.name


@dataclass(frozen=True, slots=True)
class Carrier:
    """A metric or event type with the attributes of its points; a `closed` one has no others."""

    title: str
    attributes: Mapping[str, Carried]
    closed: bool = True


@dataclass(frozen=True)
class Scope:
    """One query without those inside it."""

    query: Query
    names: tuple[Name, ...]
    calls: tuple[Call, ...]

    @cached_property
    def sources(self) -> tuple[EventType, ...]:
        """The event types that it reads."""
        return tuple(item for item in self.query.source.items if isinstance(item, EventType))

    @cached_property
    def reads_metrics(self) -> bool:
        """Whether it reads `Metric`, and nothing else."""
        return [source.name for source in self.sources] == ["Metric"]

    @cached_property
    def is_plain(self) -> bool:
        """Whether all its names are those of known event types; else they may be another query's, or an agent's."""
        source = self.query.source
        known = all(
            isinstance(item, EventType)
            and (item.name == "Metric" or item.name in EVENTS or item.name in VENDOR_TYPES or _is_partition(item.name))
            for item in source.items
        )
        return known and bool(source.items) and source.join is None and self.query.metric_format is None

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Names that the query itself gives: aliases and WITH."""
        aliases = [selection.alias for selection in self.query.select]
        facet = self.query.facet
        if facet is not None:
            aliases += [selection.alias for selection in facet.by]
        bound = (name for binding in self.query.bindings for name in binding.names)
        return frozenset({*(alias for alias in aliases if alias), *bound})

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics that it reads, each once, in the order of the text."""
        if "Metric" not in {source.name for source in self.sources}:
            return ()
        named = [name.text for name in self.names if name.text in METRICS]
        by_value = [text for text in _metric_names(self.query.where) if text in METRICS]
        return tuple(METRICS[text] for text in dict.fromkeys([*named, *by_value]))

    def carriers(self, name: Name) -> tuple[Carrier, ...]:
        """Return what has to carry a name: within a filter its own metrics, else everything that is read."""
        found: list[Carrier] = []
        for source in self.sources:
            if source.name == "Metric":
                metrics = self._filtered(name.filters) if name.filters is not None else self.metrics
                found += [of_metric(metric.name) for metric in (metrics or self.metrics)]
            else:
                found += [of_event_type(source.name)]
        return tuple(found)

    def _filtered(self, call: Call) -> tuple[Metric, ...]:
        first, last = call.span
        inside = (name.text for name in self.names if first <= name.node.span[0] < last)
        return tuple(METRICS[text] for text in dict.fromkeys(inside) if text in METRICS)


def scopes(query: ReviewedQuery) -> tuple[Scope, ...]:
    """Return the scopes of a query, the outermost first; none where it could not be read."""
    kept: tuple[Scope, ...] | None = query.__dict__.get(_READ)
    if kept is None:
        kept = () if query.query is None else tuple(_scopes(query.nodes))
        query.__dict__[_READ] = kept
    return kept


@cache
def of_metric(name: str) -> Carrier:
    """Return a metric of the service as a carrier of attributes."""
    own = {one.name: one for one in METRICS[name].attributes}
    return Carrier(name, MappingProxyType({**_COMMON, **own, _TIMESTAMP.name: _TIMESTAMP}))


@cache
def of_event_type(name: str) -> Carrier:
    """Return an event type, the service's or New Relic's, as a carrier of attributes; of others nothing is known."""
    if name in EVENTS:
        own = {one.name: one for one in EVENTS[name].attributes}
        return Carrier(name, MappingProxyType({**_COMMON, **own, _TIMESTAMP.name: _TIMESTAMP}))
    vendor = VENDOR_TYPES.get("Log" if _is_partition(name) else name)
    if vendor is None:
        return Carrier(name, {}, closed=False)
    ours = _COMMON if vendor.name == "Log" else {}
    known = {**ours, **vendor.attributes, _TIMESTAMP.name: _TIMESTAMP}
    return Carrier(name, MappingProxyType(known), vendor.closed)


def is_vendors(name: str) -> bool:
    """Say whether a name of a metric data point is New Relic's own."""
    return name in METRIC_FIELDS or name.startswith(METRIC_NAMESPACES)


def conjuncts(condition: Expression | None) -> Iterator[Expression]:
    """Yield the parts of a condition that all have to be true."""
    waiting: list[Expression] = [] if condition is None else [condition]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Logical) and current.operator == "AND":
            waiting.extend(reversed(current.parts))
        else:
            yield current


def _is_partition(name: str) -> bool:
    return name.startswith("Log_")


def _metric_names(where: Expression | None) -> Iterator[str]:
    for part in conjuncts(where):
        match part:
            case Comparison(operator="=", left=Attribute(name="metricName"), right=Text(value=text)):
                yield text


def _scopes(nodes: Iterable[Node]) -> Iterator[Scope]:
    """Yield the scopes of a query from its nodes, which come in the order of the text, each before those below it."""
    opened: list[_Open] = []
    found: list[tuple[Query, list[Name], list[Call]]] = []
    for node in nodes:
        start, end = node.span
        while len(opened) > 1 and start >= opened[-1].end:
            opened.pop()
        kind = type(node)
        if kind is Query:
            found.append((cast(Query, node), [], []))
            opened.append(_Open(end, len(found) - 1, None, None, None))
            continue
        here = opened[-1]
        if kind is Attribute:
            found[here.scope][1].append(Name(cast(Attribute, node), here.within, here.filters))
        elif kind is Call:
            call = cast(Call, node)
            found[here.scope][2].append(call)
            within = call if is_aggregate(call) else here.within
            opened.append(_Open(end, here.scope, within, here.filters, call))
        elif kind is Where:
            opened.append(_Open(end, here.scope, None, here.call, here.call))
    return (Scope(query, tuple(names), tuple(calls)) for query, names, calls in found)


class _Open(NamedTuple):
    """A query, call or WHERE that the walk is within: where it ends, and what it means for the names in it."""

    end: int
    scope: int
    within: Call | None
    filters: Call | None
    call: Call | None
