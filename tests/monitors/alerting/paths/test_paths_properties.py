"""Paths name exactly the people whom the simulation of alerts notifies, and whom a watched clock would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from path_stacks import condition, moments, stacks, with_observability, with_response

from monitors.alerting import Incident, issues_of, notify
from monitors.alerting.oncall import on_call
from monitors.alerting.paths import Path, Prover, paths
from monitors.alerting.rota import Override
from monitors.spec import ConstantUrgency, Priority, ScheduleTarget, Stack, Trigger

_KEYS = ("high-skill-error-rate", "claude-api-success-rate", "rollback-memory", "slow-skill", "daily-cost")
People = list[tuple[int, str, tuple[str, ...]]]


def people(found: tuple[Path, ...]) -> People:
    return sorted((one.after_seconds, one.urgency, one.users) for path in found for one in path.notified)


def simulated(stack: Stack, key: str, at: datetime, priority: Priority) -> tuple[People, list[tuple[float, str, str]]]:
    """Return whom the simulation notifies of an issue that opens at a moment and never closes, and what it sends."""
    since = at.timestamp()
    incident = Incident(key, (), "critical" if priority is Priority.CRITICAL else "warning", "threshold", since)
    issues = issues_of(stack, [incident], until_seconds=since + 8 * 86_400)
    told = [one for one in notify(stack, issues) if one.trigger is Trigger.ACTIVATED]
    paged = sorted((round(page.at - since), str(page.urgency), page.users) for one in told for page in one.pages)
    return paged, sorted((round(one.at - since), one.kind, one.destination) for one in told)


@settings(max_examples=150, deadline=None)
@given(stack=stacks(), at=moments, key=st.sampled_from(_KEYS))
def test_people_and_messages_are_those_of_the_simulation(stack: Stack, at: datetime, key: str) -> None:
    asked = condition(stack, key)
    for proof in map(Prover(stack, at).issue, [asked, asked], [Priority.CRITICAL, Priority.HIGH]):
        if proof.paths or not proof.refusals or proof.refusals[0].kind != "condition":
            expected_people, expected_messages = simulated(stack, key, at, Priority(proof.priority or ""))
            assert people(proof.paths) == expected_people
            sent = [
                (path.after_seconds, path.kind, next(hop.key for hop in path.hops if hop.kind == "destination"))
                for path in proof.paths
            ]
            assert sorted(sent) == expected_messages


def watched(stack: Stack, service_key: str, at: datetime, overrides: tuple[Override, ...]) -> People:
    """Return whom a page of high urgency reaches, by a clock that is watched minute by minute."""
    (service,) = [one for one in stack.response.services if one.key == service_key]
    (policy,) = [one for one in stack.response.escalation_policies if one.key == service.escalation_policy]
    by_key = {schedule.key: schedule for schedule in stack.response.schedules}
    turns = [(loop, number) for loop in range(policy.loops + 1) for number in range(len(policy.levels))]
    found: People = []
    due, minute = 0, 0
    while turns:
        while turns and minute == due:
            level = policy.levels[turns.pop(0)[1]]
            users: list[str] = []
            for target in level.targets:
                now = at + timedelta(minutes=minute)
                user = (
                    on_call(by_key[target.schedule], now, overrides)
                    if isinstance(target, ScheduleTarget)
                    else target.user
                )
                if user is not None and user not in users:
                    users.append(user)
            if users:
                found.append((minute * 60, "high", tuple(users)))
                due = minute + level.delay_minutes
        minute += 1
    return found


@st.composite
def stand_ins(draw: st.DrawFn) -> tuple[Override, ...]:
    """Draw overrides of the schedules that the drawn stacks page."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(moments).astimezone(UTC)
        key, user = (
            draw(st.sampled_from(("ai-primary", "ai-secondary"))),
            draw(st.sampled_from(("ai-engineer-a", "ai-engineer-b"))),
        )
        found.append(Override(key, user, start, start + timedelta(hours=draw(st.integers(1, 100)))))
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(stack=stacks(), at=moments, overrides=stand_ins())
def test_a_page_goes_on_as_a_watched_clock_says(stack: Stack, at: datetime, overrides: tuple[Override, ...]) -> None:
    quiet = {"event_rules": (), "auto_resolve_seconds": None, "urgency": ConstantUrgency(urgency="high")}
    services = tuple(one.model_copy(update=quiet) for one in stack.response.services)
    stack = with_response(stack, services=services)
    stack = with_observability(stack, muting_rules=())
    found = paths(stack, condition(stack, "high-skill-error-rate"), at, overrides=overrides)
    assert people(found) == watched(stack, "ai-sev1", at, overrides)


@settings(max_examples=40, deadline=None)
@given(stack=stacks(), at=moments)
def test_a_page_without_anybody_says_who_is_next_where_somebody_is_within_a_week(stack: Stack, at: datetime) -> None:
    for path in Prover(stack, at).issue(condition(stack, "high-skill-error-rate")).pages:
        assert path.next is None or (not path.notified and path.next.at > at)
        if path.next is not None:
            (schedule,) = [one for one in stack.response.schedules if one.key == path.next.schedule]
            assert on_call(schedule, path.next.at) == path.next.user
