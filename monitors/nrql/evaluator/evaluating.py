"""Evaluates a whole query, as a dashboard would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitors.nrql import parse
from monitors.nrql.aggregates import aggregates_in
from monitors.nrql.evaluator.aggregated import Chosen, aggregated
from monitors.nrql.evaluator.arguments import seconds
from monitors.nrql.evaluator.compiler import literal
from monitors.nrql.evaluator.data import Data
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.frames import NESTED, Frame, frame_of
from monitors.nrql.evaluator.listed import listed
from monitors.nrql.evaluator.moments import range_of
from monitors.nrql.evaluator.results import Cell, Result, Row
from monitors.nrql.evaluator.values import NOTHING, Value
from monitors.nrql.tree import Ago, Call, Number, Query, Selection, ShowEventTypes, Statement

_NOT_EVALUATED = {
    "metric_format": "WITH METRIC_FORMAT is not evaluated: it names metrics by their parts",
    "predict": "PREDICT is not evaluated: its forecast is New Relic's own",
}


def evaluate(
    query: Statement | str, data: Data, *, now_seconds: float, variables: Mapping[str, object] | None = None
) -> Result:
    """Return what a query gives at a time; `variables` are the values of template variables, a list for several.

    Raises `NotEvaluated` for what is not evaluated, and `NrqlSyntaxError` for a text that is no query.
    """
    statement = parse(query) if isinstance(query, str) else query
    if isinstance(statement, ShowEventTypes):
        return _event_types(statement, data, now_seconds)
    since, until = range_of(statement, now_seconds)
    return _Evaluation(data, now_seconds, variables or {}).run(statement, since, until)


class _Evaluation:
    """One evaluation: the data, the time it is done at, and the template variables."""

    def __init__(self, data: Data, now_seconds: float, variables: Mapping[str, object]) -> None:
        self._data, self._now, self._variables = data, now_seconds, variables

    def run(self, query: Query, since: float, until: float) -> Result:
        """Return the result of a query over a time range."""
        _refuse(query)
        result, chosen = self._one_range(query, since, until, None)
        if query.compare_with is None:
            return result
        if query.since is None and query.until is None:
            raise NotEvaluated("COMPARE WITH needs SINCE or UNTIL; add one")
        if not isinstance(query.compare_with, Ago):
            raise NotEvaluated("COMPARE WITH anything but a duration ago is not evaluated")
        shift = seconds(query.compare_with.duration, "COMPARE WITH")
        compared, _ = self._one_range(query, since - shift, until - shift, chosen)
        return replace(result, compared=compared)

    def _one_range(
        self, query: Query, since: float, until: float, chosen: Chosen | None
    ) -> tuple[Result, Chosen | None]:
        frame = self._frame(query, since, until)
        if query.facet is None and not any(aggregates_in(one.expression) for one in query.select):
            return listed(query, frame, since, until), None
        return aggregated(query, frame, since, until, chosen)

    def _frame(self, query: Query, since: float, until: float) -> Frame:
        def nested(inner: Query) -> Data:
            return self._nested(inner, since, until)

        def answered(inner: Query) -> Value:
            return self._answer(inner, since, until)

        return frame_of(query, self._data, since, until, nested=nested, answered=answered, variables=self._variables)

    def _nested(self, query: Query, since: float, until: float) -> Data:
        """Return a query's result as rows."""
        since, until = self._own_range(query, since, until)
        _refuse(query)
        if query.compare_with is not None:
            raise NotEvaluated("COMPARE WITH belongs to the outermost query")
        result, chosen = self._one_range(query, since, until, None)
        keys = [_percentile_key(one) for one in query.select]
        return Data.of_rows([_as_row(result, row, chosen, keys) for row in result.rows])

    def _answer(self, query: Query, since: float, until: float) -> Value:
        """Return a query's result as a constant: its only value, or the set of its values."""
        since, until = self._own_range(query, since, until)
        if query.timeseries is not None or query.compare_with is not None:
            raise NotEvaluated("TIMESERIES and COMPARE WITH are not possible in a subquery")
        result = self.run(query, since, until)
        cells = [row.values[0] for row in result.rows]
        if len(cells) == 1 and isinstance(cells[0], list):
            cells = cells[0]
        return constants(cells)

    def _own_range(self, query: Query, since: float, until: float) -> tuple[float, float]:
        if query.since is None and query.until is None:
            return since, until
        return range_of(query, self._now)


def constants(cells: Sequence[Cell]) -> Value:
    """Return values as a constant: one as itself, several as a set that only IN can use."""
    present = [cell for cell in cells if cell is not None]
    if not present:
        return NOTHING
    values = tuple(literal("a subquery's result", cell) for cell in present)
    return values[0] if len(values) == 1 else replace(NOTHING, members=values)


def _refuse(query: Query) -> None:
    for field, reason in _NOT_EVALUATED.items():
        if getattr(query, field) is not None:
            raise NotEvaluated(reason)
    if query.extrapolate:
        raise NotEvaluated("EXTRAPOLATE is not evaluated: recorded rows do not say how they were sampled")


def _percentile_key(selection: Selection) -> str | None:
    """Return the key by which the only value of a percentile can be got too, as '50.0' of a median."""
    call = selection.expression
    if not isinstance(call, Call) or call.function not in ("percentile", "median"):
        return None
    points = [float(one.value) for one in call.arguments[1:] if isinstance(one, Number)]
    points = points or [50.0 if call.function == "median" else 95.0]
    return str(points[0]) if len(points) == 1 else None


def _as_row(result: Result, row: Row, chosen: Chosen | None, keys: Sequence[str | None]) -> dict[str, object]:
    """Return a line of a result as a row for the query around it."""
    found: dict[str, object] = {"timestamp": row.begin, "eventType": NESTED}
    typed = chosen.typed[row.facet] if chosen and row.facet else ()
    pairs = [*zip(result.facet_labels, typed, strict=True), *zip(result.labels, row.values, strict=True)]
    pairs += [
        (f"{label}.{key}", value) for label, key, value in zip(result.labels, keys, row.values, strict=False) if key
    ]
    found.update((name, value) for name, value in pairs if name not in found)
    return found


def _event_types(statement: ShowEventTypes, data: Data, now_seconds: float) -> Result:
    since, until = range_of(
        Query((), source=None, since=statement.since, until=statement.until),  # type: ignore[arg-type]
        now_seconds,
    )
    found = sorted(name for name in data.event_types if _occurs(name, data, since, until))
    rows = tuple(Row((), since, until, (name,)) for name in found)
    return Result(("eventType",), (), rows, since, until)


def _occurs(event_type: str, data: Data, since: float, until: float) -> bool:
    values = {"event": event_type, "since": since, "until": until}
    return any(
        data.session().rows(
            f"SELECT 1 FROM {table.relation} WHERE {table.event} = $event AND {table.time} >= $since "
            f"AND {table.time} < $until LIMIT 1",
            values,
        )
        for table in data.of_types(frozenset({event_type}))
    )
