"""The availability objective and its burn alerts: one definition, the workbook's windows, the same requests."""

from __future__ import annotations

import pytest
from catalog_cases import condition

from monitors.catalog import STACKS, stack
from monitors.spec import ServiceLevel


def objective(name: str) -> ServiceLevel:
    """Return the one service level of a stack."""
    (found,) = stack(name).observability.service_levels
    return found


@pytest.mark.parametrize("name", STACKS)
def test_the_objective_is_99_9_percent_of_requests_over_28_days(name: str) -> None:
    found = objective(name)
    assert (found.target_percent, found.period_days, found.monitor) == (99.9, 28, "web-health")
    assert found.valid.attribute == "Custom/Service/RequestCount"
    assert found.bad is not None
    assert found.bad.where == f"{found.valid.where} AND outcome != 'success'"


@pytest.mark.parametrize("name", STACKS)
def test_each_burn_alert_has_the_threshold_and_the_window_of_its_burn_rate(name: str) -> None:
    found = objective(name)
    assert {burn.condition: found.burn_threshold_percent(burn) for burn in found.burn_rates} == {
        "availability-fast-burn": 1.344,
        "availability-slow-burn": 0.56,
    }
    for burn in found.burn_rates:
        alert = condition(burn.condition, name)
        assert alert.signal.window_seconds == burn.window_seconds
        assert alert.critical is not None
        assert alert.critical.value == found.burn_threshold_percent(burn)
        assert "`Custom/Service/RequestCount`" in alert.query


def test_both_windows_slide_as_often_as_new_relic_lets_them() -> None:
    slides = [condition(key).signal.slide_seconds for key in ("availability-fast-burn", "availability-slow-burn")]
    assert slides == [60, 900]
