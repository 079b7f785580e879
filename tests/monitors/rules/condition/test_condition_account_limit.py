"""condition/account-limit: a stack has more conditions or policies than a New Relic account holds."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors.rules.condition import account_limit
from monitors.rules.condition.account_limit import CHECK

CONDITIONS = tuple(build.condition(key=f"number-{index}", name=f"Number {index}") for index in range(3))


def test_the_limits_are_new_relics() -> None:
    assert (account_limit.MOST_CONDITIONS, account_limit.MOST_POLICIES) == (4000, 10_000)


def test_more_conditions_than_fit_are_told_of_the_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_limit, "MOST_CONDITIONS", 2)
    (found,) = findings(CHECK, *CONDITIONS)
    assert (found.subject.key, found.field) == ("stack/prod", "observability.conditions")
    assert (
        found.message == "The stack has 3 conditions, and a New Relic account holds 2: the rest are refused on apply."
    )


def test_more_policies_than_fit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_limit, "MOST_POLICIES", 1)
    policies = (
        build.policy(conditions=CONDITIONS[:1]),
        build.policy(key="other", name="Other", conditions=CONDITIONS[1:]),
    )
    (message,) = messages(CHECK, *policies)
    assert message == "The stack has 2 policies, and a New Relic account holds 1: the rest are refused on apply."


def test_as_many_as_fit_are_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_limit, "MOST_CONDITIONS", 3)
    assert messages(CHECK, *CONDITIONS) == []
