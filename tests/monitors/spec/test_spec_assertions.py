"""Assertions on paths: what they are about, when, and expectations that can come true."""

from __future__ import annotations

import pytest
import spec_builders as build
from spec_refusals import Builder, case, refusal

from monitors.spec import Severity

REFUSED = (
    case(
        build.dates,
        "dates: field first is '2026-02-30': there is no such day; write one such as 2026-12-24. "
        "Write a day such as 2026-12-24.",
        first="2026-02-30",
    ),
    case(build.dates, "dates: last 2026-12-23 is before first 2026-12-24; swap them.", last="2026-12-23"),
    case(
        build.hours,
        "hours: field start is '22:00': string should match pattern '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$'. Write a "
        "time of day as HH:MM:SS, such as 09:00:00.",
        start="22:00",
    ),
    case(
        build.hours,
        "hours: field weekdays is (): tuple should have at least 1 item, not 0. Give days from 1, Monday, to 7.",
        weekdays=(),
    ),
    case(
        build.reaches,
        "expectation: field within_minutes is 1441: input should be less than or equal to 1440. Give 0, which is at "
        "once, to 1,440 minutes (a day).",
        within_minutes=1441,
    ),
    case(
        build.reaches,
        "expectation: team and user are given; name one of them, in an assertion each.",
        team="ai",
        user="engineer",
    ),
    case(
        build.reaches,
        "expectation: people is 2, and user names one; leave one of them out.",
        people=2,
        user="engineer",
    ),
    case(
        build.is_told,
        "expectation: field by is (): tuple should have at least 1 item, not 0. Name page, slack, e-mail or webhook.",
        by=(),
    ),
    case(
        build.assertion,
        'assertion "sev1-reaches-somebody": severities or conditions say which alerts it is about, and both are given; '
        "give one of them.",
        conditions=("high-errors",),
        severities=(Severity.SEV1,),
    ),
    case(
        build.assertion,
        'assertion "sev1-reaches-somebody": severities or conditions say which alerts it is about, and neither is '
        "given; give one of them.",
        severities=(),
    ),
)


@pytest.mark.parametrize(("builder", "changes", "message"), REFUSED)
def test_a_wrong_value_is_refused_with_advice(builder: Builder, changes: dict[str, object], message: str) -> None:
    assert refusal(builder, **changes) == message


def test_hours_may_go_over_midnight() -> None:
    assert build.hours(start="22:00:00", end="07:00:00").weekdays == (1, 2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize(
    ("expects", "message"),
    [
        (
            build.reaches(team="batch"),
            'assertion "sev1-reaches-somebody" (expects) names the team "batch", which is not declared; declared are '
            "ai.",
        ),
        (
            build.reaches(schedule="night"),
            'assertion "sev1-reaches-somebody" (expects) names the schedule "night", which is not declared; declared '
            "are primary.",
        ),
        (
            build.reaches(user="boss"),
            'assertion "sev1-reaches-somebody" (expects) names the user "boss", which is not declared; declared are '
            "engineer.",
        ),
    ],
)
def test_whom_an_assertion_names_has_to_be_declared(expects: object, message: str) -> None:
    assert message in refusal(build.stack, assertions=(build.assertion(expects=expects),))


def test_an_alert_that_an_assertion_names_has_to_be_declared() -> None:
    told = refusal(build.stack, assertions=(build.assertion(conditions=("high-error",)),))
    assert 'assertion "sev1-reaches-somebody" names the condition "high-error", which is not declared' in told


def test_an_assertion_about_another_environment_is_refused() -> None:
    told = refusal(build.stack, assertions=(build.assertion(environments=("staging",)),))
    assert (
        'assertion "sev1-reaches-somebody" is about staging and stands in prod; leave it out there, or add the '
        "environment."
    ) in told


def test_two_assertions_of_one_key_are_refused() -> None:
    told = refusal(build.stack, assertions=(build.assertion(), build.assertion(says="Said in other words.")))
    assert 'assertion "sev1-reaches-somebody" is declared twice; give one of them another key.' in told
