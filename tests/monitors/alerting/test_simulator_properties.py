"""What holds for every condition and every stream of points."""

from __future__ import annotations

from collections import defaultdict

from condition_strategies import conditions, points
from hypothesis import given, settings
from hypothesis import strategies as st
from second_by_second import reference, rows_of
from simulated import Recorded, highest, incidents

from monitors.alerting import Closed, ConditionSimulator, Opened, Point, Transition
from monitors.alerting.replaying import NotReplayed, replay
from monitors.spec import NrqlCondition

_AFTER = 1300


def _until(of: list[Point], after: int) -> int:
    return int(max(one.arrived_at for one in of)) + after


@settings(max_examples=60, deadline=None)
@given(conditions(), points(in_order=False), st.sampled_from((0, 100, _AFTER)))
def test_the_simulator_agrees_with_a_judge_that_looks_at_every_second(
    of: NrqlCondition, given_points: list[Point], after: int
) -> None:
    until = _until(given_points, after)
    assert rows_of(incidents(of, given_points, until)) == reference(of, given_points, until)


@settings(max_examples=200, deadline=None)
@given(conditions(), points(in_order=True), st.sampled_from((0, 50, 200, _AFTER)))
def test_recorded_data_replayed_give_what_the_simulator_gives(
    of: NrqlCondition, given_points: list[Point], after: int
) -> None:
    until = _until(given_points, after - 100)
    try:
        replayed = replay(of, Recorded.of(of, given_points), until_seconds=until)
    except NotReplayed:
        assert of.signal.method.kind == "event_timer"
        return
    assert replayed == incidents(of, given_points, until)


@settings(max_examples=100, deadline=None)
@given(conditions(), points(in_order=False), st.data())
def test_points_cut_into_any_schedule_give_the_same_transitions(
    of: NrqlCondition, given_points: list[Point], data: st.DataObject
) -> None:
    until = _until(given_points, _AFTER)
    whole = ConditionSimulator(of, highest)
    whole.observe(given_points)
    expected = whole.advance(until)
    cuts = sorted(data.draw(st.lists(st.integers(1000, until), max_size=8)))
    chopped, found, seen = ConditionSimulator(of, highest), list[Transition](), -1
    for cut in [*cuts, until]:
        chopped.observe(one for one in reversed(given_points) if seen < one.arrived_at <= cut)
        found += chopped.advance(cut)
        seen = cut
    assert found == expected
    assert chopped.late_points == whole.late_points


@settings(max_examples=100, deadline=None)
@given(conditions(), points(in_order=False))
def test_transitions_are_in_order_and_every_close_follows_its_opening(
    of: NrqlCondition, given_points: list[Point]
) -> None:
    simulator = ConditionSimulator(of, highest)
    simulator.observe(given_points)
    changes = simulator.advance(_until(given_points, _AFTER))
    assert [one.at for one in changes] == sorted(one.at for one in changes)
    open_now: dict[tuple[object, ...], Opened] = {}
    for change in changes:
        key = (change.facet, change.cause, change.priority)
        if isinstance(change, Closed):
            assert open_now.pop(key).opened_at == change.opened_at <= change.at
        else:
            # Of one signal, cause and priority only one incident is open at a time.
            assert key not in open_now
            open_now[key] = change


@settings(max_examples=100, deadline=None)
@given(conditions(), points(in_order=False))
def test_signals_do_not_touch_each_other(of: NrqlCondition, given_points: list[Point]) -> None:
    until = _until(given_points, _AFTER)
    together = defaultdict(list)
    for one in incidents(of, given_points, until):
        together[one.facet].append(one)
    for facet in {one.facet for one in given_points}:
        assert list(incidents(of, [one for one in given_points if one.facet == facet], until)) == together[facet]
