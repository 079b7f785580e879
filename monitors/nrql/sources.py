"""Reads what a query reads from: FROM and JOIN."""

from __future__ import annotations

from monitors.nrql.calls import Calls
from monitors.nrql.ranks import SUM
from monitors.nrql.tree import EventType, Join, Lookup, Source, Subquery, Variable


class Sources(Calls):
    """The part of the parser that reads FROM."""

    __slots__ = ()

    def source_clause(self) -> Source:
        """Take FROM with its JOIN."""
        start = self.at
        self.at += 1
        items = [self._source_item()]
        while self.take(","):
            items.append(self._source_item())
        join = self._join() if self.kinds[self.at] in ("JOIN", "INNER", "LEFT") else None
        return Source(tuple(items), join, span=self.span_from(start))

    def _source_item(self) -> EventType | Variable | Lookup | Subquery:
        start, kind = self.at, self.kinds[self.at]
        if kind == "variable":
            return self.variable_here()
        if self.take("("):
            query = self.query()
            self.need(")")
            return Subquery(query, span=self.span_from(start))
        name = self.name_here("an event type")
        if name.lower() == "lookup" and kind == "word" and self.take("("):
            table = self.name_here("a table's name")
            self.need(")")
            return Lookup(table, span=self.span_from(start))
        return EventType(name, span=self.span_from(start))

    def _join(self) -> Join:
        start = self.at
        left = self.take("LEFT")
        if not left:
            self.take("INNER")
        self.need("JOIN")
        self.need("(", "a query in parentheses")
        query = self.query()
        self.need(")")
        self.need("ON")
        key = self.expression(SUM)
        other = self.expression(SUM) if self.take("=") else None
        return Join("LEFT" if left else "INNER", query, key, other, span=self.span_from(start))
