"""notification/missing-runbook: a page says where help stands."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages

from monitors.rules.notification.missing_runbook import CHECK


def test_a_page_without_its_runbook_is_found() -> None:
    channel = build.pagerduty_channel(details={"issue": "{{json issuePageUrl}}"})
    (found,) = findings(CHECK, build.workflow(channels=(channel,)))
    assert found.message == 'The page by "pager" carries no runbook.'
    assert found.advice == 'Add to details: "runbook": "{{json accumulations.runbookUrl}}".'


def test_a_page_with_its_runbook_and_other_channels_are_fine() -> None:
    detailed = build.pagerduty_channel(details={"runbook": "{{json accumulations.runbookUrl}}"})
    in_summary = build.pagerduty_channel(summary="{{ issueTitle }}: {{ accumulations.runbookUrl.[0] }}", details={})
    assert messages(CHECK, build.workflow(channels=(detailed,))) == []
    assert messages(CHECK, build.workflow(channels=(in_summary,))) == []
