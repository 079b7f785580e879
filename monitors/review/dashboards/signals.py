"""Which alerts' signals a dashboard shows: a widget selects the very figure that the alert is judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from monitors.nrql import NrqlSyntaxError, parse
from monitors.nrql.tree import Expression, Query
from monitors.rules.reading import conjuncts
from monitors.spec import Dashboard, MarkdownWidget, Stack, Widget

Signal = tuple[Expression, frozenset[str], frozenset[Expression]]  # the figure, FROM, and what has to be true


@dataclass(frozen=True)
class Signals:
    """The signals of a stack's alerts, and those that its dashboards show."""

    stack: Stack

    def lost_with(self, widgets: Iterable[Widget]) -> tuple[str, ...]:
        """Return the alerts whose signal these widgets showed and no widget of this stack shows any more."""
        gone = dict.fromkeys(signal for widget in widgets for signal in _of_widget(widget))
        lost = (signal for signal in gone if signal not in self._shown)
        return tuple(dict.fromkeys(name for signal in lost for name in self._alerts.get(signal, ())))

    @cached_property
    def _alerts(self) -> Mapping[Signal, tuple[str, ...]]:
        found: dict[Signal, tuple[str, ...]] = {}
        for condition in self.stack.observability.conditions:
            for signal in _of_query(condition.query):
                found[signal] = (*found.get(signal, ()), condition.name)
        return found

    @cached_property
    def _shown(self) -> frozenset[Signal]:
        return frozenset(_of_dashboards(self.stack.observability.dashboards))


def _of_dashboards(dashboards: Iterable[Dashboard]) -> Iterator[Signal]:
    for dashboard in dashboards:
        for page in dashboard.pages:
            for widget in page.widgets:
                yield from _of_widget(widget)


def _of_widget(widget: Widget) -> Iterator[Signal]:
    if not isinstance(widget, MarkdownWidget):
        for query in widget.queries:
            yield from _of_query(query)


def _of_query(text: str) -> Iterator[Signal]:
    """Yield each figure that a query selects; its facets, times and labels do not matter here."""
    try:
        query = parse(text)
    except NrqlSyntaxError:
        return
    if isinstance(query, Query):
        where = frozenset(conjuncts(query.where))
        for one in query.select:
            yield one.expression, query.source.event_types, where
