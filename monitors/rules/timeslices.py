"""How NRQL reads metric timeslice data of New Relic's agents.

Source: docs.newrelic.com, "Query APM metric timeslice data with NRQL".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute, Query, Span
from monitors.rules.clauses import with_query
from monitors.rules.review import ReviewedQuery

VALUE: Final = "newrelic.timeslice.value"
NAME: Final = "metricTimesliceName"
_MENTIONED: Final = re.compile(r"timeslice|metric_format", re.IGNORECASE)
TIMESLICE_NAMES: Final = frozenset({VALUE, NAME})


def timeslice_queries(query: ReviewedQuery) -> Iterator[tuple[Query, Span]]:
    """Yield each query that reads timeslice data itself, with the first place that shows it."""
    if not _MENTIONED.search(query.text):
        return  # next to every query: nothing needs to be walked
    places: dict[int, list[Span]] = defaultdict(list)
    for attribute, around in with_query(query, Attribute):
        if attribute.name in TIMESLICE_NAMES:
            places[id(around)].append(attribute.span)
    for one in query.all(Query):
        if one.metric_format is not None:
            places[id(one)].append(one.metric_format.span)
        if places[id(one)]:
            yield one, min(places[id(one)])
