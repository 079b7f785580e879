"""notification/unheard-warning: a warning is heard by somebody."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from routing_cases import mail, told_by

from monitors import spec
from monitors.rules.notification.unheard_warning import CHECK

WARNS = build.condition(warning=build.threshold(value=2))


def test_a_warning_that_no_workflow_takes_is_found() -> None:
    assert messages(CHECK, told_by(build.workflow(), conditions=(WARNS,))) == [
        'Its warning opens a HIGH issue, which no workflow of policy "Page" takes.'
    ]


def test_a_warning_that_is_mailed_and_an_alert_without_one_are_fine() -> None:
    mailed = mail(severities=(spec.Severity.SEV1,), priorities=(spec.Priority.HIGH,))
    assert messages(CHECK, told_by(build.workflow(), mailed, conditions=(WARNS,))) == []
    assert messages(CHECK, told_by(build.workflow())) == []
