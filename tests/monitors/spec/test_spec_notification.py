"""Destinations, channels and workflows: what nobody would hear, or everybody twice, is refused."""

from __future__ import annotations

import pytest
from spec_builders import (
    email_channel,
    email_destination,
    enrichment,
    pagerduty_channel,
    pagerduty_destination,
    setting,
    slack_channel,
    slack_destination,
    webhook_channel,
    webhook_destination,
    workflow,
)
from spec_refusals import Builder, case, refusal

from monitors.spec import Priority, Severity, Trigger

REFUSED = (
    case(
        pagerduty_destination,
        "PagerDuty destination \"Pager\": field integration is 'From New Relic': string should match "
        "pattern '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'. A key is lower-case words joined by hyphens, such as "
        "high-skill-error-rate.",
        integration="From New Relic",
    ),
    case(
        slack_destination,
        'Slack destination "slack": field id is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.UUID.",
        id=setting(),
    ),
    case(
        email_destination,
        'e-mail destination "Mail": field addresses is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.EMAILS.",
        addresses=setting(),
    ),
    case(
        webhook_destination,
        'webhook destination "Hook": field base_url is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.URL.",
        base_url=setting(),
    ),
    case(
        webhook_destination,
        "webhook destination \"Hook\": field path is 'hooks/rollback': string should match pattern "
        "'^/\\S*$'. Begin the path with a slash and leave spaces out.",
        path="hooks/rollback",
    ),
    case(
        webhook_destination,
        "webhook destination \"Hook\": path holds a value of 'token', which would stand in clear in state; take it "
        "out, and send it as token.",
        path="/hooks/rollback?v=1&token=hunter2",
    ),
    case(
        webhook_destination,
        'webhook destination "Hook": field token is setting "apiToken": it is not declared secret, and '
        "its value would stand in clear in state and previews. Name a setting that is declared with "
        "secret=True.",
        token=setting(secret=False),
    ),
    case(
        pagerduty_channel,
        "PagerDuty channel: field summary is '': string should have at least 1 character. Write 1 to "
        "1,024 characters, each {{ closed by }}.",
        summary="",
    ),
    case(
        pagerduty_channel,
        "PagerDuty channel: field summary is '  ': it is blank. Write 1 to 1,024 characters, each {{ closed by }}.",
        summary="  ",
    ),
    case(
        pagerduty_channel,
        "PagerDuty channel: field summary is "
        "'sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
        "ssssssssssssssssssssssss...: string should have at most 1024 characters. Write 1 to 1,024 "
        "characters, each {{ closed by }}.",
        summary="s" * 1025,
    ),
    case(
        pagerduty_channel,
        "PagerDuty channel: field summary is '{{issueTitle}': it opens {{ 1 times and closes }} 0 times. "
        "Write 1 to 1,024 characters, each {{ closed by }}.",
        summary="{{issueTitle}",
    ),
    case(
        pagerduty_channel,
        "PagerDuty channel: field details.runbook is '{{json runbookUrl}': it opens {{ 1 times and "
        "closes }} 0 times. Write each placeholder as {{ name }} or {{json name}}, opened and closed.",
        details={"runbook": "{{json runbookUrl}"},
    ),
    case(
        slack_channel,
        'Slack channel: field channel_id is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.SLACK_CHANNEL.",
        channel_id=setting(),
    ),
    case(
        email_channel,
        "e-mail channel: field subject is "
        "'sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
        "ssssssssssssssssssssssss...: string should have at most 250 characters. Write 1 to 250 "
        "characters, each {{ closed by }}.",
        subject="s" * 251,
    ),
    case(
        email_channel,
        "e-mail channel: field subject is '{{issueTitle': it opens {{ 1 times and closes }} 0 times. "
        "Write 1 to 250 characters, each {{ closed by }}.",
        subject="{{issueTitle",
    ),
    case(
        webhook_channel,
        "webhook channel: field payload is {}: value should have at least 1 item, not 0. Give at least one value.",
        payload={},
    ),
    case(
        webhook_channel,
        "webhook channel: field payload.issue is 'issueId}}': it opens {{ 0 times and closes }} 1 times. "
        "Write each placeholder as {{ name }} or {{json name}}, opened and closed.",
        payload={"issue": "issueId}}"},
    ),
    case(
        enrichment,
        "enrichment \"Last errors\": field query is '                    ': it is blank. Write a whole NRQL query.",
        query=" " * 20,
    ),
    case(
        workflow,
        "workflow \" Page\": field name is ' Page': it begins or ends with a space, or holds a line break "
        "or another unprintable character. Use 3 to 128 characters on one line.",
        name=" Page",
    ),
    case(
        workflow,
        'workflow "Page": field severities is (): tuple should have at least 1 item, not 0. Name one or '
        "more, each once.",
        severities=(),
    ),
    case(
        workflow,
        "workflow \"Page\": field severities is (<Severity.SEV1: 'SEV1'>, <Severity.SEV1: 'SEV1'>): the "
        "same SEV1 is given more than once. Name one or more, each once.",
        severities=(Severity.SEV1, Severity.SEV1),
    ),
    case(
        workflow,
        'workflow "Page": field policies is (): value should have at least 1 item, not 0. Name at least '
        "one policy, or it matches nothing.",
        policies=(),
    ),
    case(
        workflow,
        "workflow \"Page\": field policies is ('page', 'page'): the same page is given more than once. "
        "Name at least one policy, or it matches nothing.",
        policies=("page", "page"),
    ),
    case(
        workflow,
        'workflow "Page": field priorities is (): tuple should have at least 1 item, not 0. Name one or '
        "more, each once.",
        priorities=(),
    ),
    case(
        workflow,
        "workflow \"Page\": field priorities is (<Priority.CRITICAL: 'CRITICAL'>, <Priority.CRITICAL: "
        "'CRITICAL'>): the same CRITICAL is given more than once. Name one or more, each once.",
        priorities=(Priority.CRITICAL, Priority.CRITICAL),
    ),
    case(
        workflow,
        'workflow "Page": priorities hold HIGH, so that a mere warning would page; leave it out.',
        priorities=(Priority.CRITICAL, Priority.HIGH),
    ),
    case(
        workflow,
        'workflow "Page": field channels is (): tuple should have at least 1 item, not 0. Give at least one channel.',
        channels=(),
    ),
    case(
        workflow,
        'workflow "Page": field channels is (Slack channel, Slack channel): the same Slack '
        "channel is given more than once. Give at least one channel.",
        channels=(slack_channel(), slack_channel()),
    ),
    case(
        workflow, 'workflow "Page": triggers leave out ACTIVATED, which New Relic demands.', triggers=(Trigger.CLOSED,)
    ),
    case(
        workflow,
        'workflow "Page": triggers leave out CLOSED: pages would stay open after the recovery.',
        triggers=(Trigger.ACTIVATED,),
    ),
    case(
        workflow,
        "workflow \"Page\": field triggers is (<Trigger.ACTIVATED: 'ACTIVATED'>, <Trigger.CLOSED: "
        "'CLOSED'>, <Trigger.CLOSED: 'CLOSED'>): the same CLOSED is given more than once. Name each once.",
        triggers=(Trigger.ACTIVATED, Trigger.CLOSED, Trigger.CLOSED),
    ),
    case(
        workflow,
        "workflow \"Page\": field muted_issues is 'NEVER': input should be 'NOTIFY_ALL_ISSUES', "
        "'DONT_NOTIFY_FULLY_MUTED_ISSUES' or 'DONT_NOTIFY_FULLY_OR_PARTIALLY_MUTED_ISSUES'.",
        muted_issues="NEVER",
    ),
    case(
        workflow,
        'workflow "Page": field enrichments is (enrichment "Last errors", enrichment "Two", '
        'enrichment "Three"): tuple should have at most 2 items, not 3. Give two at most: New '
        "Relic takes no more.",
        enrichments=(enrichment(), enrichment(name="Two"), enrichment(name="Three")),
    ),
    case(
        workflow,
        'workflow "Page": enrichments are both named "Last errors"; a template finds one by its name.',
        enrichments=(enrichment(), enrichment()),
    ),
    case(
        enrichment,
        "enrichment \"ab\": field name is 'ab': string should have at least 3 characters. Use 3 to 128 "
        "characters on one line.",
        name="ab",
    ),
    case(
        enrichment,
        "enrichment "
        '"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'
        'nnnnnnnnnnnnnnnnnnnnnnnnn...": field name is '
        "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnnnnnnnnnnnnnnn...: string should have at most 128 characters. Use 3 to 128 characters "
        "on one line.",
        name="n" * 129,
    ),
    case(
        email_channel,
        "e-mail channel: field subject is '': string should have at least 1 character. Write 1 to 250 "
        "characters, each {{ closed by }}.",
        subject="",
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


def test_a_workflow_that_tells_slack_may_take_warnings_and_leave_the_end_out() -> None:
    told = workflow(
        channels=(slack_channel(),),
        priorities=(Priority.CRITICAL, Priority.HIGH),
        triggers=(Trigger.ACTIVATED,),
    )
    assert told.triggers == (Trigger.ACTIVATED,)


@pytest.mark.parametrize("summary", ["{{a}} and {{json b}}", "{{{raw}}}", "no placeholder", "one { brace"])
def test_placeholders_that_are_closed_are_taken(summary: str) -> None:
    assert pagerduty_channel(summary=summary).summary == summary
