"""notification/told-twice: one message for an issue and a destination."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from routing_cases import mail, sev3, told_by

from monitors import spec
from monitors.rules.notification.told_twice import CHECK


def test_two_workflows_to_one_destination_are_found() -> None:
    assert messages(CHECK, told_by(build.workflow(), build.workflow(key="again", name="Again"))) == [
        '"pager" hears of every CRITICAL issue of page twice: workflow "Page" tells it as well.'
    ]


def test_other_priorities_and_other_destinations_are_fine() -> None:
    high = mail(key="high", name="High", priorities=(spec.Priority.HIGH,))
    critical = mail(priorities=(spec.Priority.CRITICAL,))
    slack = mail(key="slack", name="Slack", channels=(build.slack_channel(),))
    conditions = (sev3(warning=build.threshold(value=2)),)
    assert messages(CHECK, told_by(high, critical, slack, conditions=conditions)) == []


def test_two_channels_of_one_slack_are_two_destinations() -> None:
    other = build.setting(name="otherChannel", kind=spec.SettingKind.SLACK_CHANNEL, secret=False)
    one = mail(channels=(build.slack_channel(),))
    two = mail(key="other", name="Other", channels=(build.slack_channel(channel_id=other),))
    assert messages(CHECK, told_by(one, two, conditions=(sev3(),))) == []
