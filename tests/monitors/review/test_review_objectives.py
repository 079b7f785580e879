"""What people read of an edited service level: how much failure it allows, and when its alerts open."""

from __future__ import annotations

from typing import Any

import pytest
from reviewed_stacks import PROD, above, changes, edited, observability, texts, the_change

from monitors.review.changes import Area, Danger, Operation
from monitors.review.objectives import budget_minutes
from monitors.spec import BurnRate, Events, Stack

(LEVEL,) = PROD.observability.service_levels
FAST, SLOW = LEVEL.burn_rates


def with_level(stack: Stack = PROD, **fields: Any) -> Stack:
    return observability(stack, service_levels=(LEVEL.model_copy(update=fields),))


def test_three_nines_over_28_days_are_40_minutes() -> None:
    assert round(budget_minutes(LEVEL), 1) == 40.3


def test_a_stricter_target_is_told_as_minutes_and_as_what_its_alerts_open_at() -> None:
    found = the_change(with_level(target_percent=99.95))
    assert found.headline == (
        '"AI service availability (prod)" promises 99.95 % over 28 days, before 99.9 %: its error budget is 20.2 min '
        "of full outage in 28 days, before 40.3 min."
    )
    assert (found.area, found.danger) == (Area.OBJECTIVES, Danger.MEDIUM)
    assert [one.text for one in found.facts[1:]] == [
        '"Availability: fast error-budget burn" has to open at 0.672 % errors in 1 h (2 % of the budget), before at '
        "1.344 % errors in 1 h (2 % of the budget): a fast burn is told earlier.",
        '"Availability: slow error-budget burn" has to open at 0.28 % errors in 6 h (5 % of the budget), before at '
        "0.56 % errors in 6 h (5 % of the budget): a fast burn is told earlier.",
    ]


def test_a_laxer_target_whose_alert_pages_is_grave() -> None:
    assert the_change(with_level(target_percent=99.0)).danger is Danger.HIGH


def test_budgets_that_round_alike_are_told_to_the_digit_that_differs() -> None:
    found = the_change(with_level(target_percent=99.9001))
    assert "is 40.27968 min of full outage in 28 days, before 40.32 min" in found.headline


def test_another_period_has_another_budget() -> None:
    found = the_change(with_level(period_days=7))
    assert found.headline == (
        '"AI service availability (prod)" counts over 7 days, before over 28 days: its error budget is 10.1 min of '
        "full outage in 7 days, before 40.3 min in 28 days."
    )


def test_an_alert_that_follows_the_objective_leaves_the_meaning_to_the_service_level() -> None:
    level = LEVEL.model_copy(update={"target_percent": 99.8})
    stack = edited(FAST.condition, critical=above(level.burn_threshold_percent(FAST), 60))
    found = changes(with_level(stack, target_percent=99.8))
    assert [one.subject for one in found] == ["condition/availability-fast-burn", "service-level/availability"]
    assert found[0].headline == (
        '"Availability: fast error-budget burn" follows the objective of "AI service availability (prod)" and opens '
        "above 2.688 % for 1 min, before above 1.344 %: its service level says what that means for the budget."
    )


def test_an_alert_that_moves_otherwise_than_the_objective_says_what_it_means_itself() -> None:
    found = changes(with_level(edited(FAST.condition, critical=above(2, 60)), target_percent=99.8))
    assert "from 1.344 to 2 % nobody is paged any more" in found[0].headline


def test_other_bad_events_make_another_measure() -> None:
    assert LEVEL.bad is not None
    found = the_change(with_level(bad=LEVEL.bad.model_copy(update={"where": "env = 'prod' AND outcome = 'error'"})))
    assert found.headline == (
        '"AI service availability (prod)" counts bad events as the sum of Custom/Service/RequestCount of Metric where '
        "env = 'prod' AND outcome = 'error', before as the sum of Custom/Service/RequestCount of Metric where env = "
        "'prod' AND outcome != 'success': the share and what is left of the budget are another measure from then on."
    )


def test_good_events_instead_of_bad_ones_are_told_as_both() -> None:
    found = the_change(with_level(bad=None, good=Events(source="SkillExecution", function="COUNT")))
    assert {one.topic for one in found.facts} == {"good events", "bad events"}


@pytest.mark.parametrize(
    ("burns", "says"),
    [
        (
            (FAST,),
            'is not watched by "Availability: slow error-budget burn" any more, before at 0.56 % errors in 6 h (5 % of '
            "the budget): what becomes of that alert is told there.",
        ),
        (
            (FAST.model_copy(update={"budget_percent": 4.0}), SLOW),
            None,
        ),
        ((SLOW, FAST), "lists its burn rates in another order."),
    ],
    ids=["gone", "another share", "another order"],
)
def test_burn_rates_are_told_one_by_one(burns: tuple[BurnRate, ...], says: str | None) -> None:
    found = the_change(with_level(burn_rates=burns))
    if says is None:
        assert found.fields == ("burn_rates[availability-fast-burn].budget_percent",)
        assert found.headline == (
            '"AI service availability (prod)": "Availability: fast error-budget burn" has to open at 2.688 % errors in '
            "1 h (4 % of the budget), before at 1.344 % errors in 1 h (2 % of the budget): a fast burn is told later."
        )
        assert found.danger is Danger.HIGH
    else:
        assert found.headline == f'"AI service availability (prod)" {says}'


def test_an_alert_on_the_budget_that_is_added_is_named() -> None:
    found = the_change(PROD, with_level(burn_rates=(FAST,)))
    assert texts(found)["burn alert"].startswith("Before: none; now: at 0.56 % errors in 6 h")
    assert 'is watched by "Availability: slow error-budget burn" as well' in found.headline


def test_a_service_level_that_comes_and_goes_is_told_with_its_budget() -> None:
    none = observability(service_levels=())
    new, gone = the_change(PROD, none), the_change(none)
    assert (new.operation, gone.operation) == (Operation.ADDED, Operation.REMOVED)
    assert new.headline == (
        '"AI service availability (prod)" is new: it promises 99.9 % over 28 days, which allows 40.3 min of full '
        "outage in 28 days."
    )
    assert gone.headline == (
        '"AI service availability (prod)" is gone: nobody sees any more how much of its 99.9 % is kept.'
    )


def test_a_service_level_under_another_key_is_the_same() -> None:
    found = the_change(with_level(key="promise"))
    assert (found.operation, found.former) == (Operation.RENAMED, "service-level/availability")
