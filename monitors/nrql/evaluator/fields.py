"""Elements of lists, keys of maps and fields of metrics: `attribute[index]` and `getField(attribute, index)`."""

from __future__ import annotations

from typing import Final

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.values import NOTHING, Value
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Attribute, Expression, Number, Text

_METRIC_FIELDS: Final = {"count": "count", "total": "sum", "sum": "sum", "min": "min", "max": "max"}
_NUMBERS: Final = "'BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE'"


def field_of(compiler: Compiler, base: Expression, index: Expression) -> Value:
    """Return one element of a list, which count from 0, one key of a map, or one field of a metric."""
    key = _key(index)
    if isinstance(base, Attribute) and f"{base.name}.{key}" in compiler.scope.names():
        return compiler.scope.attribute(f"{base.name}.{key}")
    value = compiler.value(base)
    if value.other is not None:
        place = f"/{key}".replace("~", "~0") if isinstance(key, str) else f"/{key}"
        return of_json(f"json_extract({value.other}, {quoting.text(place)})")
    if isinstance(key, str) and (value.summary is not None or value.number is not None):
        return _metric_field(value, key, base)
    return NOTHING


def of_json(sql: str) -> Value:
    """Return a JSON value by its kind; a list or map stays JSON."""
    kind = f"json_type({sql})"
    string = f"json_extract_string({sql}, '$')"
    return Value(
        number=f"(CASE WHEN {kind} IN ({_NUMBERS}) THEN TRY_CAST({string} AS DOUBLE) END)",
        text=f"(CASE WHEN {kind} = 'VARCHAR' THEN {string} END)",
        boolean=f"(CASE WHEN {kind} = 'BOOLEAN' THEN TRY_CAST({string} AS BOOLEAN) END)",
        other=f"(CASE WHEN {kind} IN ('ARRAY', 'OBJECT') THEN ({sql})::VARCHAR END)",
    )


def _key(index: Expression) -> str | int:
    if isinstance(index, Attribute):
        return index.name
    if isinstance(index, Text):
        return index.value
    if isinstance(index, Number) and float(index.value).is_integer():
        return int(index.value)
    raise NotEvaluated(f"[{to_text(index)}] is not evaluated; give a key or a number that is written out")


def _metric_field(value: Value, key: str, base: Expression) -> Value:
    part = _METRIC_FIELDS.get(key)
    if part is None:
        raise NotEvaluated(f"the field {key} of {to_text(base)} is not evaluated; count, total, min and max are")
    if value.summary is not None:
        return Value(number=getattr(value.summary, part))
    return Value(
        number=f"(CASE WHEN {value.number} IS NOT NULL THEN 1::DOUBLE END)" if part == "count" else value.number
    )
