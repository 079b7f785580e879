"""Row functions of texts, and the conversions of texts, numbers and booleans.

Sources: docs.newrelic.com, "NRQL reference", each function's own entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.arguments import constant_number, constant_text, named, positional
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.patterns import checked
from monitors.nrql.evaluator.values import Value, as_text
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Call, Node, Pattern, Text

_LONGEST_CONCATENATION: Final = 4096
_MOST_PLACES: Final = 308  # no number has digits farther from its point
_BASE64: Final = frozenset({"base64", "base64mime", "base64url"})


def _changed(function: str) -> Callable[[Compiler, Call], Value]:
    def compiled(compiler: Compiler, call: Call) -> Value:
        return Value(text=f"{function}({compiler.text(positional(call, 1, 1)[0])})")

    return compiled


def _numeric(compiler: Compiler, call: Call) -> Value:
    value = compiler.value(positional(call, 1, 1)[0])
    parts = [f"({value.number})"] if value.number else []
    if value.text:
        parts.append(f"TRY_CAST({value.text} AS DOUBLE)")
    return Value(number=f"coalesce({', '.join([*parts, 'NULL::DOUBLE'])})")


def _boolean(compiler: Compiler, call: Call) -> Value:
    value = compiler.value(positional(call, 1, 1)[0])
    parts = [f"({value.boolean})"] if value.boolean else []
    if value.text:
        parts.append(f"(CASE lower({value.text}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END)")
    return Value(boolean=f"coalesce({', '.join([*parts, 'NULL::BOOLEAN'])})")


def _string(compiler: Compiler, call: Call) -> Value:
    return Value(text=_written(compiler.value(positional(call, 1, 1)[0]), _precision(call)))


def _concat(compiler: Compiler, call: Call) -> Value:
    """Join the arguments; a missing one is left out."""
    parts = [_written(compiler.value(one), _precision(call)) for one in positional(call, 0, 20)]
    joined = f"concat({', '.join(parts)})" if parts else "''"
    return Value(text=f"left({joined}, {_LONGEST_CONCATENATION})")


def _precision(call: Call) -> int | None:
    given = named(call, "precision")
    if given is None:
        return None
    places = constant_number(given, f"the precision of {call.function}()", 0)
    return int(max(-_MOST_PLACES, min(places, _MOST_PLACES)))


def _written(value: Value, precision: int | None) -> str:
    """Return SQL of a value as text, with at most so many decimal places."""
    if precision is None or value.number is None:
        return as_text(value)
    rounded = Value(f"round({value.number}, {precision})", value.text, value.boolean, value.other)
    return as_text(rounded)


def _length(compiler: Compiler, call: Call) -> Value:
    value = compiler.value(positional(call, 1, 1)[0])
    parts = [f"length({value.text})"] if value.text else []
    if value.other:
        parts.append(f"json_array_length({value.other})")
    return Value(number=f"coalesce({', '.join([*parts, 'NULL'])})::DOUBLE")


def _substring(compiler: Compiler, call: Call) -> Value:
    """Positions count from 0, negative ones from the end; a start before the text is its beginning."""
    text, start, *length = positional(call, 2, 3)
    of, begin = compiler.text(text), f"TRY_CAST({compiler.number(start)} AS BIGINT)"
    place = f"(CASE WHEN {begin} < 0 THEN greatest(length({of}) + {begin}, 0) ELSE {begin} END)"
    if not length:
        return Value(text=f"substring({of}, {place} + 1)")
    return Value(text=f"substring({of}, {place} + 1, greatest(TRY_CAST({compiler.number(length[0])} AS BIGINT), 0))")


def _position(compiler: Compiler, call: Call) -> Value:
    """Return the place, from 0, of an occurrence, which counts from 0 too, or from the end when it is negative."""
    text, part, *which = positional(call, 2, 3)
    of, sought = compiler.text(text), compiler.text(part)
    occurrence = int(constant_number(which[0], "the occurrence of position()", 0)) if which else 0
    places = (
        f"list_filter(range(0, length({of}) - length({sought}) + 1), "
        f"lambda place: substring({of}, place + 1, length({sought})) = {sought})"
    )
    return Value(number=f"({places})[{occurrence + 1 if occurrence >= 0 else occurrence}]::DOUBLE")


def _capture(compiler: Compiler, call: Call) -> Value:
    return captures(compiler, call, ("",))[0]


def captures(compiler: Compiler, call: Call, names: tuple[str, ...]) -> list[Value]:
    """Return what the first groups of `capture` match; the whole text has to match, as in New Relic."""
    text, pattern = positional(call, 2, 2)
    regex = _regex(pattern)
    return [_group(compiler.text(text), regex, number, "s") for number in range(1, len(names) + 1)]


def _aparse(compiler: Compiler, call: Call) -> Value:
    return anchored(compiler, call, ("",))[0]


def anchored(compiler: Compiler, call: Call, names: tuple[str, ...]) -> list[Value]:
    """Return what the first `*` of `aparse` stand for; `%` stands for any text, and case does not matter."""
    text, pattern = positional(call, 2, 2)
    given = constant_text(pattern, "the pattern of aparse()")
    if given.count("*") < len(names):
        raise NotEvaluated(f"the pattern of aparse() has {given.count('*')} signs * and {len(names)} are wanted")
    regex = "".join(_ANCHORS.get(sign, re.escape(sign)) for sign in given)
    return [_group(compiler.text(text), regex, number, "is") for number in range(1, len(names) + 1)]


_ANCHORS: Final = {"%": ".*?", "*": "(.*?)"}


def _group(text: str, regex: str, number: int, options: str) -> Value:
    whole = quoting.text(regex)
    extracted = f"regexp_extract({text}, {quoting.text(f'^(?:{regex})$')}, {number}, '{options}')"
    return Value(text=f"(CASE WHEN regexp_full_match({text}, {whole}, '{options}') THEN {extracted} END)")


def _regex(node: Node) -> str:
    if isinstance(node, (Pattern, Text)):
        return checked(node.value)
    raise NotEvaluated(f"the pattern of capture() is {to_text(node)}; only one that is written out is evaluated")


def _encode(compiler: Compiler, call: Call) -> Value:
    text, encoding = positional(call, 2, 2)
    kind = _encoding(call, encoding)
    encoded = f"base64(encode({compiler.text(text)}))"
    if kind == "base64url":
        encoded = f"translate({encoded}, '+/', '-_')"
    return Value(text=encoded)


def _decode(compiler: Compiler, call: Call) -> Value:
    text, encoding = positional(call, 2, 2)
    given = compiler.text(text)
    if _encoding(call, encoding) == "base64url":
        given = f"translate({given}, '-_', '+/')"
    padded = f"rpad({given}, ((length({given}) + 3) // 4 * 4)::INTEGER, '=')"
    return Value(text=f"TRY(decode(from_base64({padded})))")


def _encoding(call: Call, node: Node) -> str:
    kind = constant_text(node, f"the encoding of {call.function}()")
    if kind not in _BASE64:
        raise NotEvaluated(
            f"{call.function}() with {kind!r} is not evaluated; New Relic knows base64, base64url, base64mime"
        )
    return kind


def _cidr_address(compiler: Compiler, call: Call) -> Value:
    """Return the network of an IPv4 address; the length given beside it goes before the one written in it."""
    address, *rest = positional(call, 1, 3)
    text = compiler.text(address)
    pattern = r"'^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:/(\d{1,2}))?$'"
    parts = [f"TRY_CAST(regexp_extract({text}, {pattern}, {number}) AS BIGINT)" for number in range(1, 6)]
    length = f"TRY_CAST({compiler.number(rest[0])} AS BIGINT)" if rest else parts[4]
    shown = compiler.condition(rest[1]) if len(rest) > 1 else "TRUE"
    number = f"({parts[0]} * 16777216 + {parts[1]} * 65536 + {parts[2]} * 256 + {parts[3]})"
    size = f"(1::BIGINT << (32 - {length}))"
    base = f"({number} // {size} * {size})"
    written = " || '.' || ".join(f"({base} // {unit} % 256)" for unit in (16777216, 65536, 256, 1))
    valid = " AND ".join([*(f"{part} <= 255" for part in parts[:4]), f"{length} BETWEEN 0 AND 32"])
    return Value(
        text=f"(CASE WHEN {valid} THEN ({written}) || (CASE WHEN {shown} THEN '/' || {length} ELSE '' END) END)"
    )


TEXT_FUNCTIONS: Final[dict[str, Callable[[Compiler, Call], Value]]] = {
    "lower": _changed("lower"),
    "upper": _changed("upper"),
    "numeric": _numeric,
    "boolean": _boolean,
    "string": _string,
    "concat": _concat,
    "length": _length,
    "substring": _substring,
    "position": _position,
    "indexof": _position,
    "capture": _capture,
    "aparse": _aparse,
    "encode": _encode,
    "decode": _decode,
    "cidraddress": _cidr_address,
}
