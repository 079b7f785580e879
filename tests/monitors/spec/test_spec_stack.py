"""A stack fits together: keys are given once, references lead somewhere, and every incident is heard."""

from __future__ import annotations

from typing import Any

import pytest
from spec_builders import (
    burn_rate,
    condition,
    dashboard,
    drop_rule,
    email_channel,
    email_destination,
    env_var,
    environment_group,
    escalation_level,
    escalation_policy,
    incident_workflow,
    integration,
    key_value,
    layer,
    log_stream,
    loss_of_signal,
    muting_rule,
    observability,
    orchestration,
    pagerduty_channel,
    pagerduty_destination,
    ping,
    platform,
    policy,
    postgres,
    private_service,
    response,
    route,
    runbook_section,
    schedule,
    schedule_target,
    service,
    service_level,
    setting,
    setting_of,
    slack_channel,
    slack_destination,
    stack,
    team,
    threshold,
    user,
    user_target,
    web_service,
    webhook_destination,
    webhook_subscription,
    workflow,
)
from spec_refusals import refusal

from monitors.spec import (
    IntegrationKey,
    Priority,
    ServiceAddress,
    SettingKind,
    Severity,
    StoreAddress,
    WebhookSecret,
)

Parts = dict[str, Any]


def faults(seen: Parts | None = None, answer: Parts | None = None, hosting: Parts | None = None) -> list[str]:
    """Return the lines of the refusal of a stack that differs from the valid one in these parts."""
    message = refusal(
        stack,
        observability=observability(**(seen or {})),
        response=response(**(answer or {})),
        platform=platform(**(hosting or {})),
    )
    return message.removeprefix('stack "prod": ').splitlines()


def fault(**parts: Parts) -> str:
    """Return the only line of a refusal."""
    (line,) = faults(**parts)
    return line


def test_the_least_stack_fits_together() -> None:
    assert stack().observability.conditions == (condition(),)


def test_a_stack_is_staging_or_prod() -> None:
    assert refusal(stack, name="dev") == "stack \"dev\": field name is 'dev': input should be 'staging' or 'prod'."


def test_a_tag_is_lower_case_words_with_a_value() -> None:
    message = refusal(stack, tags={"Managed By": "", "team": ""})
    assert "field tags.Managed By.[key] is 'Managed By': string should match pattern" in message
    assert "field tags.team is '': string should have at least 1 character." in message
    assert "Write tags as lower-case words joined by hyphens, each with a value." in message


SECOND = {"name": "Second"}
REPEATED = [
    ("condition", {"seen": {"policies": (policy(conditions=(condition(), condition())),)}}),
    ("policy", {"seen": {"policies": (policy(), policy(conditions=(condition(key="other"),)))}}),
    ("destination", {"seen": {"destinations": (pagerduty_destination(), pagerduty_destination())}}),
    ("workflow", {"seen": {"workflows": (workflow(), workflow(**SECOND))}}),
    ("dashboard", {"seen": {"dashboards": (dashboard(), dashboard())}}),
    ("service level", {"seen": {"monitors": (ping(),), "service_levels": (service_level(), service_level())}}),
    ("monitor", {"seen": {"monitors": (ping(), ping())}}),
    ("muting rule", {"seen": {"muting_rules": (muting_rule(), muting_rule())}}),
    ("data rule", {"seen": {"data_rules": (drop_rule(), drop_rule(**SECOND))}}),
    ("user", {"answer": {"users": (user(), user())}}),
    ("team", {"answer": {"teams": (team(), team(**SECOND))}}),
    ("schedule", {"answer": {"schedules": (schedule(), schedule())}}),
    ("escalation policy", {"answer": {"escalation_policies": (escalation_policy(), escalation_policy(**SECOND))}}),
    ("PagerDuty service", {"answer": {"services": (service(), service(**SECOND))}}),
    ("integration", {"answer": {"integrations": (integration(), integration())}}),
    ("integration", {"answer": {"orchestrations": (orchestration(key="from-new-relic"),)}}),
    ("webhook subscription", {"answer": {"webhooks": (webhook_subscription(), webhook_subscription())}}),
    ("incident workflow", {"answer": {"incident_workflows": (incident_workflow(), incident_workflow())}}),
    ("environment group", {"hosting": {"groups": (environment_group(), environment_group(name="second"))}}),
    ("service", {"hosting": {"web_services": (web_service(),), "private_services": (private_service(key="web"),)}}),
    ("store", {"hosting": {"postgres": (postgres(),), "key_values": (key_value(key="database"),)}}),
]


@pytest.mark.parametrize(("what", "parts"), REPEATED)
def test_a_key_that_is_given_twice_is_refused_with_its_kind(what: str, parts: dict[str, Parts]) -> None:
    line = fault(**parts)
    assert line.startswith(f'{what} "')
    assert line.endswith('" is declared twice; give one of them another key.')


DANGLING = [
    ('condition "high-errors" (owner)', "team", {"seen": {"policies": (policy(conditions=(condition(owner="x"),)),)}}),
    ('workflow "page"', "policy", {"seen": {"workflows": (workflow(policies=("page", "x")),)}}),
    (
        'workflow "page"',
        "destination",
        {"seen": {"workflows": (workflow(channels=(pagerduty_channel(destination="x"),)),)}},
    ),
    (
        'destination "pager"',
        "integration",
        {"seen": {"destinations": (pagerduty_destination(integration="x"),)}},
    ),
    ('muting rule "deploys"', "policy", {"seen": {"muting_rules": (muting_rule(policies=("x",)),)}}),
    ('service level "availability"', "monitor", {"seen": {"service_levels": (service_level(monitor="x"),)}}),
    (
        'service level "availability"',
        "condition",
        {"seen": {"monitors": (ping(),), "service_levels": (service_level(burn_rates=(burn_rate(condition="x"),)),)}},
    ),
    ('team "ai"', "user", {"answer": {"teams": (team(members=("engineer", "x")),)}}),
    ('schedule "primary"', "team", {"answer": {"schedules": (schedule(team="x"),)}}),
    (
        'escalation policy "sev1"',
        "team",
        {"answer": {"escalation_policies": (escalation_policy(team="x"),)}},
    ),
    (
        'escalation policy "sev1"',
        "schedule",
        {
            "answer": {
                "escalation_policies": (
                    escalation_policy(levels=(escalation_level(targets=(schedule_target(schedule="x"),)),)),
                )
            }
        },
    ),
    (
        'escalation policy "sev1"',
        "user",
        {
            "answer": {
                "escalation_policies": (
                    escalation_policy(levels=(escalation_level(targets=(user_target(user="x"),)),)),
                )
            }
        },
    ),
    (
        'PagerDuty service "ai-sev1"',
        "escalation policy",
        {"answer": {"services": (service(escalation_policy="x"),)}},
    ),
    (
        'integration "from-new-relic"',
        "PagerDuty service",
        {"answer": {"integrations": (integration(service="x"),)}},
    ),
    ('event orchestration "own-events"', "team", {"answer": {"orchestrations": (orchestration(team="x"),)}}),
    (
        'event orchestration "own-events"',
        "PagerDuty service",
        {"answer": {"orchestrations": (orchestration(routes=(route(service="x"),)),)}},
    ),
    (
        'event orchestration "own-events"',
        "PagerDuty service",
        {"answer": {"orchestrations": (orchestration(otherwise="x"),)}},
    ),
    (
        'webhook subscription "rollback"',
        "PagerDuty service",
        {"answer": {"webhooks": (webhook_subscription(service="x"),)}},
    ),
    (
        'incident workflow "sev1-update"',
        "team",
        {"answer": {"incident_workflows": (incident_workflow(team="x"),)}},
    ),
    (
        'incident workflow "sev1-update"',
        "PagerDuty service",
        {"answer": {"incident_workflows": (incident_workflow(services=("x",)),)}},
    ),
    ('service "web"', "environment group", {"hosting": {"web_services": (web_service(groups=("x",)),)}}),
    (
        'variable LOG_LEVEL of "web"',
        "store",
        {"hosting": {"web_services": (web_service(variables=(env_var(value=StoreAddress(store="x")),)),)}},
    ),
    (
        'variable LOG_LEVEL of "web"',
        "service",
        {"hosting": {"web_services": (web_service(variables=(env_var(value=ServiceAddress(service="x")),)),)}},
    ),
    (
        'variable LOG_LEVEL of "shared"',
        "integration",
        {
            "hosting": {
                "groups": (environment_group(variables=(env_var(value=IntegrationKey(integration="x")),)),),
            }
        },
    ),
    (
        'variable LOG_LEVEL of "shared"',
        "webhook subscription",
        {"hosting": {"groups": (environment_group(variables=(env_var(value=WebhookSecret(webhook="x")),)),)}},
    ),
]


@pytest.mark.parametrize(
    ("where", "what", "parts"), DANGLING, ids=[f"{where} to {what}" for where, what, _ in DANGLING]
)
def test_a_reference_that_leads_nowhere_is_refused_with_what_there_is(
    where: str, what: str, parts: dict[str, Parts]
) -> None:
    line = fault(**parts)
    assert line.startswith(f'{where} names the {what} "x", which is not declared; declared are ')


def test_a_reference_to_a_kind_of_which_there_is_none_says_so() -> None:
    line = fault(seen={"service_levels": (service_level(monitor="x"),)})
    assert line.endswith("declared are none.")


def test_a_schedule_takes_turns_of_declared_users_who_are_in_its_team() -> None:
    turns = (layer(users=("engineer", "lead", "stranger")),)
    assert faults(answer={"users": (user(), user(key="lead")), "schedules": (schedule(layers=turns),)}) == [
        'schedule "primary" names the user "stranger", which is not declared; declared are engineer, lead.',
        '  schedule "primary" puts "lead" on call, who is not in its team "ai"; add them to its members.',
        '  schedule "primary" puts "stranger" on call, who is not in its team "ai"; add them to its members.',
    ]


def test_a_channel_to_a_destination_of_another_kind_is_refused() -> None:
    line = fault(seen={"workflows": (workflow(channels=(pagerduty_channel(), slack_channel(destination="pager"))),)})
    assert line == (
        'workflow "page" sends a Slack channel to "pager", which is a PagerDuty destination; name a Slack destination.'
    )


def test_a_policy_in_no_workflow_is_refused_since_nobody_would_hear_of_it() -> None:
    silent = policy(key="silent", conditions=(condition(key="unheard"),))
    line = fault(seen={"policies": (policy(), silent)})
    assert line == 'policy "silent" is in no workflow: nobody hears of its incidents; add it to one.'


def test_a_condition_whose_severity_is_in_no_workflow_of_its_policy_is_refused() -> None:
    quiet = condition(key="quiet", severity=Severity.SEV3)
    assert fault(seen={"policies": (policy(conditions=(condition(), quiet)),)}) == (
        'condition "quiet" is SEV3, which no workflow of its policy "page" is for; move it, or add the severity to a '
        "workflow."
    )


def test_a_sev1_condition_that_reaches_no_pager_is_refused() -> None:
    mail = workflow(channels=(email_channel(),))
    line = fault(seen={"workflows": (mail,), "destinations": (email_destination(),)})
    assert line == (
        'condition "high-errors" is SEV1, and no workflow of policy "page" pages; give one of them a PagerDuty channel.'
    )


def told_by_mail(priority: Priority, **changes: Any) -> Parts:
    """Return a SEV3 condition in a policy that mails issues of one priority."""
    mail = workflow(severities=(Severity.SEV3,), priorities=(priority,), channels=(email_channel(),))
    mild = condition(severity=Severity.SEV3, **changes)
    return {"policies": (policy(conditions=(mild,)),), "workflows": (mail,), "destinations": (email_destination(),)}


@pytest.mark.parametrize(
    ("priority", "changes", "opened"),
    [
        (Priority.HIGH, {"critical": threshold()}, "CRITICAL"),
        (Priority.CRITICAL, {"critical": None, "warning": threshold()}, "HIGH"),
        (
            Priority.HIGH,
            {"critical": None, "warning": threshold(), "loss_of_signal": loss_of_signal()},
            "CRITICAL",
        ),
    ],
    ids=["a critical threshold", "a warning", "silence, which New Relic makes critical"],
)
def test_issues_of_a_priority_that_no_workflow_takes_are_refused(
    priority: Priority, changes: Parts, opened: str
) -> None:
    line = fault(seen=told_by_mail(priority, **changes))
    assert line == (
        f'condition "high-errors" opens {opened} issues, which no workflow of policy "page" takes; add the priority to '
        "one."
    )


def test_a_warning_of_a_paging_condition_may_stay_on_the_dashboard() -> None:
    both = condition(warning=threshold(value=4))
    assert stack(observability=observability(policies=(policy(conditions=(both,)),))).observability.conditions == (
        both,
    )


def test_all_faults_of_a_stack_are_told_at_once() -> None:
    lines = faults(
        seen={"dashboards": (dashboard(), dashboard())}, answer={"teams": (team(members=("x", "engineer")),)}
    )
    assert len(lines) == 2


def test_settings_are_collected_once_each_by_name_from_every_part() -> None:
    url = setting_of(SettingKind.URL)
    token = setting()
    image = setting(name="webImage", kind=SettingKind.IMAGE, secret=False)
    pem = setting(name="signingKey")
    built = stack(
        observability=observability(
            destinations=(pagerduty_destination(), webhook_destination(base_url=url, token=token), slack_destination()),
            monitors=(ping(base_url=url),),
        ),
        response=response(webhooks=(webhook_subscription(base_url=url),)),
        platform=platform(
            web_services=(web_service(image=image, variables=(env_var(name="API_KEY", value=token),)),),
            groups=(environment_group(secret_files={"key.pem": pem}),),
            log_streams=(log_stream(token=token),),
        ),
    )
    assert [found.name for found in built.settings] == ["apiToken", "publicOne", "signingKey", "webImage"]


def test_a_stack_without_settings_needs_none() -> None:
    assert stack().settings == ()


def test_a_condition_is_found_whatever_policy_holds_it() -> None:
    second = condition(key="other", runbook=runbook_section(anchor="other"))
    both = observability(
        policies=(policy(), policy(key="second", conditions=(second,))),
        workflows=(workflow(policies=("page", "second")),),
    )
    assert [one.key for one in stack(observability=both).observability.conditions] == ["high-errors", "other"]
