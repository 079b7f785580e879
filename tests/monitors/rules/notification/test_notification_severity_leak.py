"""notification/severity-leak: nobody is paged for what can wait."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages
from routing_cases import mail, sev3, told_by

from monitors import spec
from monitors.rules.notification.severity_leak import CHECK
from monitors.rules.problem import Level


def test_a_sev3_in_a_policy_that_pages_is_an_error() -> None:
    stack = told_by(build.workflow(), mail(), conditions=(build.condition(), sev3()))
    (found,) = findings(CHECK, stack)
    assert (found.subject.key, found.level) == ("condition/cost-spike", Level.ERROR)
    assert found.message == (
        'It is SEV3, and workflow "Page", which is meant for SEV1, pages for it: New Relic filters by policy "Page" '
        "and priority alone."
    )


def test_a_sev2_by_the_workflow_of_sev1_is_a_warning() -> None:
    other = build.workflow(key="page-2", name="Page 2", severities=(spec.Severity.SEV2,))
    second = build.condition(key="slow-answers", name="Slow", severity=spec.Severity.SEV2)
    found = findings(CHECK, told_by(build.workflow(), other, conditions=(build.condition(), second)))
    assert [one.level for one in found] == [Level.WARNING, Level.WARNING]


def test_a_warning_alone_does_not_page() -> None:
    quiet = sev3(critical=None, warning=build.threshold())
    assert messages(CHECK, told_by(build.workflow(), mail(), conditions=(build.condition(), quiet))) == []


def test_a_page_that_is_mailed_as_well_is_fine() -> None:
    stack = told_by(build.workflow(), mail(severities=(spec.Severity.SEV1,)), conditions=(build.condition(),))
    assert messages(CHECK, stack) == []
