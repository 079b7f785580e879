"""What a widget's queries give: results, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from monitors.nrql.errors import NrqlSyntaxError
from monitors.nrql.evaluator import NotEvaluated, Result, evaluate
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Call, Query, Selection, Statement
from monitors.pictures.choices import choices, resolved
from monitors.pictures.source import Source
from monitors.spec import Dashboard, MarkdownWidget, Widget
from monitors.spec import Variable as VariableSpec


@dataclass(frozen=True)
class Answer:
    """One query with its result. `lacks` are the event types it reads and the data has none of."""

    query: Query
    result: Result
    lacks: tuple[str, ...] = ()

    def label(self, place: int) -> str:
        """Return what the figure at a place is called: its own label, else its expression with short metric names."""
        if place < len(self.query.select):
            selection = self.query.select[place]
            return selection.alias or _short(selection)
        return self.result.labels[place]

    def part_label(self, place: int, key: str) -> str:
        """Return what one value of a map is called, such as the 95th percentile among several."""
        selection = self.query.select[place] if place < len(self.query.select) else None
        if selection is None or not _is_number(key):
            return f"{self.label(place)} ({key})"
        call = selection.expression
        of = call.arguments[0] if isinstance(call, Call) and call.arguments and not selection.alias else None
        return f"{self.label(place) if of is None else _without_folders(to_text(of))} ({float(key):g} %)"

    @property
    def has_data(self) -> bool:
        """Whether there is a value; a count of 0 is none where the data has no event of the type at all."""
        types = self.query.source.event_types
        if types and types == set(self.lacks):
            return False
        return any(_has_value(value) for row in self.result.rows for value in row.values)

    @property
    def compared_told(self) -> str:
        """The time that COMPARE WITH names, in the words of the query."""
        return "" if self.query.compare_with is None else to_text(self.query.compare_with)

    @property
    def range_told(self) -> str:
        """The time that is shown, in the words of the query."""
        told = [f"Since {to_text(self.query.since)}" if self.query.since else "Since 60 minutes ago"]
        if self.query.until is not None:
            told.append(f"until {to_text(self.query.until)}")
        if self.compared_told:
            told.append(f"compared with {self.compared_told}")
        return " ".join(told)


@dataclass(frozen=True)
class Answers:
    """What all queries of a widget give; where `fault` is not empty, nothing can be drawn, and it says why."""

    given: tuple[Answer, ...] = ()
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: no row, no value in any, or no event of the types that are asked for."""
        return not any(one.has_data for one in self.given)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The event types that the data has none of, each once."""
        return tuple(dict.fromkeys(name for one in self.given for name in one.lacks))


@dataclass
class Evaluation:
    """Evaluates the queries of dashboards over one source; a query that several widgets ask is evaluated once."""

    source: Source
    _found: MutableMapping[Statement, Result] = field(default_factory=dict)

    def answers(self, widget: Widget, dashboard: Dashboard) -> Answers:
        """Return what the queries of a widget give."""
        if isinstance(widget, MarkdownWidget):
            return Answers()
        variables = choices(dashboard)
        try:
            return Answers(tuple(self._answer(query, variables) for query in widget.queries))
        except NotEvaluated as reason:
            return Answers(fault=f"Not evaluated offline: {reason}.")
        except NrqlSyntaxError as fault:
            return Answers(fault=f"The query cannot be read: {str(fault).splitlines()[0]}")

    def _answer(self, text: str, variables: Mapping[str, VariableSpec]) -> Answer:
        statement = resolved(text, variables)
        if not isinstance(statement, Query):
            raise NotEvaluated("SHOW EVENT TYPES is no query that a widget draws")
        result = self._found.get(statement)
        if result is None:
            result = evaluate(statement, self.source.data, now_seconds=self.source.now_seconds)
            self._found[statement] = result
        held = self.source.data.event_types
        lacks = tuple(sorted(name for name in statement.source.event_types if name not in held))
        return Answer(statement, result, lacks)


def _short(selection: Selection) -> str:
    """Return an expression with the last part of each metric's name, as `sum(ExecutionCount)`."""
    return _without_folders(to_text(selection.expression))


def _without_folders(text: str) -> str:
    parts = text.split("`")
    return "".join(part.rsplit("/", 1)[-1] if number % 2 else part for number, part in enumerate(parts))


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _has_value(value: object) -> bool:
    if isinstance(value, dict):
        return any(_has_value(one) for one in value.values())
    if isinstance(value, list):
        return any(_has_value(one) for one in value)
    return value is not None
