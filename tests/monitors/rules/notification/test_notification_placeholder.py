"""notification/placeholder: templates name what New Relic has."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages
from routing_cases import mail, sev3, told_by

from monitors import spec
from monitors.rules.notification.placeholder import CHECK
from monitors.rules.notification.placeholders import paths


def page(template: str) -> spec.Workflow:
    return build.workflow(channels=(build.pagerduty_channel(summary="{{ issueTitle }}", details={"it": template}),))


@pytest.mark.parametrize(
    ("template", "path", "advice"),
    [
        (
            "{{json accumulations.runbookURL}}",
            "accumulations.runbookURL",
            "Did you mean accumulations.runbookUrl?",
        ),
        ("{{json runbookUrl}}", "runbookUrl", "Did you mean accumulations.runbookUrl?"),
        ("{{ issueTitel }}", "issueTitel", "Did you mean issueTitle?"),
        (
            "{{#if somethingElse}}yes{{/if}}",
            "somethingElse",
            'New Relic\'s page "Workflow variables" lists what there is, such as accumulations.conditionName.',
        ),
    ],
)
def test_a_variable_that_new_relic_does_not_have_is_found(template: str, path: str, advice: str) -> None:
    (found,) = findings(CHECK, page(template))
    assert found.message == f"New Relic fills {{{{{path}}}}} with nothing: it has no such variable."
    assert (found.field, found.advice) == ("channels.0.details.it", advice)


@pytest.mark.parametrize(
    "template",
    [
        "{{json accumulations.conditionName}}",
        "{{ annotations.title.[0] }}",
        "{{json accumulations.tag.team}}",
        "{{#if closedAt}}over{{else}}open{{/if}}",
        "{{#each accumulations.conditionName}}{{this}} {{@index}}{{/each}}",
        "{{! a comment }}{{escape issueTitle}}",
        "SEV1",
        '{{#eq priority "CRITICAL"}}now{{/eq}}',
    ],
)
def test_what_new_relic_fills_is_fine(template: str) -> None:
    assert messages(CHECK, page(template)) == []


def test_webhooks_and_mails_are_read_too() -> None:
    channels = (build.webhook_channel(payload={"id": "{{json isueId}}"}), build.email_channel(subject="{{titel}}"))
    found = findings(CHECK, told_by(mail(channels=channels), conditions=(sev3(),)))
    assert [one.field for one in found] == ["channels.0.payload.id", "channels.1.subject"]


def test_the_name_of_an_enrichment_is_known() -> None:
    workflow = build.workflow(
        enrichments=(build.enrichment(name="lastErrors"),),
        channels=(build.pagerduty_channel(details={"errors": "{{json lastErrors}}"}),),
    )
    assert messages(CHECK, workflow) == []


def test_texts_numbers_and_helpers_are_no_variables() -> None:
    assert list(paths("{{replace issueTitle 'a' \"b\" 3}} {{{json state}}}")) == ["issueTitle", "state"]
