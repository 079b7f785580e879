"""paging/same-person: a second level is somebody else."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages
from response_cases import escalating, people

from monitors import spec
from monitors.catalog import stack
from monitors.rules.paging.same_person import CHECK


def rota(key: str, *users: str, start: str = "2026-01-05T09:00:00+00:00") -> spec.Schedule:
    return build.schedule(key=key, name=f"Rota {key}", layers=(build.layer(users=users, start=start),))


def level(key: str) -> spec.EscalationLevel:
    return build.escalation_level(targets=(build.schedule_target(schedule=key),))


def test_a_rotation_that_meets_itself_is_found_with_the_first_time() -> None:
    schedules = (rota("primary", "ann", "bob"), rota("backup", "bob", "bob"))
    (found,) = findings(
        CHECK, escalating(level("primary"), level("backup"), schedules=schedules, **people("ann", "bob"))
    )
    assert found.message == (
        '"bob" is on level 1 and level 2 at once, first on Monday 2026-01-12 at 09:00: level 2 wakes nobody else.'
    )
    assert found.field == "levels.1"


def test_a_user_who_is_named_twice_is_found_without_a_time() -> None:
    named = build.escalation_level(targets=(build.user_target(user="ann"),))
    stack_ = escalating(named, named, schedules=(rota("primary", "ann"),), **people("ann"))
    assert messages(CHECK, stack_) == ['"ann" is on level 1 and level 2 at once: level 2 wakes nobody else.']


def test_a_rotation_that_is_one_turn_ahead_is_fine() -> None:
    schedules = (rota("primary", "ann", "bob", "eve"), rota("backup", "bob", "eve", "ann"))
    found = findings(
        CHECK, escalating(level("primary"), level("backup"), schedules=schedules, **people("ann", "bob", "eve"))
    )
    assert found == []


def test_turns_of_hours_are_looked_at_one_by_one() -> None:
    hourly = build.layer(users=("ann", "bob"), turn_seconds=3600)
    schedules = (
        build.schedule(layers=(hourly,)),
        build.schedule(key="backup", name="Backup", layers=(build.layer(users=("eve",)),)),
    )
    response = {"schedules": schedules, **people("ann", "bob", "eve")}
    assert messages(CHECK, escalating(level("primary"), level("backup"), **response)) == []


def test_the_catalogue_never_asks_the_same_person_twice() -> None:
    assert findings(CHECK, stack("prod")) == []
    assert findings(CHECK, stack("staging")) == []
