"""paging/suppressed-page: a page is an incident."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from response_cases import responding

from monitors.rules.paging.suppressed_page import CHECK

RULE = build.event_rule(label="Quiet", condition="event.source matches 'test'", suppress=True)


def test_a_rule_that_suppresses_on_a_service_that_is_paged_is_found() -> None:
    assert messages(CHECK, build.service(event_rules=(RULE,))) == [
        "\"Quiet\" suppresses: a SEV1 that meets event.source matches 'test' calls nobody."
    ]


def test_notes_and_services_that_no_alert_pages_are_fine() -> None:
    other = build.service(key="batch", name="Batch", event_rules=(RULE,))
    services = (build.service(event_rules=(build.event_rule(),)), other)
    assert messages(CHECK, responding(services=services)) == []
