"""paging/escalation: a page goes on until somebody answers."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from response_cases import escalating, responding

from monitors.rules.paging.escalation import CHECK

USER = build.user_target()


def test_one_level_alone_is_found() -> None:
    assert messages(CHECK, build.stack()) == [
        "A SEV1 goes to one level alone: when it does not answer, nobody else is asked."
    ]


def test_a_last_level_after_the_time_to_acknowledge_is_found() -> None:
    levels = (build.escalation_level(delay_minutes=20), build.escalation_level(targets=(USER,)))
    assert messages(CHECK, escalating(*levels)) == [
        "The last level is asked after 20 minutes, and a SEV1 is to be acknowledged within 15."
    ]


def test_an_escalation_without_a_repeat_is_found() -> None:
    levels = (build.escalation_level(), build.escalation_level(targets=(USER,)))
    policy = build.escalation_policy(levels=levels, loops=0)
    assert messages(CHECK, responding(escalation_policies=(policy,))) == [
        "loops is 0: a SEV1 that nobody answers is asked of every level once, and then forgotten."
    ]


def test_two_levels_in_time_that_repeat_are_fine() -> None:
    levels = (build.escalation_level(delay_minutes=15), build.escalation_level(targets=(USER,), delay_minutes=60))
    assert messages(CHECK, escalating(*levels)) == []


def test_a_policy_that_no_alert_reaches_is_not_judged() -> None:
    levels = (build.escalation_level(), build.escalation_level(targets=(USER,)))
    used = build.escalation_policy(levels=levels)
    spare = build.escalation_policy(key="spare", name="Spare", loops=0)
    assert messages(CHECK, responding(escalation_policies=(used, spare))) == []
