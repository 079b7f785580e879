"""Edits that reset an evaluation, and those that do not, as New Relic lists them.

Source: docs.newrelic.com, "Create NRQL alert conditions", "Condition edits can reset condition evaluation".
"""

from __future__ import annotations

from typing import Any

import pytest
from simulated import condition, lost, signal, threshold

from monitors.alerting.resets import resets_evaluation
from monitors.spec import (
    Baseline,
    Cadence,
    EventFlow,
    EventTimer,
    Fill,
    NrqlCondition,
    Occurrences,
    Operator,
    RunbookSection,
    Severity,
)
from service.metrics import Unit


def full(**changes: Any) -> NrqlCondition:
    """Return a condition with everything that can be edited."""
    return condition(
        **{
            "signal": signal(slide_seconds=30, fill=Fill(option="static", value=0.0)),
            "critical": threshold(5),
            "warning": threshold(3),
            "loss_of_signal": lost(close_incidents=True),
            **changes,
        }
    )


RESETS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "the query": ({"query": "SELECT count(*) FROM Other"}, ("query",)),
    "the window": (
        {"signal": signal(window_seconds=90, slide_seconds=30, fill=Fill(option="static", value=0.0))},
        ("signal.window_seconds",),
    ),
    "the slide": ({"signal": signal(fill=Fill(option="static", value=0.0))}, ("signal.slide_seconds",)),
    "the method": (
        {"signal": signal(slide_seconds=30, method=Cadence(), fill=Fill(option="static", value=0.0))},
        ("signal.method",),
    ),
    "the delay": (
        {"signal": signal(slide_seconds=30, method=EventFlow(), fill=Fill(option="static", value=0.0))},
        ("signal.method.delay_seconds",),
    ),
    "the fill": ({"signal": signal(slide_seconds=30, fill=Fill(option="last_value"))}, ("signal.fill.option",)),
    "the filled value": (
        {"signal": signal(slide_seconds=30, fill=Fill(option="static", value=1.0))},
        ("signal.fill.value",),
    ),
    "closing on loss": ({"loss_of_signal": lost()}, ("loss_of_signal.close_incidents",)),
    "no loss of signal at all": ({"loss_of_signal": None}, ("loss_of_signal.close_incidents",)),
    "the threshold's value": ({"critical": threshold(6)}, ("critical.value",)),
    "its duration": ({"critical": threshold(5, 600)}, ("critical.duration_seconds",)),
    "its operator": ({"critical": threshold(5, operator=Operator.ABOVE_OR_EQUALS)}, ("critical.operator",)),
    "the warning": ({"warning": threshold(2, 600)}, ("warning.value", "warning.duration_seconds")),
    "no warning any more": ({"warning": None}, ("warning",)),
    "static to baseline": ({"baseline": Baseline(direction="upper_only")}, ("baseline",)),
}
KEEPS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "the loss of signal's time": {"loss_of_signal": lost(600, close_incidents=True)},
    "opening on loss": {"loss_of_signal": lost(open_incident=False, close_incidents=True)},
    "for at least to at least once": {"critical": threshold(5, occurrences=Occurrences.AT_LEAST_ONCE)},
    "the name": {"name": "Another name"},
    "the time limit": {"violation_time_limit_seconds": 600},
    "texts": {"user_impact": "Nobody can sign.", "runbook": RunbookSection(file="other.md", anchor="high-errors")},
    "what only this repository reads": {"unit": Unit.PERCENT, "severity": Severity.SEV2, "owner": "platform"},
}


@pytest.mark.parametrize(("changes", "fields"), RESETS.values(), ids=RESETS)
def test_an_edit_that_resets_is_named_by_its_fields(changes: dict[str, Any], fields: tuple[str, ...]) -> None:
    assert resets_evaluation(full(), full(**changes)) == fields
    assert resets_evaluation(full(**changes), full()) == fields


@pytest.mark.parametrize("changes", KEEPS.values(), ids=KEEPS)
def test_an_edit_that_does_not_reset_is_not_named(changes: dict[str, Any]) -> None:
    assert resets_evaluation(full(), full(**changes)) == ()


def test_the_direction_of_a_baseline_resets_it_and_its_seasonality_does_not() -> None:
    usual = full(baseline=Baseline(direction="upper_only"))
    assert resets_evaluation(usual, full(baseline=Baseline(direction="lower_only"))) == ("baseline.direction",)
    assert resets_evaluation(usual, full(baseline=Baseline(direction="upper_only", seasonality="daily"))) == ()


def test_the_timer_resets() -> None:
    timers = [full(signal=signal(method=EventTimer(timer_seconds=seconds))) for seconds in (60, 120)]
    assert resets_evaluation(*timers) == ("signal.method.timer_seconds",)
