"""Which clause of a widget's query differs, in words, read from both syntax trees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from monitors.nrql import NrqlSyntaxError, parse, to_text
from monitors.nrql.tree import Node, Query, Timeseries
from monitors.review.excerpts import differing
from monitors.review.phrases import quoted

_NOTHING: Final = "nothing"
# How a clause is told, and what it means where it is not written.
_WORDS: Final = {
    "query": ("asks", "nothing"),
    "SELECT": ("shows", "nothing"),
    "FROM": ("reads", "nothing"),
    "WHERE": ("takes rows with", "anything"),
    "FACET": ("is split by", "nothing"),
    "TIMESERIES": ("has a step of", "no step: single values"),
    "SINCE": ("shows the time since", "what is chosen on the dashboard"),
    "UNTIL": ("shows the time until", "now"),
    "COMPARE WITH": ("is compared with", "nothing"),
}


@dataclass(frozen=True)
class ClauseChange:
    """A clause with both texts; one that a side has not is told as `nothing`."""

    clause: str
    before: str
    after: str

    @property
    def says(self) -> str:
        """What it means, to go on after the widget's name."""
        words = _WORDS.get(self.clause)
        if words is None:
            was, now = differing(self.before, self.after)
            return f"has {self.clause} {now}, before {was}"
        verb, none = words
        if self.clause == "TIMESERIES" and self.before == _NOTHING:
            steps = "that New Relic chooses" if self.after == "AUTO" else f"of {self.after}"
            return f"shows values over time, in steps {steps}, before single values"
        was, now = (none if text == _NOTHING else text for text in differing(self.before, self.after))
        return f"{verb} {now}, before {was}"


def clause_changes(old: str, new: str) -> tuple[ClauseChange, ...]:
    """Return every clause that differs; two queries that differ in their writing alone give none.

    A query that cannot be read is told whole.
    """
    before, after = _tree(old), _tree(new)
    if before is None or after is None:
        return (ClauseChange("query", quoted(old), quoted(new)),)
    return tuple(_differing(before, after))


def _tree(text: str) -> Query | None:
    try:
        statement = parse(text)
    except NrqlSyntaxError:
        return None
    return statement if isinstance(statement, Query) else None


def _differing(before: Query, after: Query) -> Iterator[ClauseChange]:
    if before == after:
        return
    found = False
    for clause, field in _CLAUSES:
        was, now = (_told(getattr(query, field), clause) for query in (before, after))
        if was != now:
            found = True
            yield ClauseChange(clause, was or _NOTHING, now or _NOTHING)
    if not found:  # such as TIMESERIES beside TIMESERIES AUTO, which are two trees of one meaning
        yield ClauseChange("query", quoted(to_text(before)), quoted(to_text(after)))


def _told(node: object, clause: str) -> str:
    """Return what a clause says, without its keyword; nothing where it is not written."""
    match node:
        case None | False | ():
            return ""
        case True:
            return "written"
        case tuple():
            return ", ".join(_told(one, clause) for one in node)
        case Timeseries(step=None):
            return f"AUTO {to_text(node).removeprefix(clause).strip()}".strip()
        case Node():
            return to_text(node).removeprefix(clause).strip()
    return str(node)


_CLAUSES: Final = (
    ("SELECT", "select"),
    ("FROM", "source"),
    ("WHERE", "where"),
    ("FACET", "facet"),
    ("TIMESERIES", "timeseries"),
    ("SINCE", "since"),
    ("UNTIL", "until"),
    ("COMPARE WITH", "compare_with"),
    ("ORDER BY", "order_by"),
    ("LIMIT", "limit"),
    ("OFFSET", "offset"),
    ("WITH TIMEZONE", "timezone"),
    ("WITH METRIC_FORMAT", "metric_format"),
    ("WITH", "bindings"),
    ("PREDICT", "predict"),
    ("EXTRAPOLATE", "extrapolate"),
    ("RAW", "raw"),
)
