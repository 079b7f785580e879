"""synthetics/one-location: no single place pages."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages
from check_on_health import on_health

from monitors import spec
from monitors.rules.synthetics.one_location import CHECK


def test_a_monitor_of_one_place_that_pages_is_found() -> None:
    (found,) = findings(CHECK, on_health(), build.ping())
    assert found.message == 'Monitor "Health" checks from US_WEST_2 alone, and "High errors" (SEV1) pages on it.'
    assert (found.subject.key, found.field) == ("monitor/health", "locations")


def test_several_places_and_alerts_that_can_wait_are_fine() -> None:
    assert messages(CHECK, on_health(), build.ping(locations=("US_WEST_2", "EU_WEST_1"))) == []
    assert messages(CHECK, on_health(severity=spec.Severity.SEV3), build.ping()) == []
