"""How NRQL reads metric timeslice data of New Relic's agents.

Source: docs.newrelic.com, "Query APM metric timeslice data with NRQL".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute, Query, Span
from monitors.nrql.walk import walk
from monitors.rules.review import ReviewedQuery

VALUE: Final = "newrelic.timeslice.value"
NAME: Final = "metricTimesliceName"
_MENTIONED: Final = re.compile(r"timeslice|metric_format", re.IGNORECASE)
TIMESLICE_NAMES: Final = frozenset({VALUE, NAME})


def timeslice_queries(query: ReviewedQuery) -> Iterator[tuple[Query, Span]]:
    """Yield each query that reads timeslice data itself, with the first place that shows it."""
    if not _MENTIONED.search(query.text):
        return  # next to every query: nothing needs to be walked
    for node in query.all(Query):
        spans = [one.span for one in own_attributes(node) if one.name in TIMESLICE_NAMES]
        if node.metric_format is not None:
            spans.append(node.metric_format.span)
        if spans:
            yield node, min(spans)


def own_attributes(query: Query) -> Iterator[Attribute]:
    """Yield the attributes of a query, not those of queries inside it."""
    inner = [node.span for node in walk(query) if isinstance(node, Query) and node is not query]
    for node in walk(query):
        if isinstance(node, Attribute) and not any(first <= node.span[0] < last for first, last in inner):
            yield node
