"""notification/muted-page: a page is never muted."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from routing_cases import mail, sev3, told_by

from monitors.rules.notification.muted_page import CHECK


def test_a_rule_on_a_policy_that_pages_is_found_with_its_hours() -> None:
    rule = build.muting_rule(weekdays=("TUESDAY", "THURSDAY"))
    assert messages(CHECK, rule) == [
        'The rule mutes policy "Page" 1 hours a week, in which "High errors" (SEV1) pages nobody.'
    ]


def test_a_rule_that_is_off_or_on_what_can_wait_is_fine() -> None:
    assert messages(CHECK, build.muting_rule(enabled=False)) == []
    assert messages(CHECK, told_by(mail(), conditions=(sev3(),), muting_rules=(build.muting_rule(),))) == []
