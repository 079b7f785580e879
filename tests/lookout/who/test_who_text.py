"""Answers as text: rounds told once, passed-over levels, urgency, and widths that hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookout.who import table, text
from lookout.who.asking import Answer
from lookout.who.layout import wrapped
from lookout.who.rounds import rounds
from lookout.who.times import read
from monitors import catalog
from monitors.alerting.escalations import Reached
from monitors.alerting.paths import Notified, Prover
from monitors.spec import ConstantUrgency, EventRule, Stack, SupportHours

PACIFIC = "America/Los_Angeles"


def changed(name: str, **changes: Any) -> Stack:
    """Return a stack whose SEV1 service is changed."""
    stack = catalog.stack(name)
    first, *others = stack.response.services
    response = stack.response.model_copy(update={"services": (first.model_copy(update=changes), *others)})
    return stack.model_copy(update={"response": response})


def shown(stack: Stack, at: str, *keys: str, why: bool = False, columns: int = 100) -> str:
    moment = read(at, PACIFIC)
    prover = Prover(stack, moment.at)
    proofs = tuple(prover.issue(one) for one in stack.observability.conditions if one.key in keys or not keys)
    answer = Answer(stack, moment, proofs, ())
    lines = text.lines(answer, why=why, columns=columns) if keys else table.lines(answer, columns=columns)
    return click.unstyle("\n".join(lines))


def notified(after: int, loop: int, *users: str, urgency: Any = "high") -> Notified:
    return Notified(after, users, tuple(map(Reached, users)), (), urgency, loop)


def test_loops_that_reach_the_same_people_by_the_same_steps_are_one_round() -> None:
    first, second, third = (
        (notified(start, loop, "a"), notified(start + 300, loop, "b")) for loop, start in enumerate((0, 600, 1200), 1)
    )
    (only,) = rounds((*first, *second, *third))
    assert (only.notified, only.again) == (first, (600, 1200))


@pytest.mark.parametrize(
    "other",
    [
        (notified(600, 2, "a"), notified(900, 2, "c")),
        (notified(600, 2, "a"), notified(901, 2, "b")),
        (notified(600, 2, "a"),),
        (notified(600, 2, "a", urgency="low"), notified(900, 2, "b", urgency="low")),
    ],
)
def test_a_loop_that_differs_is_a_round_of_its_own(other: tuple[Notified, ...]) -> None:
    first = (notified(0, 1, "a"), notified(300, 1, "b"))
    assert [(one.notified, one.again) for one in rounds((*first, *other))] == [(first, ()), (other, ())]


def test_a_handover_between_two_loops_is_shown() -> None:
    """Monday at 9 the turn ends; the incident began half an hour before."""
    out = shown(catalog.stack("prod"), "2026-12-21T08:30", "high-skill-error-rate")
    assert "30 min o  AI engineer C" in out
    assert " 0 min o  AI engineer B" in out
    assert "1 h o  the same again, at 1 h and 1 h 30 min" in out


def test_a_level_that_is_passed_over_is_shown_in_its_place() -> None:
    out = shown(catalog.stack("staging"), "2026-12-23T16:50", "high-skill-error-rate")
    assert 'Loop 1: passed over without waiting, nobody is on call in "Engineering lead (staging)".' in " ".join(
        out.replace("|", " ").split()
    )


def test_low_urgency_and_its_raise_are_shown() -> None:
    hours = SupportHours(
        time_zone=PACIFIC,
        weekdays=(4,),
        start="09:00:00",
        end="17:00:00",
        inside="high",
        outside="low",
        raise_at_start=True,
    )
    out = shown(changed("prod", urgency=hours), "2026-12-24T03:00", "high-skill-error-rate")
    assert "AI primary (prod) (low urgency)" in out
    assert "Support hours begin Thu 24 Dec 2026 09:00" in out
    assert "6 h o  AI engineer C" in out


def test_a_rule_that_suppresses_is_named_as_the_reason() -> None:
    rule = EventRule(label="Quiet", condition="event.custom_details.severity matches 'SEV1'", suppress=True)
    out = shown(changed("prod", event_rules=(rule,)), "2026-12-24T03:00", "high-skill-error-rate")
    assert 'event rule "Quiet": event.custom_details.severity matches' in out
    assert "Next on call" not in out


def test_what_is_not_sure_is_said() -> None:
    rule = EventRule(label="Drills", condition="event.summary matches part 'drill'", suppress=True)
    out = shown(changed("prod", event_rules=(rule,)), "2026-12-24T03:00", "high-skill-error-rate")
    assert 'Not sure: Event rule "Drills" makes no incident of it if event.summary matches part' in out


def test_an_alert_that_nobody_is_told_of_says_why() -> None:
    stack = catalog.stack("prod")
    policies = tuple(
        one.model_copy(
            update={"conditions": tuple(each.model_copy(update={"enabled": False}) for each in one.conditions)}
        )
        for one in stack.observability.policies
    )
    stack = stack.model_copy(update={"observability": stack.observability.model_copy(update={"policies": policies})})
    out = shown(stack, "2026-12-24T03:00", "high-skill-error-rate")
    assert "Nobody is told." in out
    assert "It is disabled, and opens nothing." in out
    assert "nobody is told" in shown(stack, "2026-12-24T03:00")


def test_all_says_who_is_first_for_how_many() -> None:
    stack = changed("prod", urgency=ConstantUrgency(urgency="low"))
    out = shown(stack, "2026-12-24T03:00")
    assert "First for all 13 alerts that page: AI engineer C." in out
    assert "0 min AI engineer C, low urgency" in " ".join(out.split())
    assert "19 alerts page nobody: 15 told by slack and 4 told by e-mail." in out


def test_all_tells_when_muted_alerts_are_told() -> None:
    out = " ".join(shown(catalog.stack("prod"), "2026-12-22T10:03").split())
    assert "-> slack after 27 min: Slack destination" in out
    assert "Mutes the policy until Tue 22 Dec 2026 10:30" in out


@settings(max_examples=30, deadline=None)
@given(columns=st.integers(60, 100), at=st.datetimes(datetime(2026, 3, 1), datetime(2026, 12, 1)), why=st.booleans())
def test_no_line_of_an_answer_is_wider_than_the_screen(columns: int, at: datetime, why: bool) -> None:
    moment = at.replace(tzinfo=ZoneInfo(PACIFIC)).isoformat()
    out = shown(catalog.stack("staging"), moment, "high-skill-error-rate", "slow-skill", why=why, columns=columns)
    assert max(map(len, out.splitlines())) <= columns
    assert max(map(len, shown(catalog.stack("staging"), moment, columns=columns).splitlines())) <= columns


def test_an_amount_and_its_unit_stay_on_one_line() -> None:
    assert list(wrapped("it waits for 30 min", 15)) == ["it waits for", "30 min"]
