"""notification/stays-open: whoever is told of the beginning is told of the end."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from routing_cases import mail, sev3, told_by

from monitors import spec
from monitors.rules.notification.stays_open import CHECK


def test_a_workflow_without_closed_is_found() -> None:
    channels = (build.slack_channel(), build.email_channel())
    stack = told_by(mail(channels=channels, triggers=(spec.Trigger.ACTIVATED,)), conditions=(sev3(),))
    assert messages(CHECK, stack) == [
        'triggers leave out CLOSED: "slack", "mail" is told that it began, and never that it is over.'
    ]


def test_a_workflow_with_closed_is_fine() -> None:
    assert messages(CHECK, told_by(mail(), conditions=(sev3(),))) == []
