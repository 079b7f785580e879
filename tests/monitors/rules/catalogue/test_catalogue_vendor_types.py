"""New Relic's own event types: what is known of them, and that the catalogue and the runbooks need no more."""

from __future__ import annotations

from monitors.rules.catalogue.vendor_types import VENDOR_TYPES
from service.metrics import EVENTS, Unit


def test_the_types_that_alerts_and_runbooks_use_are_known() -> None:
    assert {"SyntheticCheck", "NrAiIncident", "NrAiNotification", "NrIntegrationError", "Log", "Transaction"} <= set(
        VENDOR_TYPES
    )
    assert not set(VENDOR_TYPES) & set(EVENTS)


def test_results_of_synthetic_checks_are_a_closed_set() -> None:
    result = VENDOR_TYPES["SyntheticCheck"].attributes["result"]
    assert result.values == ("SUCCESS", "FAILED")


def test_durations_are_in_the_units_that_new_relic_records() -> None:
    assert VENDOR_TYPES["SyntheticCheck"].attributes["duration"].unit is Unit.MILLISECONDS
    assert VENDOR_TYPES["Transaction"].attributes["duration"].unit is Unit.SECONDS


def test_types_that_take_custom_attributes_are_open() -> None:
    assert {name for name, one in VENDOR_TYPES.items() if one.closed} == {"SyntheticCheck", "NrAiIncident", "Log"}
