"""Why a condition found no data: told by what the data holds instead, with the next step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.backtest.result import Coverage
from monitors.nrql import to_text
from monitors.nrql.evaluator import Data
from monitors.nrql.tree import Attribute, Comparison, Expression, Logical, Membership, Query, Text
from monitors.nrql.walk import walk
from service.metrics import ENV, METRICS

_SHOWN: Final = 4


def no_data(query: Query, data: Data) -> Coverage:
    """Return the coverage of a condition none of whose rows are in the data."""
    fault, next_step = _reason(query, data)
    return Coverage(0, 0, 0, 0, fault, next_step, kind="no data")


def _reason(query: Query, data: Data) -> tuple[str, str]:
    held = data.event_types
    wanted = query.source.event_types
    if wanted and not wanted & set(held):
        names = " or ".join(sorted(wanted))
        return f"the data holds no {names}; it holds {_listed(held)}.", f"Record {names} too, or leave the alert out."
    if "Metric" in wanted:
        recorded = set(data.values("metricName", wanted))
        missing = [name for name in _metrics(query) if name not in recorded]
        if missing:
            names = " and ".join(missing)
            return f"the data holds no metric {names}.", "Record it too; a count that never occurred has no row at all."
    for name, values in _asked(query.where):
        held_values = data.values(name, wanted)
        if not held_values:
            return f"no row of {' or '.join(sorted(wanted))} has the attribute {name}.", f"Record {name} too."
        if not set(values) & set(held_values):
            return _never(name, values, held_values)
    told = f"FROM {', '.join(sorted(wanted))}" + (f" WHERE {to_text(query.where)}" if query.where else "")
    return f"no row passes {told}.", "Each part is in the data, but no row has them together."


def _never(name: str, values: Sequence[str], held: Sequence[str]) -> tuple[str, str]:
    fault = f"{name} is never {' or '.join(values)} in the data; it is {_listed(held)}."
    if name == ENV.name:
        return fault, f"Replay it with --stack {held[0]}, or record data of {values[0]}."
    return fault, "Record rows that have it, or mend the query's WHERE."


def _metrics(query: Query) -> Iterator[str]:
    """Yield the metrics that a query names, each once, as far as the service declares them."""
    named = dict.fromkeys(node.name for node in walk(query) if isinstance(node, Attribute) and node.name in METRICS)
    yield from named


def _asked(where: Expression | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the attributes that every row must have one of some values of."""
    match where:
        case Logical(operator="AND", parts=parts):
            for part in parts:
                yield from _asked(part)
        case Comparison(operator="=", left=Attribute(name=name), right=Text(value=value)):
            yield name, (value,)
        case Membership(operand=Attribute(name=name), options=tuple(options), negated=False):
            yield name, tuple(option.value for option in options if isinstance(option, Text))


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "nothing"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
