"""Which alerts go where: a policy for each route, and the workflow that tells its issues to somebody."""

from __future__ import annotations

from typing import Final

from monitors.catalog import cost_alerts, rollback_alerts, service_alerts, skill_alerts
from monitors.catalog.environments import Environment
from monitors.catalog.settings import (
    ALERT_EMAILS,
    PUBLIC_URL,
    REPORT_EMAILS,
    ROLLBACK_TOKEN,
    SLACK_CHANNEL_ID,
    SLACK_DESTINATION_ID,
)
from monitors.spec import (
    Destination,
    EmailChannel,
    EmailDestination,
    NrqlCondition,
    PagerDutyChannel,
    PagerDutyDestination,
    Policy,
    Priority,
    Severity,
    SlackChannel,
    SlackDestination,
    WebhookChannel,
    WebhookDestination,
    Workflow,
)

SEV1_POLICY: Final = "page-sev1"
SEV2_POLICY: Final = "page-sev2"
ROLLBACK_POLICY: Final = "automatic-rollback"
SLACK_POLICY: Final = "slack"
EMAIL_POLICY: Final = "email"
COST_EMAIL_POLICY: Final = "email-cost"

SEV1_INTEGRATION: Final = "ai-sev1-new-relic"
SEV2_INTEGRATION: Final = "ai-sev2-new-relic"

# What New Relic fills in: https://docs.newrelic.com/docs/alerts/get-notified/message-templates/
_DETAILS: Final = {
    "severity": "",  # filled for each route
    "condition": "{{json accumulations.conditionName}}",
    "what it means": "{{json accumulations.conditionDescription}}",
    "runbook": "{{json accumulations.runbookUrl}}",
    "issue": "{{json issuePageUrl}}",
    "state": "{{json state}}",
}
_SUMMARY: Final = "{{ annotations.title.[0] }}"


def policies(
    environment: Environment,
    *,
    health_monitor: str,
    certificate_monitor: str,
    fast_burn: NrqlCondition,
    slow_burn: NrqlCondition,
) -> tuple[Policy, ...]:
    """Return every alert, in the policy of its route; the monitors are named as their results are."""
    return (
        Policy(
            key=SEV1_POLICY,
            name=environment.named("AI service: page SEV1"),
            conditions=(
                *skill_alerts.paging_sev1(environment),
                *service_alerts.paging_sev1(environment, health_monitor),
                fast_burn,
            ),
        ),
        Policy(
            key=SEV2_POLICY,
            name=environment.named("AI service: page SEV2"),
            conditions=skill_alerts.paging_sev2(environment),
        ),
        Policy(
            key=ROLLBACK_POLICY,
            name=environment.named("AI service: automatic rollback"),
            conditions=rollback_alerts.conditions(environment),
        ),
        Policy(
            key=SLACK_POLICY,
            name=environment.named("AI service: Slack"),
            conditions=(
                *skill_alerts.slack(environment),
                *cost_alerts.slack(environment),
                *service_alerts.slack(environment, certificate_monitor),
                slow_burn,
            ),
        ),
        Policy(
            key=EMAIL_POLICY,
            name=environment.named("AI service: e-mail"),
            conditions=skill_alerts.email(environment),
        ),
        Policy(
            key=COST_EMAIL_POLICY,
            name=environment.named("AI service: e-mail on cost"),
            conditions=cost_alerts.email(environment),
        ),
    )


def destinations(environment: Environment) -> tuple[Destination, ...]:
    """Return whom New Relic can tell; a PagerDuty destination for each PagerDuty service."""
    return (
        PagerDutyDestination(
            key="pagerduty-sev1", name=environment.named("PagerDuty SEV1"), integration=SEV1_INTEGRATION
        ),
        PagerDutyDestination(
            key="pagerduty-sev2", name=environment.named("PagerDuty SEV2"), integration=SEV2_INTEGRATION
        ),
        SlackDestination(key="slack", id=SLACK_DESTINATION_ID),
        EmailDestination(key="team-mail", name=environment.named("AI service team"), addresses=ALERT_EMAILS),
        EmailDestination(key="cost-mail", name=environment.named("AI service cost"), addresses=REPORT_EMAILS),
        WebhookDestination(
            key="rollback",
            name=environment.named("Automatic rollback"),
            base_url=PUBLIC_URL,
            path="/hooks/rollback",
            token=ROLLBACK_TOKEN,
        ),
    )


def workflows(environment: Environment) -> tuple[Workflow, ...]:
    """Return the ways from policies to people, one for each route."""
    return (
        Workflow(
            key="page-sev1",
            name=environment.named("Page SEV1"),
            severities=(Severity.SEV1,),
            policies=(SEV1_POLICY,),
            priorities=(Priority.CRITICAL,),
            channels=(_page("pagerduty-sev1", Severity.SEV1),),
        ),
        Workflow(
            key="page-sev2",
            name=environment.named("Page SEV2"),
            severities=(Severity.SEV2,),
            policies=(SEV2_POLICY,),
            priorities=(Priority.CRITICAL,),
            channels=(_page("pagerduty-sev2", Severity.SEV2),),
        ),
        Workflow(
            key="automatic-rollback",
            name=environment.named("Automatic rollback"),
            severities=(Severity.SEV1,),
            policies=(ROLLBACK_POLICY,),
            priorities=(Priority.CRITICAL,),
            channels=(_page("pagerduty-sev1", Severity.SEV1), _ask_for_rollback()),
        ),
        Workflow(
            key="slack",
            name=environment.named("Slack"),
            severities=(Severity.SEV3,),
            policies=(SLACK_POLICY,),
            priorities=(Priority.CRITICAL, Priority.HIGH),
            channels=(SlackChannel(destination="slack", channel_id=SLACK_CHANNEL_ID),),
        ),
        _mail(environment, EMAIL_POLICY, "E-mail", "team-mail", Severity.SEV3),
        _mail(environment, COST_EMAIL_POLICY, "E-mail on cost", "cost-mail", Severity.SEV3, Severity.SEV4),
    )


def _mail(environment: Environment, policy: str, name: str, destination: str, *severities: Severity) -> Workflow:
    return Workflow(
        key=policy,
        name=environment.named(name),
        severities=severities,
        policies=(policy,),
        priorities=(Priority.CRITICAL, Priority.HIGH),
        channels=(EmailChannel(destination=destination, subject=f"[{environment.name}] {_SUMMARY}"),),
    )


def _page(destination: str, severity: Severity) -> PagerDutyChannel:
    return PagerDutyChannel(destination=destination, summary=_SUMMARY, details={**_DETAILS, "severity": str(severity)})


def _ask_for_rollback() -> WebhookChannel:
    return WebhookChannel(
        destination="rollback",
        payload={
            "issue_id": "{{json issueId}}",
            "condition": "{{json accumulations.conditionName}}",
            "state": "{{json state}}",
            "activated_at": "{{json activatedAt}}",
        },
    )
