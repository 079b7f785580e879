"""PagerDuty's condition language: whether an event meets a condition, as far as what is known of it decides.

The language: https://github.com/PagerDuty/developer-docs, docs/REST-API/18-PCL-Overview.md. Its `and`, `or` and `not`
take whatever is no boolean as false. What depends on a value that nobody knows before the event comes is neither true
nor false here, but None; so is what this module does not read.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Path = tuple[str, ...]
Verdict = bool | None
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<text>'(?:[^'\\]|\\.)*')
    | (?P<moment>\d{4}-\d\d-\d\d\s+\d\d:\d\d:\d\d\s+[A-Za-z_/+\-0-9]+)
    | (?P<schedule>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:,(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))*
        \s+\d\d:\d\d:\d\d\s+to\s+\d\d:\d\d:\d\d\s+[A-Za-z_/+\-0-9]+)
    | (?P<count>(?:resetting_)?trigger_count\s+over(?:\s+\d+\s+(?:second|minute|hour|day)s?)+)
    | (?P<number>-?\d+(?:\.\d+(?:e-?\d+)?)?)
    | (?P<sign>==|<=|>=|[<>()])
    | (?P<path>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\['(?:[^'\\]|\\.)*'\]|\[\d+\])*)
    )""",
    re.VERBOSE,
)
_STEP: Final = re.compile(r"\.?(\w+)|\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]")
_COMPARE: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Event:
    """What is known of an event: texts by path, such as ("event", "custom_details", "severity").

    A path whose text is None exists with a value that nobody knows yet. Of the objects in `whole` no other field
    exists; of all others, what is not named is not known.
    """

    fields: Mapping[Path, str | None] = field(default_factory=dict)
    whole: tuple[Path, ...] = ()


class _Unreadable(Exception):
    """The condition holds something that this module does not read."""


class _Unknown:
    """A value that nobody knows yet."""


_UNKNOWN: Final = _Unknown()
_Value = str | float | datetime | bool | None | _Unknown
_Meets = Callable[[Event, datetime], Verdict]
_Reads = Callable[[Event, datetime], _Value]


def meets(condition: str, event: Event, at: datetime) -> Verdict:
    """Say whether an event meets a condition at a moment; None when what is known of it does not decide."""
    parsed = _parsed(condition)
    return None if parsed is None else parsed(event, at)


def path_of(text: str) -> Path | None:
    """Return a path as it is written in conditions, such as `event.custom_details['what it means']`; None for none."""
    match = _TOKEN.fullmatch(text)
    return _path(text.strip()) if match is not None and match["path"] is not None else None


@lru_cache(maxsize=1024)
def _parsed(condition: str) -> _Meets | None:
    try:
        return _Reader(condition).whole()
    except (_Unreadable, re.error, ZoneInfoNotFoundError, ValueError):
        return None


class _Reader:
    """Reads one condition: `or` binds least, then `and`, then `not`."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = 0

    def whole(self) -> _Meets:
        found = self._any()
        if self._next < len(self._tokens):
            raise _Unreadable
        return found

    def _any(self) -> _Meets:
        parts = [self._all()]
        while self._takes("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else lambda event, at: _either(part(event, at) for part in parts)

    def _all(self) -> _Meets:
        parts = [self._not()]
        while self._takes("and"):
            parts.append(self._not())
        if len(parts) == 1:
            return parts[0]
        return lambda event, at: _inverted(_either(_inverted(part(event, at)) for part in parts))

    def _not(self) -> _Meets:
        if self._takes("not"):
            inner = self._not()
            return lambda event, at: _inverted(inner(event, at))
        return self._comparison()

    def _comparison(self) -> _Meets:
        if self._takes("("):
            inner = self._any()
            if not self._takes(")"):
                raise _Unreadable
            return inner
        kind, text = self._token()
        if kind == "path" and self._takes("exists"):
            return lambda event, _: _exists(event, _path(text))
        left = _operand(kind, text)
        if self._takes("matches"):
            return self._matches(left)
        if self._takes("in"):
            return _within(text, self._token())
        sign = self._token()[1] if self._next < len(self._tokens) and self._tokens[self._next][0] == "sign" else ""
        if sign == "==":
            right = _operand(*self._token())
            return lambda event, at: _equal(left(event, at), right(event, at))
        if sign in _COMPARE:
            right = _operand(*self._token())
            return lambda event, at: _ordered(sign, left(event, at), right(event, at))
        raise _Unreadable

    def _matches(self, left: _Reads) -> _Meets:
        how = next((word for word in ("part", "regex") if self._takes(word)), "all")
        exactly = self._takes("exactly")
        kind, text = self._token()
        if how == "regex":
            if kind != "text":
                raise _Unreadable
            flags = re.DOTALL | re.MULTILINE | (0 if exactly else re.IGNORECASE)
            pattern = re.compile(_text(text), flags)
            return lambda event, at: _on_texts(lambda one, _: pattern.search(one) is not None, left(event, at), "")
        right = _operand(kind, text)
        test: Callable[[str, str], bool] = operator.eq if how == "all" else operator.contains
        fold: Callable[[str], str] = str if exactly else str.casefold

        def matches(event: Event, at: datetime) -> Verdict:
            return _on_texts(lambda one, other: test(fold(one), fold(other)), left(event, at), right(event, at))

        return matches

    def _token(self) -> tuple[str, str]:
        if self._next == len(self._tokens):
            raise _Unreadable
        self._next += 1
        return self._tokens[self._next - 1]

    def _takes(self, word: str) -> bool:
        if self._next < len(self._tokens) and self._tokens[self._next] in (("path", word), ("sign", word)):
            self._next += 1
            return True
        return False


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _Unreadable
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def _operand(kind: str, text: str) -> _Reads:
    if kind == "text":
        value: _Value = _text(text)
    elif kind == "number":
        value = float(text)
    elif kind == "moment":
        day, clock, zone = text.split()
        value = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone))
    elif kind == "count":  # it counts earlier events, which are not known
        value = _UNKNOWN
    elif kind != "path":
        raise _Unreadable
    elif text == "now":
        return lambda _, at: at
    elif text in ("true", "false"):
        value = text == "true"
    else:
        return lambda event, _: _value(event, _path(text))
    return lambda _, __: value


def _path(text: str) -> Path:
    return tuple(match[1] or match[3] or re.sub(r"\\(.)", r"\1", match[2] or "") for match in _STEP.finditer(text))


def _text(quoted: str) -> str:
    return re.sub(r"\\(['\\])", r"\1", quoted[1:-1])


def _value(event: Event, path: Path) -> _Value:
    if path in event.fields:
        known = event.fields[path]
        return _UNKNOWN if known is None else known
    return None if _exists(event, path) is False else _UNKNOWN


def _exists(event: Event, path: Path) -> Verdict:
    if any(one[: len(path)] == path for one in event.fields):
        return True
    return False if any(path[: len(one)] == one for one in event.whole) else None


def _either(verdicts: Iterable[Verdict]) -> Verdict:
    found = list(verdicts)
    return True if True in found else None if None in found else False


def _inverted(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


def _on_texts(test: Callable[[str, str], bool], one: _Value, other: _Value) -> Verdict:
    if one is None or other is None:
        return False
    if isinstance(one, _Unknown) or isinstance(other, _Unknown):
        return None
    return test(_as_text(one), _as_text(other))


def _as_text(value: str | float | datetime | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _equal(one: _Value, other: _Value) -> Verdict:
    if isinstance(one, _Unknown) or isinstance(other, _Unknown):
        return None
    return type(one) is type(other) and one == other


def _ordered(sign: str, one: _Value, other: _Value) -> Verdict:
    if isinstance(one, _Unknown) or isinstance(other, _Unknown):
        return None
    if isinstance(one, datetime) and isinstance(other, datetime):
        return _COMPARE[sign](one.timestamp(), other.timestamp())
    if isinstance(one, bool) or isinstance(other, bool):
        return False
    return isinstance(one, float) and isinstance(other, float) and _COMPARE[sign](one, other)


def _within(left: str, token: tuple[str, str]) -> _Meets:
    """Return whether now is within weekly hours; an end that is no later than the start is on the next day."""
    if left != "now" or token[0] != "schedule":
        raise _Unreadable
    days, start, _, end, name = token[1].split()
    zone = ZoneInfo(name)
    first, last = time.fromisoformat(start), time.fromisoformat(end)
    named = {_DAYS.index(day.lower()) for day in days.split(",")}

    def covers(_: Event, at: datetime) -> bool:
        local = at.astimezone(zone)
        clock, day = local.time(), local.weekday()
        if first < last:
            return day in named and first <= clock < last
        yesterday = (local - timedelta(days=1)).weekday()
        return (day in named and clock >= first) or (yesterday in named and clock < last)

    return covers
