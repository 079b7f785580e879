"""Every alert of the catalogue has cases, and every case goes as expected.

The key of an alert is the name of its case file. `lookout test` runs the same cases together and faster.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from monitors import catalog
from monitors.spec import NrqlCondition
from monitors.testing import AlertCase, Case, check_case, load_cases
from monitors.testing.reading import case_files

CASES = load_cases()
ALERTS = {condition.key: condition for condition in catalog.stack("prod").observability.conditions}


def cases_of(alert: str) -> list[Case]:
    return [one.case for one in CASES if one.alert == alert and one.stack == "prod"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_goes_as_expected(case: AlertCase) -> None:
    check_case(case)


def test_every_alert_has_a_case_file_and_every_case_file_an_alert() -> None:
    assert {path.stem for path in case_files()} == set(ALERTS)


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_has_a_case_in_which_it_fires_one_in_which_it_does_not_and_one_in_which_it_recovers(
    alert: str,
) -> None:
    cases = cases_of(alert)
    assert len(cases) >= 3
    assert any(case.expect for case in cases), "it never fires"
    assert any(not case.expect for case in cases), "it is never silent"
    assert any(one.closes is not None for case in cases for one in case.expect), "it never recovers"


@pytest.mark.parametrize("alert", ALERTS)
def test_a_case_of_an_alert_says_how_bad_it_is_where_help_stands_and_who_is_told(alert: str) -> None:
    told = [one for case in cases_of(alert) for one in case.expect if one.severity and one.runbook and one.told]
    assert told
    assert all(one.paged is not None for one in told)


@pytest.mark.parametrize("alert", ALERTS)
def test_each_threshold_of_an_alert_opens_an_incident_in_some_case(alert: str) -> None:
    opened = {(one.priority, one.cause) for case in cases_of(alert) for one in case.expect}
    assert set(expected_kinds(ALERTS[alert])) <= opened


def expected_kinds(condition: NrqlCondition) -> list[tuple[str, str]]:
    kinds = []
    if condition.critical:
        kinds.append(("critical", "threshold"))
    if condition.warning:
        kinds.append(("warning", "threshold"))
    if condition.loss_of_signal and condition.loss_of_signal.open_incident:
        kinds.append(("critical", "loss of signal"))
    return kinds


@pytest.mark.parametrize("alert", ALERTS)
def test_the_other_environments_data_is_in_some_case_of_an_alert(alert: str) -> None:
    assert any(series.stack == "other" for case in cases_of(alert) for series in case.series)


@pytest.mark.parametrize("alert", ALERTS)
def test_a_window_without_data_is_in_some_case_of_an_alert(alert: str) -> None:
    window_seconds = ALERTS[alert].signal.window_seconds
    assert any(longest_silence_seconds(case) >= window_seconds for case in cases_of(alert))


def longest_silence_seconds(case: Case) -> int:
    """Return the longest time between two points; silence after the last is no more than the case's end."""
    moments = sorted(
        index * series.every_seconds
        for series in case.series
        if series.stack == "own"
        for index, tick in enumerate(series.ticks)
        if tick.value is not None
    )
    return max((later - earlier for earlier, later in pairwise(moments)), default=0)


def test_facets_are_kept_apart_wherever_an_alert_has_them() -> None:
    for alert, condition in ALERTS.items():
        if " FACET " in condition.query:
            assert any(len({one.facet for one in case.expect}) > 1 for case in cases_of(alert)), alert
