"""Service levels: one kind of events, a target with a budget, burn rates that can be reached."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec_builders import burn_rate, events, service_level
from spec_refusals import Builder, case, refusal

REFUSED = (
    case(
        events,
        "service level events: field source is '': string should have at least 1 character. Name the "
        "event type, such as Metric or SkillExecution.",
        source="",
    ),
    case(
        events,
        "service level events: field source is ' ': it is blank. Name the event type, such as Metric or "
        "SkillExecution.",
        source=" ",
    ),
    case(
        events,
        "service level events: field function is 'AVERAGE': input should be 'COUNT' or 'SUM'.",
        function="AVERAGE",
    ),
    case(
        events,
        "service level events: function is SUM and attribute is None: give an attribute with SUM and with no other.",
        function="SUM",
    ),
    case(
        events,
        "service level events: function is COUNT and attribute is cost: give an attribute with SUM and with no other.",
        attribute="cost",
    ),
    case(
        events,
        "service level events: field where is '  ': string should have at least 3 characters. Write the "
        "condition alone, without the word WHERE.",
        where="  ",
    ),
    case(
        events,
        "service level events: field where is 'where success IS FALSE': it begins with WHERE, which "
        "provisioning adds. Write the condition alone, without the word WHERE.",
        where="where success IS FALSE",
    ),
    case(
        burn_rate,
        "burn rate: field budget_percent is 0: input should be greater than 0. Give a share above 0 and up to 100.",
        budget_percent=0,
    ),
    case(
        burn_rate,
        "burn rate: field budget_percent is 101: input should be less than or equal to 100. Give a share "
        "above 0 and up to 100.",
        budget_percent=101,
    ),
    case(
        burn_rate,
        "burn rate: field window_seconds is 3599: input should be greater than or equal to 3600. New "
        "Relic's window takes up to 21,600 s (6 h).",
        window_seconds=3599,
    ),
    case(
        burn_rate,
        "burn rate: field window_seconds is 86400: input should be less than or equal to 21600. New "
        "Relic's window takes up to 21,600 s (6 h).",
        window_seconds=86_400,
    ),
    case(
        service_level,
        "service level \"ab\": field name is 'ab': string should have at least 3 characters. Use 3 to 255 "
        "characters on one line.",
        name="ab",
    ),
    case(service_level, 'service level "Availability": good and bad are both missing; give one of them.', bad=None),
    case(service_level, 'service level "Availability": good and bad are both given; give one of them.', good=events()),
    case(
        service_level,
        'service level "Availability": field target_percent is 100: input should be less than 100. Give '
        "a share such as 99.9; 100 would leave no error budget.",
        target_percent=100,
    ),
    case(
        service_level,
        'service level "Availability": field target_percent is 0: input should be greater than 0. Give a '
        "share such as 99.9; 100 would leave no error budget.",
        target_percent=0,
    ),
    case(
        service_level,
        'service level "Availability": target_percent 99.999999 has more than the 5 decimals New '
        "Relic keeps; use 99.99999.",
        target_percent=99.999999,
    ),
    case(
        service_level,
        'service level "Availability": field period_days is 30: input should be 1, 7 or 28. New Relic '
        "takes 1, 7 or 28 days; there is no 30-day period.",
        period_days=30,
    ),
    case(
        service_level,
        'service level "Availability": burn rate "fast-burn" needs 1344 % errors in 3600 s, which never '
        "comes: lower budget_percent 20 or take a longer window.",
        target_percent=90,
        burn_rates=(burn_rate(budget_percent=20),),
    ),
    case(
        service_level,
        'service level "Availability": burn_rates name the condition "fast-burn" twice; each needs its own.',
        burn_rates=(burn_rate(), burn_rate(window_seconds=21_600)),
    ),
    case(
        service_level,
        "service level "
        '"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'
        'nnnnnnnnnnnnnnnnnnnnnnnnn...": field name is '
        "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnnnnnnnnnnnnnnn...: string should have at most 255 characters. Use 3 to 255 characters "
        "on one line.",
        name="n" * 256,
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


@pytest.mark.parametrize(
    ("budget_percent", "window_seconds", "threshold_percent"), [(2, 3600, 1.344), (5, 21_600, 0.56)]
)
def test_the_burn_thresholds_of_99_9_percent_over_28_days_are_those_of_new_relics_own_helper(
    budget_percent: float, window_seconds: int, threshold_percent: float
) -> None:
    burn = burn_rate(budget_percent=budget_percent, window_seconds=window_seconds)
    assert service_level(burn_rates=(burn,)).burn_threshold_percent(burn) == threshold_percent


@given(
    target=st.decimals(90, "99.999", places=3),
    budget=st.integers(1, 100),
    window=st.integers(3600, 21_600),
    period=st.sampled_from((1, 7, 28)),
)
def test_errors_at_the_threshold_for_the_whole_window_spend_exactly_the_share_of_the_budget(
    target: Decimal, budget: int, window: int, period: Literal[1, 7, 28]
) -> None:
    level = service_level(target_percent=float(target), period_days=period)
    spent = level.burn_threshold_percent(burn_rate(budget_percent=budget, window_seconds=window)) * window
    allowed = (100 - float(target)) * period * 86_400
    assert spent / allowed * 100 == pytest.approx(budget, abs=0.01)


def test_the_error_budget_is_what_the_target_leaves() -> None:
    assert service_level(target_percent=99.5).error_budget_percent == 0.5
