"""paging/auto-resolve: an incident ends when New Relic says so."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages
from response_cases import responding

from monitors.rules.paging.auto_resolve import CHECK


def test_a_monitored_service_that_resolves_by_itself_is_found() -> None:
    (found,) = findings(CHECK, build.service(auto_resolve_seconds=14_400))
    assert found.message == (
        "auto_resolve_seconds is 14400: after that time PagerDuty resolves the incident, while New Relic still has it "
        "open, and nobody is called again."
    )
    assert found.field == "auto_resolve_seconds"


def test_a_service_that_only_programs_send_to_may_resolve_by_itself() -> None:
    other = build.service(key="batch", name="Batch", auto_resolve_seconds=14_400)
    ways = (build.integration(), build.integration(key="batch-events", service="batch", kind="events_api_v2"))
    assert messages(CHECK, responding(services=(build.service(), other), integrations=ways)) == []
