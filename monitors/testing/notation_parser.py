"""Reads the notation of values (see `notation`); a fault is told with carets under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from monitors.nrql.excerpts import pointed_at
from monitors.testing.durations import PATTERN, seconds_of
from monitors.testing.notation import (
    Constant,
    Group,
    Lasting,
    Noise,
    Ramp,
    Segment,
    Shape,
    Silence,
    Times,
    Values,
)

_TOKEN: Final = re.compile(
    rf"""\s*(?:
        (?P<time>(?=\d){PATTERN}(?<=[dhms])(?![A-Za-z0-9.]))
      | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![0-9A-WYZa-wyz_]))
      | (?P<range>\.\.)
      | (?P<times>x)(?=[\s\d])
      | (?P<word>[A-Za-z]+)
      | (?P<mark>[(),~_])
      | (?P<end>$)
    )""",
    re.VERBOSE,
)
_DEEPEST: Final = 8  # parentheses within parentheses; nobody reads more, and reading is recursive


class NotationError(ValueError):
    """A text is no notation of values; the message shows the place with carets and says what to write."""

    def __init__(self, text: str, start: int, end: int, reason: str) -> None:
        self.start, self.end, self.reason = start, end, reason
        super().__init__("\n".join([reason, *(f"    {line}" for line in pointed_at(text, start, end))]))


def parse_values(text: str) -> Values:
    """Read the notation of values. Raises `NotationError`."""
    parser = _Parser(text)
    values = parser.values(0)
    if parser.token.kind != "end":
        raise parser.fault("a comma is missing before this" if parser.token.text != ")" else "there is no ( for this )")
    return values


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


class _Parser:
    """Reads one text from left to right; `token` is what stands next."""

    def __init__(self, text: str) -> None:
        self.text, self._offset = text, 0
        self.token = self._next()

    def values(self, depth: int) -> Values:
        segments = [self._segment(depth)]
        while self._take(","):
            segments.append(self._segment(depth))
        return tuple(segments)

    def fault(self, reason: str, token: _Token | None = None) -> NotationError:
        at = token or self.token
        return NotationError(self.text, at.start, max(at.end, at.start + 1), reason)

    def _segment(self, depth: int) -> Segment:
        start = self.token
        shape = self._shape(depth)
        extent = self._extent()
        if isinstance(shape, Ramp) and not isinstance(extent, Lasting | Times):
            raise self.fault("a ramp needs to know how long: write `for 5m` or `x 10` after it", start)
        late = seconds_of(self._expect("time", "how late, such as 5m").text) if self._take("late") else 0
        return Segment(shape, extent, late)

    def _shape(self, depth: int) -> Shape:
        if self._take("("):
            if depth == _DEEPEST:
                raise self.fault(f"parentheses go {_DEEPEST} deep at most")
            group = Group(self.values(depth + 1))
            if not self._take(")"):
                raise self.fault("a ) is missing here")
            return group
        if self._take("_"):
            return Silence()
        number = self._number("a number, _ for silence, or ( for a group")
        if self._take(".."):
            return self._ramp(number)
        if self._take("~"):
            return self._noise(number)
        return Constant(number)

    def _ramp(self, first: float) -> Ramp:
        last = self._number("the value the ramp ends with")
        if not self._take("by"):
            return Ramp(first, last)
        token = self.token
        by = self._number("the height of a step")
        if by == 0 or (last - first) / by < 0:
            raise self.fault("steps of this height never reach the last value", token)
        return Ramp(first, last, by)

    def _noise(self, centre: float) -> Noise:
        token = self.token
        spread = self._number("how far noise goes to either side")
        if spread < 0:
            raise self.fault("noise goes to both sides by the same amount: leave the minus sign out", token)
        if not self._take("seed"):
            raise self.fault("noise needs a seed, so that every run draws the same: write `seed 1` after it")
        return Noise(centre, spread, self._count("a whole number as the seed"))

    def _extent(self) -> Times | Lasting | None:
        if self._take("x"):
            token = self.token
            count = self._count("how many points, such as x 10")
            if count == 0:
                raise self.fault("no points at all; leave the segment out, or write `_` for silence", token)
            return Times(count)
        if self._take("for"):
            token = self._expect("time", "how long, such as 5m30s")
            if not seconds_of(token.text):
                raise self.fault("it lasts no time at all; leave the segment out", token)
            return Lasting(seconds_of(token.text))
        return None

    def _number(self, expected: str) -> float:
        token = self._expect("number", expected)
        number = float(token.text)
        if abs(number) == float("inf"):
            raise self.fault("the number is too large", token)
        return number

    def _count(self, expected: str) -> int:
        token = self._expect("number", expected)
        if not token.text.isdigit() or len(token.text) > 9:
            raise self.fault("a whole number of at most nine digits is needed", token)
        return int(token.text)

    def _take(self, text: str) -> bool:
        if self.token.text != text:
            return False
        self.token = self._next()
        return True

    def _expect(self, kind: str, what: str) -> _Token:
        token = self.token
        if token.kind != kind:
            found = "the text ends" if token.kind == "end" else f"{token.text!r} stands"
            raise self.fault(f"{what} is needed where {found}")
        if kind == "time":
            self._check_time(token)
        self.token = self._next()
        return token

    def _check_time(self, token: _Token) -> None:
        try:
            seconds_of(token.text)
        except ValueError as error:
            raise self.fault(str(error), token) from None

    def _next(self) -> _Token:
        found = _TOKEN.match(self.text, self._offset)
        if found is None or found.lastgroup is None:
            rest = len(self.text[self._offset :]) - len(self.text[self._offset :].lstrip())
            start = self._offset + rest
            raise NotationError(self.text, start, start + 1, _unreadable(self.text[start : start + 1]))
        self._offset = found.end()
        return _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup), found.end())


def _unreadable(character: str) -> str:
    if character == "+":
        return "promtool's 0+10x5 is a ramp here, with both its ends: 0..50 x 6"
    return f"{character!r} means nothing here"
