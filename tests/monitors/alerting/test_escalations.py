"""Levels at their turn: passed over, reached by layers, overrides or by name, and whoever is on call by then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitors.alerting.escalations import Level, Reached, walk
from monitors.alerting.rota import Override
from monitors.spec import EscalationLevel, EscalationPolicy, Layer, Restriction, Schedule, ScheduleTarget, UserTarget

NIGHT = datetime(2026, 3, 4, 3, tzinfo=UTC)
DAY = Restriction(kind="daily", start="09:00:00", duration_seconds=8 * 3600)


def schedule(key: str, *users: str, hours: tuple[Restriction, ...] = (), turn_seconds: int = 604_800) -> Schedule:
    layer = Layer(
        name="Weekly", start="2026-01-05T09:00:00+00:00", turn_seconds=turn_seconds, users=users, restrictions=hours
    )
    return Schedule(key=key, name=key.title(), team="ai", time_zone="Etc/UTC", layers=(layer,))


ALWAYS, OFFICE = schedule("always", "a"), schedule("office", "b", hours=(DAY,))
SCHEDULES = {one.key: one for one in (ALWAYS, OFFICE)}


def policy(*levels: tuple[int, tuple[str, ...]], loops: int = 0) -> EscalationPolicy:
    """Return a policy; a target that is a schedule's key is that schedule, any other is a user."""
    return EscalationPolicy(
        key="policy",
        name="Policy",
        team="ai",
        loops=loops,
        levels=tuple(
            EscalationLevel(
                delay_minutes=delay,
                targets=tuple(
                    ScheduleTarget(schedule=one) if one in SCHEDULES else UserTarget(user=one) for one in targets
                ),
            )
            for delay, targets in levels
        ),
    )


def test_a_level_without_anybody_is_passed_over_without_waiting() -> None:
    found = list(walk(policy((5, ("office",)), (10, ("always",)), (15, ("c",))), SCHEDULES, NIGHT))
    assert found == [
        Level(0, 1, 1, 5, ()),
        Level(0, 1, 2, 10, (Reached("a", "always", "Weekly"),)),
        Level(10, 1, 3, 15, (Reached("c"),)),
    ]


def test_every_loop_is_walked_and_counted() -> None:
    found = list(walk(policy((5, ("c",)), (10, ("always",)), loops=2), SCHEDULES, NIGHT))
    assert [(one.after_minutes, one.loop, one.number) for one in found] == [
        (0, 1, 1), (5, 1, 2), (15, 2, 1), (20, 2, 2), (30, 3, 1), (35, 3, 2),
    ]  # fmt: skip


def test_a_level_reaches_whoever_is_on_call_when_its_turn_comes() -> None:
    hourly = {"always": schedule("always", "a", "b", turn_seconds=3600)}
    found = list(walk(policy((30, ("always",)), (30, ("always",)), (30, ("always",))), hourly, NIGHT))
    assert [one.users for one in found] == [("a",), ("a",), ("b",)]


def test_an_override_reaches_and_says_so() -> None:
    stands_in = Override("office", "c", NIGHT, NIGHT + timedelta(hours=1))
    (first,) = walk(policy((5, ("office", "always"))), SCHEDULES, NIGHT, (stands_in,))
    assert first.reached == (Reached("c", "office", None), Reached("a", "always", "Weekly"))
    assert [one.by_override for one in first.reached] == [True, False]


def test_somebody_reached_twice_is_one_user() -> None:
    (first,) = walk(policy((5, ("always", "a"))), SCHEDULES, NIGHT)
    assert first.users == ("a",)
    assert len(first.reached) == 2


def test_a_policy_that_reaches_nobody_passes_all_levels_over_at_once() -> None:
    found = list(walk(policy((5, ("office",)), loops=1), SCHEDULES, NIGHT))
    assert [(one.after_minutes, one.reached) for one in found] == [(0, ()), (0, ())]
