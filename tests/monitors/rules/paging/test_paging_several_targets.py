"""paging/several-targets: a policy can be edited by hand."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from response_cases import escalating

from monitors.rules.paging.several_targets import CHECK

BOTH = (build.schedule_target(), build.user_target())


def test_a_short_delay_with_several_targets_is_found() -> None:
    assert messages(CHECK, escalating(build.escalation_level(targets=BOTH, delay_minutes=2))) == [
        "Level 1 has 2 targets and waits 2 min; the web interface of PagerDuty asks for 3 with several targets."
    ]


def test_three_minutes_and_a_single_target_are_fine() -> None:
    assert messages(CHECK, escalating(build.escalation_level(targets=BOTH, delay_minutes=3))) == []
    assert messages(CHECK, escalating(build.escalation_level(delay_minutes=1))) == []
