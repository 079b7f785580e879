"""Tellings by intervals: at every moment those that asking at that moment gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from response_strategies import stacks

from monitors.alerting.paths import Prover
from monitors.alerting.rota.spans import Span
from monitors.alerting.tellings import Sureness, Telling, Tellings
from monitors.spec import Priority, Stack

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
Told = tuple[str, str | None, str | None, timedelta]


def tellings(stack: Stack, within: Span, sure: Sureness) -> list[Telling]:
    found = Tellings(stack, within)
    return [*found.of("page", Priority.CRITICAL, ("page", "slack"), sure=sure, limit=timedelta.max)]


def told_at(told: list[Telling], at: datetime) -> set[Told]:
    """Return what is told of an issue that opens at a moment, within a day."""
    found = {
        (one.kind, one.user, one.schedule, one.after if one.at is None else one.at - at)
        for one in told
        if any(start <= at < end for start, end in one.opens)
    }
    return {one for one in found if one[3] <= DAY}


def proved_at(stack: Stack, at: datetime) -> set[Told]:
    """Return the same by asking who is told at that moment alone."""
    found: set[Told] = set()
    for path in Prover(stack, at).issue(stack.observability.conditions[0], Priority.CRITICAL).paths:
        if path.kind != "page":
            found.add((path.kind, None, None, timedelta(seconds=path.after_seconds)))
        for ring in path.notified:
            after = timedelta(seconds=ring.after_seconds)
            found |= {("page", one.user, one.schedule, after) for one in ring.by if ring.urgency == "high"}
    return {one for one in found if one[3] <= DAY}


@settings(max_examples=120, deadline=None)
@given(drawn=stacks(), data=st.data())
def test_at_every_moment_they_are_those_of_asking_then(drawn: tuple[Stack, datetime], data: st.DataObject) -> None:
    stack, around = drawn
    # What no rule decides is told at the least and at the most; asking at a moment takes it as not matching.
    assume(all("summary" not in rule.condition for service in stack.response.services for rule in service.event_rules))
    within = around - 2 * DAY, around + 2 * DAY
    by_sureness = [tellings(stack, within, "least"), tellings(stack, within, "most")]
    edges = {edge for told in by_sureness for one in told for span in one.opens for edge in span}
    near = [edge + step for edge in edges for step in (-SECOND, timedelta(0))]
    drawn_moments = data.draw(st.lists(st.datetimes(*(one.replace(tzinfo=None) for one in within)), max_size=20))
    moments = {*near, *(one.replace(tzinfo=UTC) for one in drawn_moments)}
    for moment in sorted({one.replace(microsecond=0) for one in moments}):
        if within[0] <= moment < within[1]:
            expected = proved_at(stack, moment)
            for told in by_sureness:
                assert told_at(told, moment) == expected, moment


@pytest.mark.parametrize("sure", ["least", "most"])
@settings(max_examples=40, deadline=None)
@given(drawn=stacks())
def test_opens_are_ascending_apart_and_within_the_time(sure: Sureness, drawn: tuple[Stack, datetime]) -> None:
    stack, around = drawn
    within = around - DAY, around + DAY
    for one in tellings(stack, within, sure):
        flat = [edge for span in one.opens for edge in span]
        assert flat == sorted(flat)
        assert within[0] <= flat[0] < flat[-1] <= within[1]
