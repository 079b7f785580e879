"""Row functions of lists and maps, which are JSON text here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.arguments import constant_text, positional
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.fields import field_of, of_json
from monitors.nrql.evaluator.values import Value
from monitors.nrql.tree import Call

_STEP: Final = re.compile(r"""\.?(?P<key>[\w$-]+)|\[(?P<index>\d+|\*)\]|\["(?P<quoted>[^"]+)"\]""")


def _jparse(compiler: Compiler, call: Call) -> Value:
    text, *path = positional(call, 1, 2)
    given = compiler.text(text)
    parsed = f"(CASE WHEN json_valid({given}) THEN {given} END)"
    place = _path(constant_text(path[0], "the path of jparse()")) if path else "$"
    found = f"json_extract({parsed}, {quoting.text(place)})"
    return Value(other=f"to_json({found})::VARCHAR") if "[*]" in place else of_json(found)


def keys_of(compiler: Compiler, call: Call, names: tuple[str, ...]) -> list[Value]:
    """Return the values of a parsed map's keys, for `WITH jparse(...) AS (first, second)`."""
    parsed = _jparse(compiler, call).other
    return [of_json(f"json_extract({parsed}, {quoting.text('/' + name)})") for name in names]


def _path(path: str) -> str:
    """Return a path of New Relic's as one of JSON. Raises `NotEvaluated` for slices and lists of keys."""
    at, steps = 0, ["$"]
    while at < len(path):
        found = _STEP.match(path, at)
        if found is None:
            raise NotEvaluated(f'the path {path!r} of jparse() is not evaluated; keys, [0], [*] and ["key"] are')
        key = found["key"] or found["quoted"]
        steps.append(f'."{key}"' if key else f"[{found['index']}]")
        at = found.end()
    return "".join(steps)


def _map_keys(compiler: Compiler, call: Call) -> Value:
    given = _other(compiler, call)
    return Value(other=f"to_json(json_keys({given}))::VARCHAR")


def _map_values(compiler: Compiler, call: Call) -> Value:
    given = _other(compiler, call)
    return Value(other=f"to_json(json_extract({given}, '$.*'))::VARCHAR")


def _contains(compiler: Compiler, call: Call) -> Value:
    attribute, element = positional(call, 2, 2)
    given, sought = compiler.value(attribute).other, compiler.value(element)
    value = sought.text or sought.number or sought.boolean
    if given is None or value is None:
        return Value(boolean="NULL::BOOLEAN")
    return Value(boolean=f"json_contains({given}, to_json({value})::VARCHAR)")


def _tuple(compiler: Compiler, call: Call) -> Value:
    values = [compiler.value(one) for one in positional(call)]
    return Value(other=f"json_array({', '.join(json_of(value) for value in values)})::VARCHAR")


def json_of(value: Value) -> str:
    """Return SQL of a value as JSON, NULL where there is none; both zeros are one."""
    number = f"(CASE WHEN {value.number} = 0 THEN 0::DOUBLE ELSE {value.number} END)" if value.number else None
    parts = [f"to_json({sql})" for sql in (number, value.text, value.boolean) if sql]
    if value.other:
        parts.append(f"({value.other})::JSON")
    return f"coalesce({', '.join(parts)})" if parts else "NULL::JSON"


def _get_field(compiler: Compiler, call: Call) -> Value:
    attribute, index = positional(call, 2, 2)
    return field_of(compiler, attribute, index)


def _other(compiler: Compiler, call: Call) -> str:
    return compiler.value(positional(call, 1, 1)[0]).other or "NULL::VARCHAR"


LIST_FUNCTIONS: Final[dict[str, Callable[[Compiler, Call], Value]]] = {
    "jparse": _jparse,
    "mapkeys": _map_keys,
    "mapvalues": _map_values,
    "contains": _contains,
    "tuple": _tuple,
    "getfield": _get_field,
}
