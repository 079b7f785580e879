"""Assertions are broken at those moments at which asking who is reached then says so, and at no other."""

from __future__ import annotations

from datetime import datetime, timedelta

import spec_builders as build
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from response_strategies import stacks

from monitors.alerting.paths import Prover
from monitors.rules.paths.proving import Assertions, Broken
from monitors.rules.paths.times import horizon, spans
from monitors.spec import Hours, PathAssertion, Priority, Reaches, Stack, WakesNobody

SECOND = timedelta(seconds=1)
HOURS = Hours(time_zone="Europe/Berlin", start="22:00:00", end="03:00:00", weekdays=(1, 3, 6, 7))


def asserting(expects: Reaches | WakesNobody, when: Hours | None) -> PathAssertion:
    one: PathAssertion = build.assertion(expects=expects, when=when)
    return one


def certain(stack: Stack) -> bool:
    """Say whether no event rule waits for what nobody knows: asking at a moment takes such a rule as not matching."""
    return all("summary" not in rule.condition for service in stack.response.services for rule in service.event_rules)


def rings(stack: Stack, at: datetime) -> list[tuple[str, str | None, timedelta]]:
    """Return who is paged with high urgency of an issue of a moment, by which schedule, and how long after."""
    paths = Prover(stack, at).issue(stack.observability.conditions[0], Priority.CRITICAL).paths
    return [
        (one.user, one.schedule, timedelta(seconds=ring.after_seconds))
        for path in paths
        for ring in path.notified
        if ring.urgency == "high"
        for one in ring.by
    ]


def moments_near(broken: list[Broken], drawn: list[timedelta], start: datetime, end: datetime) -> list[datetime]:
    edges = [edge for one in broken for span in one.spans[:6] for edge in span]
    near = [edge + step for edge in edges for step in (-SECOND, timedelta(0))]
    return [at for at in (*near, *(start + offset for offset in drawn)) if start <= at < end and not at.microsecond]


@settings(max_examples=30, deadline=None)
@given(
    drawn=stacks(),
    minutes=st.sampled_from([0, 1, 5, 30, 120, 1440]),
    people=st.integers(1, 3),
    by=st.sampled_from([{}, {"schedule": "primary"}, {"user": "a"}, {"team": "ai"}]),
    when=st.sampled_from([None, HOURS]),
    offsets=st.lists(st.integers(0, 364 * 86_400).map(lambda seconds: timedelta(seconds=seconds)), max_size=6),
)
def test_whoever_is_to_be_reached(
    drawn: tuple[Stack, datetime],
    minutes: int,
    people: int,
    by: dict[str, str],
    when: Hours | None,
    offsets: list[timedelta],
) -> None:
    stack, _ = drawn
    assume(certain(stack))
    expects = Reaches(within_minutes=minutes, people=1 if "user" in by else people, **by)
    start, end = horizon(stack)
    broken = [*Assertions(stack).broken(asserting(expects, when))]
    about = spans(when, (start, end))
    for at in moments_near(broken, offsets, start, end):
        found = {
            user
            for user, schedule, after in rings(stack, at)
            if after <= timedelta(minutes=minutes)
            and by.get("schedule") in (None, schedule)
            and by.get("user") in (None, user)
        }
        fails = len(found) < expects.people and any(first <= at < last for first, last in about)
        assert any(first <= at < last for one in broken for first, last in one.spans) is fails, at


@settings(max_examples=30, deadline=None)
@given(drawn=stacks(), when=st.sampled_from([None, HOURS]))
def test_whoever_is_woken_is_so_by_the_issue_that_is_named(drawn: tuple[Stack, datetime], when: Hours | None) -> None:
    stack, _ = drawn
    assume(certain(stack))
    for one in Assertions(stack).broken(asserting(WakesNobody(), when)):
        at = one.opens.replace(microsecond=0)
        first = one.spans[0][0]
        woken = {(user, at + after) for user, _, after in rings(stack, at)}
        assert any(user == one.user and abs(moment - first) <= SECOND for user, moment in woken)


@settings(max_examples=30, deadline=None)
@given(
    drawn=stacks(),
    when=st.sampled_from([None, HOURS]),
    offset=st.integers(0, 300 * 86_400).map(lambda seconds: timedelta(seconds=seconds)),
)
def test_nobody_is_woken_at_a_moment_that_is_not_told(
    drawn: tuple[Stack, datetime], when: Hours | None, offset: timedelta
) -> None:
    stack, _ = drawn
    assume(certain(stack))
    start, end = horizon(stack)
    broken = [*Assertions(stack).broken(asserting(WakesNobody(), when))]
    at = start + offset
    told = [span for one in broken for span in one.spans]
    for _, _, after in rings(stack, at):
        rung = at + after
        if rung < end and any(first <= rung < last for first, last in spans(when, (start, end))):
            assert any(first <= rung < last for first, last in told), (at, after)
