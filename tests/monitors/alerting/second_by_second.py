"""The judge of the simulator: one signal, one second after the other, every rule written out as it is documented.

It keeps everything and looks through all of it each second. It shares no code with the simulator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulated import highest

from monitors.alerting import ClosedWindow, Incident, Point
from monitors.spec import NrqlCondition, Occurrences, Threshold

Row = tuple[Any, ...]


def rows_of(incidents: Iterable[Incident]) -> list[Row]:
    """Return incidents as plain rows, in an order of their own."""
    return sorted(
        (
            (one.facet, one.cause, one.priority, one.opened_at, one.closed_at, one.closed_because, one.value)
            for one in incidents
        ),
        key=repr,
    )


def reference(condition: NrqlCondition, points: Sequence[Point], until_seconds: int) -> list[Row]:
    """Return the incidents of all facets as rows."""
    rows: list[Row] = []
    for facet in sorted({one.facet for one in points}):
        own = [one for one in points if one.facet == facet]
        world = _World(condition, sorted(own, key=lambda one: (one.arrived_at, one.timestamp, one.row)))
        for second in range(int(min(one.arrived_at for one in own)), until_seconds + 1):
            world.live(second)
        rows += [(facet, *row) for row in [*world.incidents, *world.still_open()]]
    return sorted(rows, key=repr)


@dataclass
class _Rule:
    threshold: Threshold
    priority: str
    outcomes: list[bool | None] = field(default_factory=list)
    open: tuple[float, float] | None = None  # when it opened and at which value


class _World:
    def __init__(self, condition: NrqlCondition, points: list[Point]) -> None:
        self.condition, self.coming = condition, points
        spec = condition.signal
        self.window, self.step = spec.window_seconds, spec.slide_seconds or spec.window_seconds
        self.kind = spec.method.kind
        self.wait: int = getattr(spec.method, "timer_seconds" if self.kind == "event_timer" else "delay_seconds")
        self.rules = [
            _Rule(one, priority)
            for one, priority in ((condition.critical, "critical"), (condition.warning, "warning"))
            if one is not None
        ]
        longest = max(rule.threshold.duration_seconds for rule in self.rules)
        self.memory = max(2 * 3600, longest, self.window + self.wait)
        self.incidents: list[Row] = []
        self.last_arrival: float | None = None
        self.is_lost = False
        self.loss_open: float | None = None
        self.forget()

    def forget(self) -> None:
        self.history: list[Point] = []
        self.losses: list[int] = []  # when the signal was lost
        self.closed_to: int | None = None
        self.first_start = 0
        self.last_value: float | None = None
        for rule in self.rules:
            rule.outcomes.clear()

    def end_of(self, point: Point) -> int:
        return int(point.timestamp // self.step) * self.step + self.step

    def live(self, now: int) -> None:
        self.arrive(now)
        self.close_windows(now)
        self.fall_silent(now)
        self.run_out_of_time(now)

    def arrive(self, now: int) -> None:
        arrived = [one for one in self.coming if one.arrived_at == now]
        if not arrived:
            return
        if self.is_lost and self.loss_open is not None:
            self.end_loss(now, "data returned")
        self.is_lost = False
        for one in arrived:
            if not self.is_late(one, now):
                self.history.append(one)
        self.last_arrival = now

    def is_late(self, point: Point, now: int) -> bool:
        end = self.end_of(point)
        if self.kind == "event_flow":
            return any(other.timestamp >= end + self.wait for other in self.history)
        if self.kind == "cadence":
            return now > end + self.wait
        return self.closed_to is not None and end <= self.closed_to

    def close_windows(self, now: int) -> None:
        while self.history:
            if self.closed_to is None:
                end = min(self.end_of(one) for one in self.history)
            else:
                end = self.closed_to + self.step
            if not self.closes(end, now):
                return
            if self.closed_to is None:
                self.first_start = end - self.step
            self.closed_to = end
            self.evaluate(end, now)

    def closes(self, end: int, now: int) -> bool:
        if self.kind == "event_flow":
            return any(one.timestamp >= end + self.wait for one in self.history)
        if self.kind == "cadence":
            has_points = any(end - self.window <= one.timestamp < end for one in self.history)
            has_later = any(one.timestamp >= end for one in self.history)
            return now >= end + self.wait and (has_points or has_later)
        following = [self.end_of(one) for one in self.history if self.end_of(one) >= end]
        if not following:
            return False
        own = [one for one in self.history if self.end_of(one) == min(following)]
        return max(one.arrived_at for one in own) + self.wait <= now

    def evaluate(self, end: int, now: int) -> None:
        if end - self.window < self.first_start:
            return
        inside = [one for one in self.history if end - self.window <= one.timestamp < end]
        fill = self.condition.signal.fill
        filling = {"none": None, "static": fill.value, "last_value": self.last_value}[fill.option]
        if inside:
            (value,) = highest([ClosedWindow((), end - self.window, end, inside, now)])
            value = filling if value is None else value
            self.last_value = self.last_value if value is None else value
        else:
            value = None if self.was_lost_around(end) else filling
        for rule in self.rules:
            self.count(rule, value, now)

    def was_lost_around(self, end: int) -> bool:
        for moment in self.losses:
            before = [self.end_of(one) for one in self.history if one.arrived_at <= moment]
            after = [self.end_of(one) for one in self.history if one.arrived_at > moment]
            if before and after and max(before) < end < after[0]:
                return True
        return False

    def count(self, rule: _Rule, value: float | None, now: int) -> None:
        term = rule.threshold
        rule.outcomes.append(None if value is None else breaches(term, value))
        needed = max(1, term.duration_seconds // self.step)
        last = rule.outcomes[-needed:]
        if rule.open is None:
            all_of_them = len(last) == needed and all(one is True for one in last)
            if all_of_them or (term.occurrences is Occurrences.AT_LEAST_ONCE and last[-1] is True):
                assert value is not None
                rule.open = (now, value)
                rule.outcomes.clear()
        elif len(last) == needed and all(one is False for one in last):
            self.close(rule, now, "recovered")

    def close(self, rule: _Rule, now: float, because: str) -> None:
        assert rule.open is not None
        self.incidents.append(("threshold", rule.priority, rule.open[0], now, because, rule.open[1]))
        rule.open = None
        rule.outcomes.clear()

    def fall_silent(self, now: int) -> None:
        assert self.last_arrival is not None
        rules = self.condition.loss_of_signal
        if rules is not None and not self.is_lost and now >= self.last_arrival + rules.after_seconds:
            self.is_lost = True
            self.losses.append(now)
            for rule in self.rules:
                if rules.close_incidents and rule.open is not None:
                    self.close(rule, now, "loss of signal")
            if rules.open_incident:
                self.loss_open = now
        if self.history and now >= self.last_arrival + self.memory:
            self.forget()

    def end_loss(self, now: float, because: str | None) -> None:
        assert self.loss_open is not None
        self.incidents.append(("loss of signal", "critical", self.loss_open, now, because, None))
        self.loss_open = None

    def run_out_of_time(self, now: int) -> None:
        limit = self.condition.violation_time_limit_seconds
        for rule in self.rules:
            if rule.open is not None and now >= rule.open[0] + limit:
                self.close(rule, now, "time limit")
        if self.loss_open is not None and now >= self.loss_open + limit:
            self.end_loss(now, "time limit")

    def still_open(self) -> list[Row]:
        rows: list[Row] = [
            ("threshold", rule.priority, rule.open[0], None, None, rule.open[1])
            for rule in self.rules
            if rule.open is not None
        ]
        if self.loss_open is not None:
            rows.append(("loss of signal", "critical", self.loss_open, None, None, None))
        return rows


def breaches(term: Threshold, value: float) -> bool:
    return {
        "above": value > term.value,
        "above_or_equals": value >= term.value,
        "below": value < term.value,
        "below_or_equals": value <= term.value,
        "equals": value == term.value,
        "not_equals": value != term.value,
    }[term.operator.value]
