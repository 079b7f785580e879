"""Aggregates of which values there are.

Sources: docs.newrelic.com, "NRQL reference" and "Use funnels to evaluate related event data". All are exact here: New
Relic's `uniqueCount` estimates above 256 values, or above `precision`, and its funnels from 256 on.
"""

from __future__ import annotations

from typing import Final

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.arguments import constant_number, positional
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.functions_of_lists import json_of
from monitors.nrql.evaluator.groups import Aggregate, Group
from monitors.nrql.evaluator.primitives import both
from monitors.nrql.evaluator.values import KINDS, Value, as_text
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Call, Expression, Labelled, Where

_USUAL_UNIQUES, _MOST_UNIQUES = 1000, 10_000
_FEWEST_STEPS, _MOST_STEPS = 2, 10


def _unique_count(group: Group, call: Call) -> Value:
    values = [group.rows.value(one) for one in positional(call)]
    values = [value for value in values if value.kinds or value.other]
    if not values:
        return Value(number="0::DOUBLE")
    present = " OR ".join(value.present() for value in values)
    pieces = ", ".join(f"k{at} := {_told_apart(value)}" for at, value in enumerate(values))
    counted = _told_apart(values[0]) if len(values) == 1 else f"struct_pack({pieces})"
    return Value(number=group.primitives.whole(f"count(DISTINCT {counted})", both(present, group.where)))


def _told_apart(value: Value) -> str:
    """Return SQL that differs for values of different kinds that are written alike, such as 1 and '1'."""
    if len(value.kinds) == 1 and value.other is None:
        return value.of(value.kinds[0]) or ""
    return f"({json_of(value)})::VARCHAR" if value.kinds else as_text(value)


def _uniques(group: Group, call: Call) -> Value:
    """Return the values in order, where New Relic gives those it meets first."""
    attribute, *limit = positional(call, 1, 2)
    value = group.rows.value(attribute)
    most = int(constant_number(limit[0], "the limit of uniques()", _USUAL_UNIQUES)) if limit else _USUAL_UNIQUES
    if not 1 <= most <= _MOST_UNIQUES:
        raise NotEvaluated(f"uniques() takes a limit of 1 to {_MOST_UNIQUES} and has {most}")
    found = json_of(value)
    listed = group.primitives.whole(f"list(DISTINCT {found})", both(value.present(), group.where))
    kind = "CASE json_type(one) WHEN 'VARCHAR' THEN 1 WHEN 'BOOLEAN' THEN 2 WHEN 'ARRAY' THEN 3 ELSE 0 END"
    number = f"CASE WHEN {kind} = 0 THEN json_extract_string(one, '$')::DOUBLE END"
    keyed = f"list_transform(coalesce({listed}, []), lambda one: ({kind}, {number}, one::VARCHAR))"
    ordered = f"list_sort({keyed})[1:{most}]"
    return Value(other=f"to_json(list_transform({ordered}, lambda key: key[3]::JSON))::VARCHAR")


def _funnel(group: Group, call: Call) -> Value:
    """Return of each step how many values of the attribute meet it and all before it, in whatever order."""
    value = group.argument(call)
    reached: list[str] = []
    pairs: list[str] = []
    for label, condition in _steps(call):
        met = both(both(value.present(), group.rows.condition(condition)), group.where)
        names = f"list_distinct(coalesce({group.primitives.whole(f'list({_told_apart(value)})', met)}, []))"
        reached.append(f"list_intersect({reached[-1]}, {names})" if reached else names)
        pairs.append(f"{quoting.text(label)}, len({reached[-1]})")
    return Value(other=f"json_object({', '.join(pairs)})::VARCHAR")


def _steps(call: Call) -> list[tuple[str, Expression]]:
    """Return the steps of a funnel: their labels, else their conditions as text, and their conditions."""
    steps: list[tuple[str, Expression]] = []
    for one in call.arguments:
        where = one.value if isinstance(one, Labelled) else one
        if isinstance(where, Where):
            label = one.label if isinstance(one, Labelled) else to_text(where.condition)
            steps.append((label, where.condition))
    if not _FEWEST_STEPS <= len(steps) <= _MOST_STEPS:
        raise NotEvaluated(f"funnel() takes {_FEWEST_STEPS} to {_MOST_STEPS} steps and has {len(steps)}")
    return steps


def _keyset(group: Group, call: Call) -> Value:
    """Return the names of the attributes that have a value, by kind and all together."""
    titles = {"number": "numericKeys", "text": "stringKeys", "boolean": "booleanKeys"}
    found: dict[str, list[str]] = {title: [] for title in (*titles.values(), "allKeys")}
    for name in sorted({"timestamp", *group.rows.scope.names()}):
        value = group.rows.scope.attribute(name)
        for kind in KINDS:
            if sql := value.of(kind):
                found[titles[kind]].append(_name_if(group, name, f"{sql} IS NOT NULL"))
        found["allKeys"].append(_name_if(group, name, value.present()))
    lists = ", ".join(
        f"'{title}', list_filter([{', '.join(names) or 'NULL::VARCHAR'}], lambda name: name IS NOT NULL)"
        for title, names in found.items()
    )
    return Value(other=f"json_object({lists})::VARCHAR")


def _name_if(group: Group, name: str, present: str) -> str:
    return f"CASE WHEN {group.primitives.count(present, group.where)} > 0 THEN {quoting.text(name)} END"


SETS: Final[dict[str, Aggregate]] = {
    "uniquecount": _unique_count,
    "uniques": _uniques,
    "funnel": _funnel,
    "keyset": _keyset,
}
