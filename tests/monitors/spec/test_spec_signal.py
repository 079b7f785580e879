"""The arithmetic of windows, slides and durations, over every value an author can write."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from spec_builders import condition, threshold
from spec_refusals import refusal

from monitors.spec import Signal


@given(slide=st.integers(30, 1800), count=st.integers(1, 240), extra=st.sampled_from((0, 0, 1)))
def test_a_slide_is_taken_exactly_when_it_divides_the_window_and_new_relic_computes_that_often(
    slide: int, count: int, extra: int
) -> None:
    window = min(slide * count + extra, 21_600)
    least = 30 if window <= 3600 else window / 120 if window < 7200 else window / 24
    if slide < window and window % slide == 0 and slide >= least:
        assert Signal(window_seconds=window, slide_seconds=slide).step_seconds == slide
    else:
        assert "slide_seconds" in refusal(Signal, window_seconds=window, slide_seconds=slide)


@given(window=st.sampled_from((3600, 7200, 21_600)), count=st.integers(2, 24))
def test_every_division_of_a_long_window_into_up_to_24_slides_is_taken(window: int, count: int) -> None:
    if window % count == 0 and window // count >= 30:
        assert Signal(window_seconds=window, slide_seconds=window // count).step_seconds == window // count


@given(step=st.integers(30, 21_600), duration=st.integers(60, 86_400), whole=st.booleans())
def test_a_duration_is_taken_exactly_when_it_is_a_multiple_of_the_step_and_the_one_advised_is(
    step: int, duration: int, whole: bool
) -> None:
    signal = Signal(window_seconds=step)
    if whole:
        duration = max(duration // step, -(-60 // step)) * step
    if duration % step == 0:
        assert condition(signal=signal, critical=threshold(duration_seconds=duration)).signal is signal
        return
    message = refusal(condition, signal=signal, critical=threshold(duration_seconds=duration))
    (advised,) = re.findall(r"(\d+) would be", message)
    assert condition(signal=signal, critical=threshold(duration_seconds=int(advised))).signal is signal


def test_without_a_slide_a_value_comes_once_a_window() -> None:
    assert Signal(window_seconds=300).step_seconds == 300


def test_a_sliding_window_takes_a_duration_shorter_than_the_window_when_the_slide_divides_it() -> None:
    sliding = Signal(window_seconds=3600, slide_seconds=60)
    assert condition(signal=sliding, critical=threshold(duration_seconds=60)).critical == threshold(duration_seconds=60)
