"""What opens and closes, and when: New Relic's documented rules and examples, with their sources.

Windows are a minute long and close as soon as a point of the next minute comes, so that the window of minute 4 is
judged at minute 5; times are minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from golden import CHOICE, CLOSING, CONDITIONS, GAPS, METHODS, TERMS, THRESHOLDS
from simulated import (
    DAY,
    HOUR,
    MINUTE,
    Recorded,
    condition,
    each_minute,
    highest,
    incidents,
    lost,
    once,
    point,
    signal,
    threshold,
)

from monitors.alerting import ConditionSimulator, Facet, Point
from monitors.alerting.replaying import replay
from monitors.spec import Cadence, EventFlow, EventTimer, Fill, Operator

Row = tuple[str, str, float, float | None, str | None]
WARNING, CRITICAL, LOST = ("warning", "threshold"), ("critical", "threshold"), ("critical", "loss of signal")


@dataclass(frozen=True)
class Case:
    """Incidents as priority, cause, minute of opening, minute of closing and why it closed."""

    rule: str
    source: str
    changes: dict[str, Any]
    points: Sequence[Point]
    incidents: Sequence[Row]


def minutes(*values: float | None) -> list[Point]:
    return each_minute(values)


BAD, WELL = 9, 1
FIVE_BAD_THEN_WELL = minutes(BAD, BAD, BAD, BAD, BAD, *[WELL] * 8)
STATIC_ZERO = signal(fill=Fill(option="static", value=0.0))
STATIC_BAD = signal(fill=Fill(option="static", value=9.0))
CLOSES_ON_LOSS = lost(3 * MINUTE, open_incident=False, close_incidents=True)
LAST_VALUE = signal(fill=Fill(option="last_value"))

NULL_IS_NOT_ZERO = (
    Case(
        "count(*) = 0 never opens: a window in which nothing passed WHERE is NULL, not 0",
        CONDITIONS + "#example-null",
        {"critical": threshold(0, operator=Operator.EQUALS)},
        minutes(1, 1, *[None] * 10, 1, 1),
        [],
    ),
    Case(
        "count(*) < 1 never opens either",
        CONDITIONS + "#example-null",
        {"critical": once(1, operator=Operator.BELOW)},
        minutes(1, 1, *[None] * 10, 1, 1),
        [],
    ),
    Case(
        "an average that is really zero opens",
        CONDITIONS + "#example-zero",
        {"critical": threshold(0, operator=Operator.EQUALS)},
        minutes(0, 0, 0, 0, 0, 0),
        [(*CRITICAL, 5, None, None)],
    ),
    Case(
        "filter() over a population that is always there gives real zeros, by which the incident closes by itself",
        CONDITIONS + "#example-null-zero",
        {"critical": once(0)},
        minutes(0, 1, 0, 0, 0, 0, 0, 0),
        [(*CRITICAL, 2, 7, "recovered")],
    ),
    Case(
        "without those zeros nothing closes it but the time limit",
        CONDITIONS + "#example-null-zero",
        {"critical": once(0), "violation_time_limit_seconds": HOUR},
        [point(0, 1), point(61)],
        [(*CRITICAL, 61 / MINUTE, 61 / MINUTE + 60, "time limit")],
    ),
)
THRESHOLD_RULES = (
    Case(
        "for at least 5 minutes: all five windows have to breach",
        TERMS + "#why",
        {},
        FIVE_BAD_THEN_WELL,
        [(*CRITICAL, 5, 10, "recovered")],
    ),
    Case(
        "four breaching windows are too few",
        TERMS + "#why",
        {},
        minutes(BAD, BAD, BAD, BAD, WELL, WELL, BAD, BAD, BAD, BAD, WELL, WELL),
        [],
    ),
    Case(
        "greater than 5 seconds for 15 minutes",
        THRESHOLDS + "#threshold-examples",
        {"critical": threshold(5, 15 * MINUTE)},
        minutes(*[6] * 16),
        [(*CRITICAL, 15, None, None)],
    ),
    Case(
        "10 % or higher at least once in an hour opens with the first window",
        THRESHOLDS + "#threshold-examples",
        {"critical": once(10, HOUR, operator=Operator.ABOVE_OR_EQUALS)},
        minutes(1, 10, *[1] * 62),
        [(*CRITICAL, 2, 62, "recovered")],
    ),
    Case(
        "above is not met by the value itself",
        CHOICE,
        {"critical": once(9)},
        minutes(9, 9, 9),
        [],
    ),
    *(
        Case(
            f"operator {operator}: {value} against 5",
            "pulumi-newrelic 5.80.4, NrqlAlertConditionCriticalArgs.operator",
            {"critical": once(5, operator=operator)},
            minutes(value, value),
            [(*CRITICAL, 1, None, None)] if opens else [],
        )
        for operator, met in (
            (Operator.ABOVE, (False, False, True)),
            (Operator.ABOVE_OR_EQUALS, (False, True, True)),
            (Operator.BELOW, (True, False, False)),
            (Operator.BELOW_OR_EQUALS, (True, True, False)),
            (Operator.EQUALS, (False, True, False)),
            (Operator.NOT_EQUALS, (True, False, True)),
        )
        for value, opens in zip((4, 5, 6), met, strict=True)
    ),
    Case(
        "with sliding windows a duration counts slides",
        "pulumi-newrelic 5.80.4, getServiceLevelAlertHelper: window 21,600 s, slide 900 s, duration 900 s",
        {
            "signal": signal(window_seconds=6 * HOUR, slide_seconds=900),
            "critical": threshold(5, 900),
        },
        [point(quarter * 900, BAD) for quarter in range(26)],
        [(*CRITICAL, 6 * 60, None, None)],
    ),
    Case(
        "the delay comes on top of the duration",
        TERMS + "#delay-timer",
        {"signal": signal(method=EventFlow(delay_seconds=120))},
        minutes(*[BAD] * 8),
        [(*CRITICAL, 7, None, None)],
    ),
    Case(
        "a warning opens first, the critical incident is one of its own, and each closes by its own threshold",
        "https://docs.newrelic.com/docs/alerts/organize-alerts/specify-when-alerts-create-events#preference-signal",
        {"critical": threshold(8), "warning": threshold(3)},
        minutes(*[5] * 5, *[9] * 5, *[5] * 5, *[1] * 6),
        [(*WARNING, 5, 20, "recovered"), (*CRITICAL, 10, 15, "recovered")],
    ),
)
CLOSING_RULES = (
    Case(
        "below 0.80 at least once in 5 minutes closes after 5 consecutive minutes at 0.80 or higher",
        CLOSING + "#close-automatic",
        {"critical": once(8, operator=Operator.BELOW)},
        minutes(9, 7, 8, 8, 8, 8, 7, 8, 8, 8, 8, 8, 8),
        [(*CRITICAL, 2, 12, "recovered")],
    ),
    Case(
        "the time limit of 12 hours closes an incident that still breaches, and the evaluation starts again",
        CLOSING + "#time-limit",
        {"violation_time_limit_seconds": 12 * HOUR},
        minutes(*[BAD] * (12 * 60 + 12)),
        [(*CRITICAL, 5, 725, "time limit"), (*CRITICAL, 730, None, None)],
    ),
    Case(
        "at least once: after the time limit the next breaching window opens the next incident",
        CLOSING + "#time-limit",
        {"critical": once(5), "violation_time_limit_seconds": 300},
        minutes(*[BAD] * 8),
        [(*CRITICAL, 1, 6, "time limit"), (*CRITICAL, 7, None, None)],
    ),
    Case(
        "a crashed process never closes its incident; only the time limit does",
        CLOSING + "#time-limit",
        {"violation_time_limit_seconds": 3 * DAY},
        minutes(*[BAD] * 6),
        [(*CRITICAL, 5, 5 + 3 * 24 * 60, "time limit")],
    ),
    Case(
        "an empty window is not well: it starts the recovery anew",
        CHOICE,
        {},
        minutes(*[BAD] * 5, WELL, WELL, WELL, WELL, None, *[WELL] * 6),
        [(*CRITICAL, 5, 15, "recovered")],
    ),
    Case("a disabled condition opens nothing", CHOICE, {"enabled": False}, FIVE_BAD_THEN_WELL, []),
)
FILLING_RULES = (
    Case(
        "no fill: one empty window of the five resets the timer, and nothing opens",
        CONDITIONS + "#data-gaps",
        {},
        minutes(BAD, BAD, None, BAD, BAD, BAD, WELL),
        [],
    ),
    Case(
        "last known value: the gap counts as what was before it",
        CONDITIONS + "#data-gaps",
        {"signal": LAST_VALUE},
        minutes(BAD, BAD, None, BAD, BAD, WELL),
        [(*CRITICAL, 5, None, None)],
    ),
    Case(
        "custom static value: the gap counts as that",
        CONDITIONS + "#data-gaps",
        {"signal": STATIC_BAD},
        minutes(BAD, BAD, None, BAD, BAD, WELL),
        [(*CRITICAL, 5, None, None)],
    ),
    Case(
        "a gap is filled only once another point has come",
        GAPS + "#customize",
        {"signal": STATIC_BAD},
        minutes(BAD, *[None] * 60, WELL),
        [(*CRITICAL, 61, None, None)],
    ),
    Case(
        "static 0 never tells of silence",
        GAPS + "#customize",
        {"signal": STATIC_ZERO, "critical": once(1, operator=Operator.BELOW)},
        minutes(BAD, BAD, BAD),
        [],
    ),
    Case(
        "a gap longer than the expiration is not filled",
        GAPS + "#customize",
        {
            "signal": STATIC_BAD,
            "critical": once(),
            "loss_of_signal": lost(3 * MINUTE, open_incident=False, close_incidents=True),
        },
        minutes(WELL, *[None] * 3, WELL, WELL),
        [],
    ),
    Case(
        "one as long as the expiration is",
        GAPS + "#customize",
        {
            "signal": STATIC_BAD,
            "critical": once(),
            "loss_of_signal": lost(3 * MINUTE, open_incident=False, close_incidents=True),
        },
        minutes(WELL, *[None] * 2, WELL, WELL),
        [(*CRITICAL, 3, None, None)],
    ),
    Case(
        "a gap before the loss is filled though it is judged after it",
        CHOICE,
        {
            "signal": signal(method=EventFlow(delay_seconds=300), fill=Fill(option="static", value=9.0)),
            "critical": once(),
            "loss_of_signal": CLOSES_ON_LOSS,
        },
        minutes(WELL, None, WELL, *[None] * 7, WELL),
        [(*CRITICAL, 10, None, None)],
    ),
    Case(
        "once the signal is back, a shorter gap is filled again",
        GAPS + "#customize",
        {"signal": STATIC_BAD, "critical": once(), "loss_of_signal": CLOSES_ON_LOSS},
        minutes(WELL, *[None] * 3, WELL, None, WELL),
        [(*CRITICAL, 6, None, None)],
    ),
    Case(
        "after more than two hours of silence a signal is new: the gap is not filled",
        TERMS + "#gap-filling",
        {"signal": STATIC_BAD, "critical": once()},
        minutes(WELL, *[None] * 120, WELL, WELL),
        [],
    ),
    Case(
        "up to two hours it is",
        TERMS + "#gap-filling",
        {"signal": STATIC_BAD, "critical": once()},
        minutes(WELL, *[None] * 119, WELL, WELL),
        [(*CRITICAL, 120, None, None)],
    ),
    Case(
        "and its last value is forgotten too",
        TERMS + "#gap-filling",
        {"signal": LAST_VALUE, "critical": once()},
        minutes(BAD, WELL, WELL, *[None] * 121, *[-1] * 8),
        [(*CRITICAL, 1, None, None)],
    ),
    Case(
        "where the threshold's duration is longer than two hours, that is the time",
        CONDITIONS + "#data-gaps",
        {"signal": STATIC_BAD, "critical": once(5, 3 * HOUR)},
        minutes(WELL, *[None] * 120, WELL, WELL),
        [(*CRITICAL, 121, None, None)],
    ),
    Case(
        "a window with points and no value is filled at once",
        CHOICE,
        {"signal": LAST_VALUE},
        minutes(BAD, -1, -1, -1, BAD, WELL),
        [(*CRITICAL, 5, None, None)],
    ),
    Case(
        "without a fill it is an empty window",
        CHOICE,
        {},
        minutes(BAD, BAD, -1, BAD, BAD, BAD, BAD, WELL),
        [],
    ),
    Case(
        "by cadence a filled gap is judged when the next point comes, not by the clock",
        GAPS + "#customize",
        {"signal": signal(method=Cadence(delay_seconds=0), fill=Fill(option="static", value=9.0)), "critical": once()},
        minutes(WELL, None, None, WELL),
        [(*CRITICAL, 3, None, None)],
    ),
)
LOSS_RULES = (
    Case(
        "expiration 120 s: without a point for two minutes an incident opens",
        GAPS + "#loss-of-signal",
        {"loss_of_signal": lost(120)},
        minutes(WELL, WELL),
        [(*LOST, 3, 3 + 3 * 24 * 60, "time limit")],
    ),
    Case(
        "60 s: a point in the very last second is in time",
        CHOICE,
        {"loss_of_signal": lost(60)},
        minutes(WELL, WELL, WELL, None, WELL),
        [(*LOST, 3, 4, "data returned"), (*LOST, 5, 5 + 3 * 24 * 60, "time limit")],
    ),
    Case(
        "it goes by arrival, not by timestamp",
        GAPS + "#loss-of-signal",
        {"loss_of_signal": lost(120)},
        [point(0), point(10, arrived_at=4 * MINUTE), point(4 * MINUTE, arrived_at=5 * MINUTE)],
        [(*LOST, 2, 4, "data returned"), (*LOST, 7, 7 + 3 * 24 * 60, "time limit")],
    ),
    Case(
        "a point that comes too late for its window shows that the signal is there",
        CHOICE,
        {"loss_of_signal": lost(120)},
        [point(0), point(MINUTE), point(30, arrived_at=2 * MINUTE)],
        [(*LOST, 4, 4 + 3 * 24 * 60, "time limit")],
    ),
    Case(
        "a signal that was never there is not lost",
        CONDITIONS + "#signal-loss",
        {"loss_of_signal": lost(120)},
        [],
        [],
    ),
    Case(
        "it has nothing to do with the threshold's duration or the delay",
        CONDITIONS + "#signal-loss",
        {
            "loss_of_signal": lost(30),
            "critical": threshold(5, HOUR),
            "signal": signal(method=EventFlow(delay_seconds=1200)),
        },
        [point(0), point(45)],
        [(*LOST, 0.5, 0.75, "data returned"), (*LOST, 1.25, 1.25 + 3 * 24 * 60, "time limit")],
    ),
    Case(
        "closing on loss closes what is open",
        CONDITIONS + "#signal-loss",
        {"loss_of_signal": CLOSES_ON_LOSS},
        minutes(*[BAD] * 6),
        [(*CRITICAL, 5, 8, "loss of signal")],
    ),
    Case(
        "both: first the open incidents close, then the loss opens",
        CONDITIONS + "#signal-loss",
        {"loss_of_signal": lost(180, close_incidents=True), "warning": threshold(3)},
        minutes(*[BAD] * 6),
        [
            (*CRITICAL, 5, 8, "loss of signal"),
            (*WARNING, 5, 8, "loss of signal"),
            (*LOST, 8, 8 + 3 * 24 * 60, "time limit"),
        ],
    ),
    Case(
        "what opens in the second of the loss is closed by it",
        CHOICE,
        {
            "signal": signal(method=EventTimer(timer_seconds=60)),
            "critical": once(),
            "loss_of_signal": lost(60, close_incidents=True),
        },
        minutes(BAD),
        [(*LOST, 1, 1 + 3 * 24 * 60, "time limit"), (*CRITICAL, 1, 1, "loss of signal")],
    ),
    Case(
        "a loss in the second of the time limit comes first",
        CHOICE,
        {
            "critical": once(),
            "loss_of_signal": lost(300, open_incident=False, close_incidents=True),
            "violation_time_limit_seconds": 300,
        },
        minutes(BAD, BAD),
        [(*CRITICAL, 1, 6, "loss of signal")],
    ),
    Case(
        "a point in the second of the time limit comes first",
        CHOICE,
        {"loss_of_signal": lost(60), "violation_time_limit_seconds": 300},
        [point(0), point(6 * MINUTE)],
        [(*LOST, 1, 6, "data returned"), (*LOST, 7, 12, "time limit")],
    ),
    Case(
        "opening alone leaves the open incidents alone",
        CONDITIONS + "#signal-loss",
        {"loss_of_signal": lost(180), "violation_time_limit_seconds": HOUR},
        minutes(*[BAD] * 6),
        [(*CRITICAL, 5, 65, "time limit"), (*LOST, 8, 68, "time limit")],
    ),
    Case(
        "the loss closes with the next point, whether its window has closed or not",
        METHODS + "#loss-signal",
        {"loss_of_signal": lost(180), "signal": signal(method=EventTimer(timer_seconds=600))},
        [point(0), point(10 * MINUTE), point(12 * MINUTE), point(14 * MINUTE)],
        [(*LOST, 3, 10, "data returned"), (*LOST, 17, 17 + 3 * 24 * 60, "time limit")],
    ),
    Case(
        "a loss that the time limit closed does not open again before the signal was back",
        CHOICE,
        {"loss_of_signal": lost(60), "violation_time_limit_seconds": 300},
        [point(0), point(20 * MINUTE)],
        [(*LOST, 1, 6, "time limit"), (*LOST, 21, 26, "time limit")],
    ),
    Case(
        "48 hours is the longest expiration, beyond all other memory",
        CONDITIONS + "#signal-loss",
        {"loss_of_signal": lost(2 * DAY)},
        [point(0)],
        [(*LOST, 2 * 24 * 60, 5 * 24 * 60, "time limit")],
    ),
)
CASES = (*NULL_IS_NOT_ZERO, *THRESHOLD_RULES, *CLOSING_RULES, *FILLING_RULES, *LOSS_RULES)
# Recorded data arrive as they are stamped.
IN_ORDER = [case for case in CASES if all(one.arrived_at == one.timestamp for one in case.points)]


@pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])
def test_incidents_open_and_close_as_documented(case: Case) -> None:
    assert case.source
    found = [
        (
            one.priority,
            one.cause,
            one.opened_at / MINUTE,
            None if one.closed_at is None else one.closed_at / MINUTE,
            one.closed_because,
        )
        for one in incidents(condition(**case.changes), case.points, until_seconds=_until(case))
    ]
    assert found == list(case.incidents)


@pytest.mark.parametrize("case", IN_ORDER, ids=[case.rule for case in IN_ORDER])
def test_recorded_data_replayed_give_the_documented_incidents_too(case: Case) -> None:
    of, until = condition(**case.changes), _until(case)
    assert replay(of, Recorded.of(of, case.points), until_seconds=until) == incidents(of, case.points, until)


def _until(case: Case) -> float:
    """Return the last minute that the case speaks of: what is open by then is said to be open."""
    ends = [closed for *_, closed, _ in case.incidents if closed is not None]
    return max([one.arrived_at for one in case.points] + [end * MINUTE for end in ends], default=DAY)


def test_the_end_of_a_recovered_incident_is_dated_back_to_where_the_recovery_began() -> None:
    """Source: "How alert events are closed", 1: the closing timestamp is backdated to the start of the recovery."""
    (found,) = incidents(condition(), FIVE_BAD_THEN_WELL)
    assert (found.degraded_at, found.opened_at) == (0, 5 * MINUTE)
    assert (found.recovered_at, found.closed_at) == (5 * MINUTE, 10 * MINUTE)


def test_each_facet_opens_and_is_lost_by_itself() -> None:
    """Source: "Create NRQL alert conditions", Loss of signal: each facet is a signal."""
    bad, gone = each_minute([BAD] * 9, facet=("a",)), each_minute([WELL] * 3, facet=("b",))
    found = incidents(condition(loss_of_signal=lost()), [*bad, *gone], until_seconds=8 * MINUTE)
    assert [(one.facet, one.cause, one.opened_at / MINUTE) for one in found] == [
        (("a",), "threshold", 5),
        (("b",), "loss of signal", 5),
    ]


def test_an_incident_tells_the_value_it_opened_with() -> None:
    found = incidents(condition(), minutes(6, 7, 8, 9, 6, WELL))
    assert [one.value for one in found] == [6]


def test_a_signal_that_was_expected_to_end_opens_no_incident() -> None:
    """Source: "Create NRQL alert conditions", Loss of signal actions; who has the tag is not in the data."""
    of = condition(loss_of_signal=lost(120, ignore_expected_termination=True, close_incidents=True))
    found = []
    tagged: tuple[Facet, ...] = (("a",), ("nobody",))
    for expected in tagged:
        simulator = ConditionSimulator(of, highest, is_expected_to_end=expected.__eq__)
        simulator.observe(each_minute([BAD] * 6, facet=("a",)))
        found.append([(one.cause, type(one).__name__) for one in simulator.advance(HOUR)])
    ends = [("threshold", "Opened"), ("threshold", "Closed")]
    assert found == [ends, [*ends, ("loss of signal", "Opened")]]


def test_without_the_setting_an_expected_end_opens_one_all_the_same() -> None:
    simulator = ConditionSimulator(condition(loss_of_signal=lost(120)), highest, is_expected_to_end=lambda facet: True)
    simulator.observe(minutes(WELL))
    assert [one.cause for one in simulator.advance(HOUR)] == ["loss of signal"]


def test_windows_that_only_the_first_point_after_a_loss_closes_still_count() -> None:
    """The named limit: what was measured before the loss is judged when data return."""
    points = minutes(*[BAD] * 10, *[None] * 10, *[BAD] * 10)
    late = condition(
        signal=signal(method=EventFlow(delay_seconds=2 * MINUTE)),
        critical=threshold(duration_seconds=2 * MINUTE),
        loss_of_signal=lost(5 * MINUTE, close_incidents=True),
    )
    opened = [(one.cause, one.opened_at / MINUTE) for one in incidents(late, points)]
    assert opened[:3] == [("threshold", 4), ("loss of signal", 14), ("threshold", 20)]
