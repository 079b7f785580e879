"""condition/repeated-name: two conditions of a policy have one name."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages

from monitors.rules.condition.repeated_name import CHECK

FIRST = build.condition(key="first-one", name="High errors")
SECOND = build.condition(key="second-one", name="High errors")


def test_the_second_of_a_name_is_told_with_both_keys() -> None:
    (found,) = findings(CHECK, FIRST, SECOND)
    assert found.subject.key == "condition/second-one"
    assert found.message == (
        'The policy "page" has two conditions named "High errors": issues of "second-one" and "first-one" read alike.'
    )
    assert found.advice == "Give one of them another name."


def test_the_same_name_in_two_policies_is_let_be() -> None:
    policies = (
        build.policy(conditions=(FIRST,)),
        build.policy(key="other", name="Other", conditions=(SECOND,)),
    )
    assert messages(CHECK, *policies) == []


def test_two_names_are_let_be() -> None:
    assert messages(CHECK, FIRST, build.condition(key="second-one", name="More errors")) == []
