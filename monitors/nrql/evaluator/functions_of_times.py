"""Row functions of times; a time is milliseconds since 1970.

Sources: docs.newrelic.com, "NRQL: Facet results by time" for the `...Of` functions, "NRQL reference" for the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.arguments import constant_text, named, positional
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.moments import named_zone
from monitors.nrql.evaluator.values import Value
from monitors.nrql.tree import Attribute, Call

_DEFAULT_OUT: Final = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"
_DEFAULT_IN: Final = "yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX]"
_FARTHEST: Final = 8e15  # milliseconds; a quarter of a million years from 1970
# Of each function: how it is written as text and as a number; `{0}` is the local time.
_PARTS: Final = {
    "yearof": ("year({0})::VARCHAR", "year({0})"),
    "quarterof": ("'Q' || quarter({0}) || ' ' || year({0})", "quarter({0})"),
    "monthof": ("strftime({0}, '%B %Y')", "month({0})"),
    "weekdayof": ("dayname({0})", "dayofweek({0})"),
    "dayofmonthof": ("day({0})::VARCHAR", "day({0})"),
    "daysinmonthof": ("day(last_day({0}))::VARCHAR", "day(last_day({0}))"),
    "hourof": ("hour({0}) || ':00'", "hour({0})"),
    "minuteof": ("minute({0})::VARCHAR", "minute({0})"),
    "weekof": ("'Week of ' || strftime(date_trunc('week', {0}), '%B %-d')", None),
    "dateof": ("strftime({0}, '%B %-d, %Y')", None),
}
# Java's signs for parts of a date, and duckdb's.
_SIGNS: Final = {
    "yyyy": "%Y",
    "yy": "%y",
    "MMMM": "%B",
    "MMM": "%b",
    "MM": "%m",
    "M": "%-m",
    "dd": "%d",
    "d": "%-d",
    "EEEE": "%A",
    "EEE": "%a",
    "E": "%a",
    "HH": "%H",
    "H": "%-H",
    "hh": "%I",
    "h": "%-I",
    "mm": "%M",
    "m": "%-M",
    "ss": "%S",
    "s": "%-S",
    "SSS": "%g",
    "a": "%p",
    "DDD": "%j",
}
_TOKEN: Final = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|.", re.DOTALL)
_ZONE: Final = frozenset({"XXX", "XX", "Z"})


def _part(function: str) -> Callable[[Compiler, Call], Value]:
    as_text, as_number = _PARTS[function]

    def compiled(compiler: Compiler, call: Call) -> Value:
        time, *form = positional(call, 1, 2 if as_number else 1)
        kind = _form(call, form[0]) if form else "string"
        local = local_time(compiler.number(time), compiler.timezone)
        if as_number is None or kind == "string":
            return Value(text=as_text.format(local))
        return Value(number=f"({as_number.format(local)})::DOUBLE")

    return compiled


def _form(call: Call, node: object) -> str:
    kind = node.name.lower() if isinstance(node, Attribute) else getattr(node, "value", None)
    if kind not in ("string", "numeric"):
        raise NotEvaluated(f"the form of {call.function}() is string or numeric")
    return str(kind)


def local_time(milliseconds: str, zone: str) -> str:
    """Return SQL of a time as it is on a clock in a zone."""
    possible = f"(CASE WHEN abs({milliseconds}) <= {_FARTHEST!r} THEN ({milliseconds})::BIGINT END)"
    return f"timezone({quoting.text(zone)}, make_timestamptz({possible} * 1000))"


def _to_datetime(compiler: Compiler, call: Call) -> Value:
    time, *_ = positional(call, 1, 3)
    pattern, zone = _settings(compiler, call, _DEFAULT_OUT)
    milliseconds = f"TRY_CAST({compiler.number(time)} AS BIGINT)"
    local = local_time(milliseconds, zone)
    pieces = [
        _offset(local, milliseconds) if piece is None else f"strftime({local}, {quoting.text(piece)})"
        for piece in _formats(call, pattern)
    ]
    return Value(text=f"({' || '.join(pieces)})")


def _offset(local: str, milliseconds: str) -> str:
    """Return SQL of a zone's distance from UTC, Z where there is none."""
    minutes = f"((epoch_ms({local}) - {milliseconds}) // 60000)"
    return (
        f"(CASE WHEN {minutes} = 0 THEN 'Z' ELSE (CASE WHEN {minutes} < 0 THEN '-' ELSE '+' END) || "
        f"lpad((abs({minutes}) // 60)::VARCHAR, 2, '0') || ':' || lpad((abs({minutes}) % 60)::VARCHAR, 2, '0') END)"
    )


def _to_timestamp(compiler: Compiler, call: Call) -> Value:
    text, *_ = positional(call, 1, 3)
    pattern, zone = _settings(compiler, call, _DEFAULT_IN)
    given = compiler.text(text)
    if pattern != _DEFAULT_IN:
        pieces = _formats(call, pattern)
        if None in pieces:
            raise NotEvaluated(f"toTimestamp() with the pattern {pattern!r} is not evaluated: it holds a time zone")
        form = quoting.text("".join(piece or "" for piece in pieces))
        return Value(number=f"epoch_ms(timezone({quoting.text(zone)}, try_strptime({given}, {form})))::DOUBLE")
    shape = r"'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)?$'"
    zoned = f"regexp_matches({given}, '(Z|[+-]\\d\\d:\\d\\d)$')"
    with_zone = f"epoch_ms(TRY_CAST({given} AS TIMESTAMPTZ))"
    without = f"epoch_ms(timezone({quoting.text(zone)}, TRY_CAST({given} AS TIMESTAMP)))"
    return Value(
        number=f"(CASE WHEN regexp_matches({given}, {shape}) THEN "
        f"(CASE WHEN {zoned} THEN {with_zone} ELSE {without} END) END)::DOUBLE"
    )


def _settings(compiler: Compiler, call: Call, default: str) -> tuple[str, str]:
    """Return the pattern and the time zone of a call."""
    _, *rest = positional(call, 1, 3)
    pattern = named(call, "pattern") or (rest[0] if rest else None)
    zone = named(call, "timezone") or (rest[1] if len(rest) > 1 else None)
    name = compiler.timezone if zone is None else constant_text(zone, f"the time zone of {call.function}()")
    named_zone(name)  # the database would refuse an unknown one in words of its own
    return default if pattern is None else constant_text(pattern, f"the pattern of {call.function}()"), name


def _formats(call: Call, pattern: str) -> list[str | None]:
    """Return a Java pattern as duckdb's, in pieces; None stands for the distance from UTC."""
    pieces: list[str | None] = [""]
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if text in _ZONE:
            pieces += [None, ""]
            continue
        if token[1] is not None:
            added = token[1].replace("''", "'").replace("%", "%%") or "'"
        elif text[0].isalpha():
            if text not in _SIGNS:
                raise NotEvaluated(f"{text!r} in the pattern of {call.function}() is not evaluated")
            added = _SIGNS[text]
        else:
            added = text.replace("%", "%%")
        pieces[-1] = f"{pieces[-1]}{added}"
    return [piece for piece in pieces if piece != ""] or [""]


TIME_FUNCTIONS: Final[dict[str, Callable[[Compiler, Call], Value]]] = {
    **{name: _part(name) for name in _PARTS},
    "todatetime": _to_datetime,
    "fromtimestamp": _to_datetime,
    "totimestamp": _to_timestamp,
    "fromdatetime": _to_timestamp,
}
