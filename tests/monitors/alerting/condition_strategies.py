"""Conditions and points as hypothesis draws them: every method, fill, loss and threshold; silences and late points."""

from __future__ import annotations

from hypothesis import strategies as st
from simulated import NOTHING, condition, lost, signal, threshold

from monitors.alerting import Facet, Point
from monitors.spec import (
    Cadence,
    EventFlow,
    EventTimer,
    Fill,
    LossOfSignal,
    NrqlCondition,
    Occurrences,
    Operator,
    Threshold,
)
from monitors.spec.base import SpecError

_WINDOWS_AND_SLIDES = ((30, None), (60, None), (60, 30), (120, 30), (120, 60))
_FACETS: tuple[Facet, ...] = (("a",), ("b",))
_NEVER = 259_200


@st.composite
def conditions(draw: st.DrawFn) -> NrqlCondition:
    window, slide = draw(st.sampled_from(_WINDOWS_AND_SLIDES))
    wait = draw(st.sampled_from((0, 10, 30, 60, 125)))
    methods = (EventFlow(delay_seconds=wait), EventTimer(timer_seconds=wait), Cadence(delay_seconds=wait))
    fill = draw(st.sampled_from((Fill(), Fill(option="static", value=9.0), Fill(option="last_value"))))
    without_warning = condition(
        signal=signal(window_seconds=window, slide_seconds=slide, method=draw(st.sampled_from(methods)), fill=fill),
        critical=draw(_thresholds),
        loss_of_signal=draw(st.none() | _losses),
        violation_time_limit_seconds=draw(st.sampled_from((300, 600, _NEVER, _NEVER))),
    )
    try:
        return without_warning.model_copy(update={"warning": draw(st.none() | _thresholds)})
    except SpecError:  # a warning that comes after its critical threshold
        return without_warning


_thresholds: st.SearchStrategy[Threshold] = st.builds(
    threshold,
    value=st.sampled_from((3.0, 5.0)),
    duration_seconds=st.sampled_from((120, 240)),
    operator=st.sampled_from(tuple(Operator)),
    occurrences=st.sampled_from(tuple(Occurrences)),
)
_losses: st.SearchStrategy[LossOfSignal] = st.builds(
    lambda after, does: lost(after, open_incident=does[0], close_incidents=does[1]),
    st.sampled_from((30, 90, 240, 7250)),
    st.sampled_from(((True, False), (False, True), (True, True))),
)
# Points come in stretches of one value, so that whole durations breach or do not.
_apart = st.sampled_from((1, 10, 20, 29, 30, 31, 60))
_silences = st.sampled_from((0, 0, 0, 0, 0, 5, 30, 61, 120, 240, 400))
_values = st.sampled_from((0, 3, 4, 6, 9, NOTHING))
_lags = st.sampled_from((0, 0, 0, 0, 0, 0, 1, 5, 30, 70, 150, 400, -20))


def points(*, in_order: bool) -> st.SearchStrategy[list[Point]]:
    """Points of two facets; where they need not be in order, some arrive late, some early, some are stamped ahead."""
    stretch = st.tuples(
        st.one_of(*[_silences] * 40, st.just(7300)),
        st.sampled_from(_FACETS[:1] * 3 + _FACETS[1:]),
        _values,
        _apart,
        st.lists(st.just(0) if in_order else _lags, min_size=1, max_size=16),
    )
    return st.lists(stretch, min_size=1, max_size=10).map(_placed)


def _placed(stretches: list[tuple[int, Facet, int, int, list[int]]]) -> list[Point]:
    placed, at = [], 1000
    for silence, facet, value, apart, lags in stretches:
        at += silence
        for lag in lags:
            at += apart
            placed.append(Point(at, facet, value, at + lag))
    return placed
