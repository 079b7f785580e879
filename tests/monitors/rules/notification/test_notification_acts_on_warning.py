"""notification/acts-on-warning: a webhook is called for incidents."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from routing_cases import mail, sev3, told_by

from monitors import spec
from monitors.rules.notification.acts_on_warning import CHECK

WARNS = sev3(warning=build.threshold(value=2))


def test_a_webhook_that_a_warning_calls_is_found() -> None:
    stack = told_by(mail(channels=(build.webhook_channel(),)), conditions=(WARNS,))
    assert messages(CHECK, stack) == [
        'The workflow takes HIGH issues, so that the warning of "Cost spike" calls "hook" as its critical threshold '
        "does."
    ]


def test_critical_issues_alone_mails_and_alerts_without_a_warning_are_fine() -> None:
    hook = (build.webhook_channel(),)
    critical = mail(key="hook", name="Hook", channels=hook, priorities=(spec.Priority.CRITICAL,))
    assert messages(CHECK, told_by(critical, mail(), conditions=(WARNS,))) == []
    assert messages(CHECK, told_by(mail(channels=hook), conditions=(sev3(),))) == []
