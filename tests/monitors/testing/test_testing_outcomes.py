"""What of a case was not as expected is told in one sentence each."""

from __future__ import annotations

from typing import Any

import pytest

from monitors.alerting import Incident
from monitors.testing import Expectation, case, series
from monitors.testing.outcomes import Outcome, Told

START = 1_772_442_000.0  # 2026-03-02 09:00 UTC


def expected(opens: str = "8m", closes: str | None = "14m", **fields: Any) -> Expectation:
    return Expectation(**{"opens": opens, "closes": closes, "priority": "critical", **fields})


def incident(opens: int = 480, closes: int | None = 840, **fields: Any) -> Incident:
    given = {"facet": (), "priority": "critical", "cause": "threshold", "value": 5.25, **fields}
    return Incident(
        condition="an-alert",
        opened_at=START + opens,
        closed_at=None if closes is None else START + closes,
        closed_because=None if closes is None else "recovered",
        **given,
    )


def outcome(expect: tuple[Expectation, ...], *incidents: Incident, **fields: Any) -> Outcome:
    healthy = series("1 for 1h", metric="Custom/Service/Health")
    return Outcome(case("a promise about it", healthy, expect=expect), "prod", incidents, **fields)


def differences(expect: tuple[Expectation, ...], *incidents: Incident, **fields: Any) -> list[str]:
    return list(outcome(expect, *incidents, **fields).differences())


def test_what_happens_as_expected_is_not_told() -> None:
    assert differences((expected(),), incident()) == []
    assert outcome((expected(),), incident()).is_as_expected


def test_nothing_is_as_expected_where_nothing_is_expected() -> None:
    assert differences(()) == []


def test_an_incident_that_does_not_open_is_told() -> None:
    assert differences((expected(facet="contract-review", priority="warning"),)) == [
        "expected the warning incident of contract-review to open at 8m; it did not."
    ]


def test_an_incident_that_was_not_expected_is_told_with_its_value_and_times() -> None:
    assert differences((), incident(value=5.2900000001)) == [
        "expected nothing more, but a critical incident (value 5.29) opened at 8m and closed at 14m."
    ]
    assert differences((), incident(closes=None, cause="loss of signal", value=None, facet=("a", "b"))) == [
        "expected nothing more, but a critical incident for loss of signal of a, b opened at 8m and stayed open."
    ]


def test_a_second_too_late_is_told() -> None:
    assert differences((expected(),), incident(481)) == [
        "expected the critical incident to open at 8m; it opened at 8m1s."
    ]


def test_a_range_of_times_is_met_at_both_its_ends_and_by_nothing_beyond() -> None:
    ranged = (expected("8m..9m"),)
    assert differences(ranged, incident(480)) == differences(ranged, incident(540)) == []
    assert differences(ranged, incident(541)) == [
        "expected the critical incident to open at 8m..9m; it opened at 9m1s."
    ]


@pytest.mark.parametrize(
    ("closes", "got", "told"),
    [
        ("14m", None, "expected the critical incident to close at 14m; it stayed open to the end."),
        ("14m", 900, "expected the critical incident to close at 14m; it closed at 15m."),
        (None, 900, "expected the critical incident to stay open to the end; it closed at 15m (recovered)."),
    ],
)
def test_a_wrong_end_is_told(closes: str | None, got: int | None, told: str) -> None:
    assert differences((expected(closes=closes),), incident(closes=got)) == [told]


def test_of_two_incidents_the_one_at_the_expected_time_is_meant() -> None:
    early, late = incident(60, 120), incident()
    assert differences((expected(),), early, late) == [
        "expected nothing more, but a critical incident (value 5.25) opened at 1m and closed at 2m."
    ]


def test_a_wrong_severity_or_runbook_is_told() -> None:
    wanted = expected(severity="SEV2", runbook="incident-response.md#an-alert")
    assert differences((wanted,), incident(), severity="SEV1", runbook="incident-response.md#other") == [
        "expected the critical incident to have severity SEV2; it is SEV1.",
        "expected the critical incident to link to the runbook incident-response.md#an-alert; "
        "it is incident-response.md#other.",
    ]


def test_who_is_told_and_paged_is_compared_for_the_stack_at_hand() -> None:
    wanted = expected(told=["slack"], paged={"prod": ["ai-engineer-a"], "staging": ["nobody-there"]})
    got = incident()
    assert differences((wanted,), got, told={got: Told(("pagerduty-sev1", "rollback"), ())}) == [
        "expected the critical incident to be told to slack; told are pagerduty-sev1, rollback.",
        "expected the critical incident to page ai-engineer-a; paged are nobody.",
    ]
    assert differences((wanted,), got, told={got: Told(("slack",), ("ai-engineer-a",))}) == []


def test_what_an_expectation_leaves_out_is_not_compared() -> None:
    got = incident()
    told = {got: Told(("slack",), ("ai-engineer-a",))}
    assert differences((expected(),), got, severity="SEV1", runbook="a.md#b", told=told) == []


def test_facets_and_priorities_are_kept_apart() -> None:
    wanted = (expected(facet="a"), expected(priority="warning", facet="a"))
    got = (incident(facet=("a",)), incident(facet=("b",), priority="warning"))
    assert differences(wanted, *got) == [
        "expected the warning incident of a to open at 8m; it did not.",
        "expected nothing more, but a warning incident of b (value 5.25) opened at 8m and closed at 14m.",
    ]
