"""What is usual for a signal at a time, and how far a value is from it: an approximation of New Relic's baselines.

New Relic does not publish its algorithm. Kept from its description (docs.newrelic.com, "Anomaly detection"): a value is
predicted from earlier ones, recent ones weigh more, an hourly, daily or weekly pattern or none may be assumed, and a
threshold counts standard deviations of the prediction's errors over seven days. The rest is this module's choice; its
limits stand in docs/alert-semantics.md.
"""

from __future__ import annotations

from array import array
from math import inf, sqrt
from typing import Final

from monitors.spec import Baseline

_HOUR, _DAY, _WEEK = 3600, 86_400, 604_800
_PERIODS: Final = {"none": 0, "hourly": _HOUR, "daily": _DAY, "weekly": _WEEK}
# Of a pattern, the last few periods count: the weight of a value falls to a fifth after six of them.
_PERIODS_REMEMBERED: Final = 4
# Without a pattern, the last windows count.
_WINDOWS_REMEMBERED: Final = 60
_ERRORS_NEEDED: Final = 30  # before them a standard deviation says little


class Usual:
    """What one signal has taught so far."""

    __slots__ = ("_direction", "_seasons")

    def __init__(self, baseline: Baseline, step_seconds: int) -> None:
        self._direction = baseline.direction
        # New Relic's own calculation chooses the pattern; here the one that has predicted best so far is taken.
        automatic = baseline.seasonality == "new_relic_calculation"
        periods = _PERIODS.values() if automatic else (_PERIODS[baseline.seasonality],)
        self._seasons = [_Season(period, step_seconds) for period in periods]

    def deviations(self, end: int, value: float, *, learn: bool) -> float | None:
        """Return how many standard deviations a window's value is off in the direction that counts.

        None while too little is known. A value that is no measurement, as a gap's filling, is not learnt from.
        """
        season = min(self._seasons, key=lambda one: one.error)
        predicted, error = season.prediction(end), season.error
        if learn:
            for one in self._seasons:
                one.learn(end, value)
        if predicted is None or error == inf:
            return None
        off = value - predicted
        if self._direction == "lower_only":
            off = -off
        elif self._direction == "upper_and_lower":
            off = abs(off)
        if error == 0.0:
            return inf if off > 0 else 0.0
        return off / error


class _Season:
    """One pattern: a running mean for each place in its period, and the running error of predicting by it."""

    __slots__ = ("_counts", "_errors", "_errors_remembered", "_means", "_period", "_remembered", "_squares", "_step")

    def __init__(self, period: int, step_seconds: int) -> None:
        places = max(1, period // step_seconds)
        self._period, self._step = period, step_seconds
        self._remembered = _WINDOWS_REMEMBERED if places == 1 else _PERIODS_REMEMBERED
        self._means, self._counts = array("d", bytes(8 * places)), array("B", bytes(places))
        self._errors, self._squares = 0, 0.0
        self._errors_remembered = max(_ERRORS_NEEDED, _WEEK // step_seconds)

    @property
    def error(self) -> float:
        """The standard deviation of the predictions' errors over about a week, infinity while it is not known."""
        return sqrt(self._squares) if self._errors >= _ERRORS_NEEDED else inf

    def prediction(self, end: int) -> float | None:
        """Return what the window that ends at `end` is expected to hold, None while nothing is known of its place."""
        place = self._place(end)
        return self._means[place] if self._counts[place] else None

    def learn(self, end: int, value: float) -> None:
        """Take in a window's value."""
        place = self._place(end)
        if self._counts[place]:
            self._errors = min(self._errors + 1, self._errors_remembered)
            off = value - self._means[place]
            self._squares += (off * off - self._squares) / self._errors
        self._counts[place] = min(self._counts[place] + 1, self._remembered)
        self._means[place] += (value - self._means[place]) / self._counts[place]

    def _place(self, end: int) -> int:
        return 0 if len(self._means) == 1 else end % self._period // self._step % len(self._means)
