"""What a case may name: the service's metrics and events, and the events that New Relic itself makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitors.nrql.suggestions import suggest
from monitors.rules.catalogue.vendor_types import VENDOR_TYPES
from service.metrics import COMMON, EVENTS, METRICS, Attribute, Kind, Metric, Type

Value = str | float | bool


@dataclass(frozen=True)
class Source:
    """What a series is of: a metric or an event, with the attributes it carries, by name.

    One that is `closed` carries no others; New Relic's own events may take custom ones beside.
    """

    name: str
    metric: Metric | None
    attributes: Mapping[str, Attribute]
    closed: bool = True

    @property
    def is_summary(self) -> bool:
        """Whether one point sums up many measurements (count, sum, least and greatest)."""
        return self.metric is not None and self.metric.kind is Kind.DISTRIBUTION

    @property
    def is_count(self) -> bool:
        """Whether points are added up, each a number of things."""
        return self.metric is not None and self.metric.kind is Kind.COUNT

    @property
    def is_the_services(self) -> bool:
        """Whether the service emits it, with the attributes that everything it emits carries."""
        return self.name not in VENDOR_TYPES


def metric_source(name: str) -> Source:
    """Return the metric of a name. Raises `ValueError` when the service emits none of that name."""
    metric = METRICS.get(name)
    if metric is None:
        raise ValueError(f"the service emits no such metric. {nearest(name, METRICS)}")
    return Source(name, metric, _by_name((*metric.attributes, *COMMON)))


def event_source(name: str) -> Source:
    """Return the event of a name. Raises `ValueError` when neither the service nor New Relic makes it."""
    vendors = VENDOR_TYPES.get(name)
    if vendors is not None:
        return Source(name, None, vendors.attributes, vendors.closed)
    event = EVENTS.get(name)
    if event is None:
        raise ValueError(f"there is no such event. {nearest(name, (*EVENTS, *VENDOR_TYPES))}")
    return Source(name, None, _by_name((*event.attributes, *COMMON)))


def attribute_of(source: Source, name: str) -> Attribute:
    """Return a source's attribute. Raises `ValueError` when it carries none of that name."""
    found = source.attributes.get(name)
    if found is None and source.closed:
        raise ValueError(f"{source.name} has no attribute of that name. {nearest(name, source.attributes)}")
    return found or Attribute(name, "")


def typed(attribute: Attribute, text: str) -> Value:
    """Return an attribute's value from its text. Raises `ValueError` for a value that it cannot have."""
    if attribute.values and text not in attribute.values:
        raise ValueError(f"{attribute.name} is never that. {nearest(text, attribute.values)}")
    if attribute.type is Type.BOOLEAN:
        if text not in ("true", "false"):
            raise ValueError(f"{attribute.name} is true or false")
        return text == "true"
    if attribute.type is Type.NUMBER:
        try:
            return float(text)
        except ValueError:
            raise ValueError(f"{attribute.name} is a number") from None
    return text


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the advice on an unknown word: the known one that was likely meant, or all that there are."""
    names = tuple(known)
    meant = suggest(word, names)
    if meant is None:  # half a metric's name is as likely as a slip in it
        meant = next((name for name in names if word.lower() in name.lower().split("/")), None)
    return f"Did you mean {meant}?" if meant else f"Known are {', '.join(names)}."


def _by_name(attributes: Iterable[Attribute]) -> dict[str, Attribute]:
    return {attribute.name: attribute for attribute in attributes}
