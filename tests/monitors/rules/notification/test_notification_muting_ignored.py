"""notification/muting-ignored: a muting rule has an effect."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from routing_cases import told_by

from monitors.rules.notification.muting_ignored import CHECK


def test_a_rule_on_a_workflow_that_tells_of_muted_issues_is_found() -> None:
    loud = build.workflow(muted_issues="NOTIFY_ALL_ISSUES")
    assert messages(CHECK, told_by(loud, muting_rules=(build.muting_rule(),))) == [
        'Workflow "Page" tells of muted issues too (NOTIFY_ALL_ISSUES): the rule keeps nothing of page back.'
    ]


def test_a_rule_that_is_heeded_or_off_is_fine() -> None:
    loud = build.workflow(muted_issues="NOTIFY_ALL_ISSUES")
    assert messages(CHECK, build.muting_rule()) == []
    assert messages(CHECK, told_by(loud, muting_rules=(build.muting_rule(enabled=False),))) == []
