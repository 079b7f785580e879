"""Reads what NRQL says of time: durations, moments, steps.

Source: docs.newrelic.com/docs/nrql/using-nrql/query-time-range.
"""

from __future__ import annotations

import math
from typing import Final

from monitors.nrql.cursor import Cursor
from monitors.nrql.tree import Ago, DayWord, Duration, Moment, Number, Step, Text
from monitors.nrql.words import DAYS, PERIODS, UNITS

_MOMENTS: Final = ("1 hour ago", "yesterday", "this week", "a date such as '2026-01-31 12:00'")
_LEAST_BARE_STEP_MS: Final = 1000
_LONGEST_NUMBER: Final = 64  # digits; Python refuses to read numbers of some thousand


class Times(Cursor):
    """The part of the parser that reads times."""

    __slots__ = ()

    def number(self) -> Number:
        """Take a number."""
        value = self.number_value()
        return Number(value, span=self.span_from(self.at - 1))

    def number_value(self) -> int | float:
        """Take a number and return its value."""
        source = self.source()
        if len(source) > _LONGEST_NUMBER:
            self.fail(f"the number has more than {_LONGEST_NUMBER} digits")
        value = int(source) if source.isdecimal() else float(source)
        if math.isinf(value):
            self.fail("the number is too large")
        self.at += 1
        return value

    def duration(self, *also: str) -> Duration:
        """Take a duration such as `5 minutes`."""
        start = self.at
        if self.kinds[start] != "number":
            self.unexpected("a duration such as 5 minutes", *also)
        count = self.number_value()
        unit = UNITS.get(self.word().lower())
        if unit is None:
            self.unexpected("a unit of time such as minutes")
        self.at += 1
        return Duration(count, unit, span=self.span_from(start))

    def moment(self) -> Moment:
        """Take what may follow SINCE, UNTIL and COMPARE WITH."""
        start, kind = self.at, self.kinds[self.at]
        if kind == "variable":
            return self.variable_here()
        if kind == "text":
            return Text(self.text_here("a date"), span=self.span_from(start))
        if kind != "number":
            return self._day_word()
        if self.kinds[start + 1] != "word":
            return self.number()
        duration = self.duration()
        self.take_word("AGO")
        return Ago(duration, span=self.span_from(start))

    def step(self) -> Step:
        """Take the width of a bucket."""
        start = self.at
        if self.kinds[start] == "variable":
            return Step(self.variable_here(), span=self.span_from(start))
        if self.take_word("AUTO"):
            return Step("AUTO", span=self.span_from(start))
        if self.take_word("MAX"):
            return Step("MAX", span=self.span_from(start))
        if self.kinds[start] == "number" and self.kinds[start + 1] != "word":
            return self._bare_step()
        return Step(self.duration("AUTO", "MAX"), span=self.span_from(start))

    def _bare_step(self) -> Step:
        """Take a step without a unit: milliseconds, as in `TIMESERIES 300000 SLIDE BY 60000`.

        Source: docs.newrelic.com, "Create smoother charts with sliding windows". Less than a second is no step that
        anybody means: a unit is missing.
        """
        start = self.at
        count = self.number_value()
        if count < _LEAST_BARE_STEP_MS:
            self.unexpected("a unit of time such as minutes")
        span = self.span_from(start)
        return Step(Duration(count, "millisecond", span=span), span=span)

    def _day_word(self) -> DayWord:
        start, words = self.at, self.word().lower()
        if words == "now":
            self.at += 1
            return DayWord("now", span=self.span_from(start))
        if words in ("this", "last"):
            self.at += 1
            period = self.word().lower()
            if period not in PERIODS:
                self.unexpected(*(word for word in UNITS if word in PERIODS))
            self.at += 1
            return DayWord(f"{words} {period}", span=self.span_from(start))
        if words not in DAYS:
            self.unexpected(*_MOMENTS)
        self.at += 1
        at = self.text_here("a time such as '09:30'") if self.take_word("AT") else None
        return DayWord(words, at, span=self.span_from(start))
