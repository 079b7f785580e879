"""The least valid instance of every spec type, with some fields changed where a test says so."""

from __future__ import annotations

from typing import Any

from spec_refusals import Builder

from monitors import spec
from monitors.spec import Severity
from service.metrics import Unit

SENTENCE = "Users cannot sign contracts."
QUERY = "SELECT count(*) FROM SkillExecution"


def setting(**changes: Any) -> spec.Setting:
    """Return a secret text setting, which most places that hold a secret take."""
    fields = {"name": "apiToken", "kind": spec.SettingKind.TEXT, "meaning": "The token of the API.", "secret": True}
    return spec.Setting(**{**fields, **changes})


def setting_of(kind: spec.SettingKind) -> spec.Setting:
    """Return a setting of a kind that is no secret."""
    return setting(name="publicOne", kind=kind, secret=False)


def runbook_section(**changes: Any) -> spec.RunbookSection:
    return spec.RunbookSection(**{"file": "incident-response.md", "anchor": "high-errors", **changes})


def threshold(**changes: Any) -> spec.Threshold:
    return spec.Threshold(**{"operator": spec.Operator.ABOVE, "value": 5, "duration_seconds": 300, **changes})


def baseline(**changes: Any) -> spec.Baseline:
    return spec.Baseline(**{"direction": "upper_only", **changes})


def loss_of_signal(**changes: Any) -> spec.LossOfSignal:
    return spec.LossOfSignal(**{"after_seconds": 180, "open_incident": True, **changes})


def condition(**changes: Any) -> spec.NrqlCondition:
    """Return a SEV1 condition; its runbook's anchor follows its key."""
    fields = {
        "key": "high-errors",
        "name": "High errors",
        "query": QUERY,
        "unit": Unit.PERCENT,
        "severity": Severity.SEV1,
        "owner": "ai",
        "user_impact": SENTENCE,
        "runbook": runbook_section(anchor=changes.get("key", "high-errors")),
        "critical": threshold(),
    }
    return spec.NrqlCondition(**{**fields, **changes})


def policy(**changes: Any) -> spec.Policy:
    return spec.Policy(**{"key": "page", "name": "Page", "conditions": (condition(),), **changes})


def pagerduty_destination(**changes: Any) -> spec.PagerDutyDestination:
    return spec.PagerDutyDestination(**{"key": "pager", "name": "Pager", "integration": "from-new-relic", **changes})


def slack_destination(**changes: Any) -> spec.SlackDestination:
    return spec.SlackDestination(**{"key": "slack", "id": setting_of(spec.SettingKind.UUID), **changes})


def email_destination(**changes: Any) -> spec.EmailDestination:
    fields = {"key": "mail", "name": "Mail", "addresses": setting_of(spec.SettingKind.EMAILS)}
    return spec.EmailDestination(**{**fields, **changes})


def webhook_destination(**changes: Any) -> spec.WebhookDestination:
    url = setting_of(spec.SettingKind.URL)
    fields = {"key": "hook", "name": "Hook", "base_url": url, "path": "/hooks/rollback", "token": setting()}
    return spec.WebhookDestination(**{**fields, **changes})


def pagerduty_channel(**changes: Any) -> spec.PagerDutyChannel:
    fields = {"destination": "pager", "summary": "{{issueTitle}}", "details": {"runbook": "{{json runbookUrl}}"}}
    return spec.PagerDutyChannel(**{**fields, **changes})


def slack_channel(**changes: Any) -> spec.SlackChannel:
    channel_id = setting_of(spec.SettingKind.SLACK_CHANNEL)
    return spec.SlackChannel(**{"destination": "slack", "channel_id": channel_id, **changes})


def email_channel(**changes: Any) -> spec.EmailChannel:
    return spec.EmailChannel(**{"destination": "mail", "subject": "{{issueTitle}}", **changes})


def webhook_channel(**changes: Any) -> spec.WebhookChannel:
    return spec.WebhookChannel(**{"destination": "hook", "payload": {"issue": "{{json issueId}}"}, **changes})


def enrichment(**changes: Any) -> spec.Enrichment:
    return spec.Enrichment(**{"name": "Last errors", "query": QUERY, **changes})


def workflow(**changes: Any) -> spec.Workflow:
    """Return the workflow that pages for SEV1."""
    fields = {
        "key": "page",
        "name": "Page",
        "severities": (Severity.SEV1,),
        "policies": ("page",),
        "priorities": (spec.Priority.CRITICAL,),
        "channels": (pagerduty_channel(),),
    }
    return spec.Workflow(**{**fields, **changes})


def place(**changes: Any) -> spec.Place:
    return spec.Place(**{"row": 1, "column": 1, **changes})


def band(**changes: Any) -> spec.Band:
    return spec.Band(**{"severity": "critical", "above": 5.0, **changes})


def chart(**changes: Any) -> spec.ChartWidget:
    return spec.ChartWidget(**{"kind": "line", "title": "Errors", "place": place(), "queries": (QUERY,), **changes})


def billboard(**changes: Any) -> spec.BillboardWidget:
    return spec.BillboardWidget(**{"title": "Errors now", "place": place(), "queries": (QUERY,), **changes})


def bullet(**changes: Any) -> spec.BulletWidget:
    return spec.BulletWidget(**{"title": "Budget", "place": place(), "queries": (QUERY,), "limit": 100.0, **changes})


def markdown(**changes: Any) -> spec.MarkdownWidget:
    return spec.MarkdownWidget(**{"place": place(), "text": "# Errors", **changes})


def page(**changes: Any) -> spec.Page:
    return spec.Page(**{"name": "Errors", "widgets": (chart(),), **changes})


def variable(**changes: Any) -> spec.Variable:
    return spec.Variable(**{"name": "model", "title": "Model", "options": ("haiku", "opus"), **changes})


def dashboard(**changes: Any) -> spec.Dashboard:
    return spec.Dashboard(**{"key": "errors", "name": "Errors", "pages": (page(),), **changes})


def events(**changes: Any) -> spec.Events:
    return spec.Events(**{"source": "SkillExecution", "function": "COUNT", **changes})


def burn_rate(**changes: Any) -> spec.BurnRate:
    return spec.BurnRate(**{"condition": "fast-burn", "budget_percent": 2, "window_seconds": 3600, **changes})


def service_level(**changes: Any) -> spec.ServiceLevel:
    fields = {
        "key": "availability",
        "name": "Availability",
        "description": "Requests that the service answers.",
        "monitor": "health",
        "valid": events(),
        "bad": events(where="success IS FALSE"),
        "target_percent": 99.9,
    }
    return spec.ServiceLevel(**{**fields, **changes})


def traffic(**changes: Any) -> spec.Traffic:
    fields = {
        "key": "requests",
        "counts": ("SkillExecution",),
        "peak_per_minute": 1000.0,
        "typical_per_minute": 300.0,
        "quiet_per_minute": 20.0,
        "basis": "Assumed until a month is recorded.",
    }
    return spec.Traffic(**{**fields, **changes})


def ping(**changes: Any) -> spec.PingMonitor:
    url = setting_of(spec.SettingKind.URL)
    fields = {"key": "health", "name": "Health", "base_url": url, "path": "/health", "locations": ("US_WEST_2",)}
    return spec.PingMonitor(**{**fields, **changes})


def certificate(**changes: Any) -> spec.CertificateMonitor:
    url = setting_of(spec.SettingKind.URL)
    fields = {"key": "tls", "name": "Certificate", "base_url": url, "locations": ("US_WEST_2",), "days_before": 14}
    return spec.CertificateMonitor(**{**fields, **changes})


def muting_rule(**changes: Any) -> spec.MutingRule:
    fields = {
        "key": "deploys",
        "name": "Deploys",
        "description": "Nothing is told while a deploy runs.",
        "policies": ("page",),
        "time_zone": "Europe/Paris",
        "first_start": "2026-01-06T15:00:00",
        "first_end": "2026-01-06T15:30:00",
        "weekdays": ("TUESDAY",),
    }
    return spec.MutingRule(**{**fields, **changes})


def drop_rule(**changes: Any) -> spec.DropRule:
    fields = {
        "key": "debug-logs",
        "name": "Debug logs",
        "description": "Debug lines are not kept.",
        "statement": "DELETE FROM Log WHERE level = 'debug'",
    }
    return spec.DropRule(**{**fields, **changes})


def log_partition(**changes: Any) -> spec.LogPartition:
    fields = {
        "key": "audit",
        "description": "Audit lines are kept apart.",
        "partition": "Log_Audit",
        "where": "logger = 'audit'",
        "retention": "STANDARD",
    }
    return spec.LogPartition(**{**fields, **changes})


def user(**changes: Any) -> spec.User:
    return spec.User(**{"key": "engineer", "role": "AI engineer", **changes})


def team(**changes: Any) -> spec.Team:
    fields = {"key": "ai", "name": "AI team", "description": "Owns the AI service.", "members": ("engineer",)}
    return spec.Team(**{**fields, **changes})


def restriction(**changes: Any) -> spec.Restriction:
    return spec.Restriction(**{"kind": "daily", "start": "09:00:00", "duration_seconds": 28_800, **changes})


def layer(**changes: Any) -> spec.Layer:
    fields = {"name": "Weekly", "start": "2026-01-05T09:00:00+00:00", "turn_seconds": 604_800, "users": ("engineer",)}
    return spec.Layer(**{**fields, **changes})


def schedule(**changes: Any) -> spec.Schedule:
    fields = {"key": "primary", "name": "Primary", "team": "ai", "time_zone": "Etc/UTC", "layers": (layer(),)}
    return spec.Schedule(**{**fields, **changes})


def schedule_target(**changes: Any) -> spec.ScheduleTarget:
    return spec.ScheduleTarget(**{"schedule": "primary", **changes})


def user_target(**changes: Any) -> spec.UserTarget:
    return spec.UserTarget(**{"user": "engineer", **changes})


def escalation_level(**changes: Any) -> spec.EscalationLevel:
    return spec.EscalationLevel(**{"targets": (schedule_target(),), "delay_minutes": 5, **changes})


def escalation_policy(**changes: Any) -> spec.EscalationPolicy:
    fields = {"key": "sev1", "name": "SEV1", "team": "ai", "levels": (escalation_level(),)}
    return spec.EscalationPolicy(**{**fields, **changes})


def urgency(**changes: Any) -> spec.ConstantUrgency:
    return spec.ConstantUrgency(**{"urgency": "high", **changes})


def support_hours(**changes: Any) -> spec.SupportHours:
    hours = {"time_zone": "Europe/Paris", "weekdays": (1, 2, 3, 4, 5), "start": "09:00:00", "end": "17:00:00"}
    return spec.SupportHours(**{**hours, "inside": "high", "outside": "low", **changes})


def event_rule(**changes: Any) -> spec.EventRule:
    return spec.EventRule(**{"label": "Note", "condition": "event.severity matches 'error'", "note": "Look", **changes})


def service(**changes: Any) -> spec.Service:
    fields = {
        "key": "ai-sev1",
        "name": "AI SEV1",
        "description": "What wakes somebody.",
        "escalation_policy": "sev1",
        "urgency": urgency(),
    }
    return spec.Service(**{**fields, **changes})


def integration(**changes: Any) -> spec.Integration:
    fields = {"key": "from-new-relic", "name": "New Relic", "service": "ai-sev1", "kind": "new_relic"}
    return spec.Integration(**{**fields, **changes})


def route(**changes: Any) -> spec.Route:
    fields = {"label": "Errors", "condition": "event.severity matches 'error'", "service": "ai-sev1"}
    return spec.Route(**{**fields, **changes})


def orchestration(**changes: Any) -> spec.EventOrchestration:
    fields = {"key": "own-events", "name": "Own events", "team": "ai", "routes": (route(),), "otherwise": "ai-sev1"}
    return spec.EventOrchestration(**{**fields, **changes})


def webhook_subscription(**changes: Any) -> spec.WebhookSubscription:
    fields = {
        "key": "rollback",
        "description": "Tells the service of a rollback.",
        "service": "ai-sev1",
        "base_url": setting_of(spec.SettingKind.URL),
        "path": "/hooks/pagerduty",
        "events": ("incident.triggered",),
    }
    return spec.WebhookSubscription(**{**fields, **changes})


def workflow_step(**changes: Any) -> spec.WorkflowStep:
    action = "pagerduty.com:incident-workflows:send-status-update:1"
    return spec.WorkflowStep(**{"name": "Tell", "action": action, "inputs": {"Message": "It is down"}, **changes})


def incident_workflow(**changes: Any) -> spec.IncidentWorkflow:
    fields = {
        "key": "sev1-update",
        "name": "SEV1 update",
        "description": "Tells the stakeholders.",
        "team": "ai",
        "services": ("ai-sev1",),
        "condition": "incident.priority matches 'P1'",
        "steps": (workflow_step(),),
    }
    return spec.IncidentWorkflow(**{**fields, **changes})


def env_var(**changes: Any) -> spec.EnvVar:
    return spec.EnvVar(**{"name": "LOG_LEVEL", "value": "info", **changes})


def environment_group(**changes: Any) -> spec.EnvironmentGroup:
    return spec.EnvironmentGroup(**{"key": "shared", "name": "shared", "variables": (env_var(),), **changes})


def autoscaling(**changes: Any) -> spec.Autoscaling:
    return spec.Autoscaling(**{"least": 2, "most": 10, "cpu_percent": 70, **changes})


def _render_service(key: str) -> dict[str, Any]:
    image = setting_of(spec.SettingKind.IMAGE)
    return {"key": key, "name": key, "image": image, "plan": "standard", "region": "oregon", "instances": 2}


def web_service(**changes: Any) -> spec.WebService:
    return spec.WebService(**{**_render_service("web"), "health_check_path": "/health", **changes})


def private_service(**changes: Any) -> spec.PrivateService:
    return spec.PrivateService(**{**_render_service("ai-service"), **changes})


def postgres(**changes: Any) -> spec.Postgres:
    fields = {
        "key": "database",
        "name": "database",
        "plan": "basic_1gb",
        "version": "16",
        "region": "oregon",
        "disk_gigabytes": 25,
        "database": "legal",
        "user": "legal",
    }
    return spec.Postgres(**{**fields, **changes})


def key_value(**changes: Any) -> spec.KeyValue:
    fields = {"key": "cache", "name": "cache", "plan": "starter", "region": "oregon", "eviction": "allkeys_lru"}
    return spec.KeyValue(**{**fields, **changes})


def log_stream(**changes: Any) -> spec.LogStream:
    endpoint = setting_of(spec.SettingKind.HOST_PORT)
    return spec.LogStream(**{"key": "logs", "endpoint": endpoint, "token": setting(), **changes})


def metrics_stream(**changes: Any) -> spec.MetricsStream:
    url = setting_of(spec.SettingKind.URL)
    return spec.MetricsStream(**{"key": "metrics", "url": url, "token": setting(), **changes})


def silence(**changes: Any) -> spec.Silence:
    fields = {"check": "query/time-range", "subject": "condition/high-errors", "reason": "A real account took it."}
    return spec.Silence(**{**fields, **changes})


def hours(**changes: Any) -> spec.Hours:
    return spec.Hours(**{"time_zone": "Europe/Paris", "start": "22:00:00", "end": "07:00:00", **changes})


def dates(**changes: Any) -> spec.Dates:
    return spec.Dates(**{"time_zone": "Europe/Paris", "first": "2026-12-24", "last": "2026-12-26", **changes})


def reaches(**changes: Any) -> spec.Reaches:
    return spec.Reaches(**{"within_minutes": 5, **changes})


def is_told(**changes: Any) -> spec.IsTold:
    return spec.IsTold(**{"by": ("slack",), **changes})


def assertion(**changes: Any) -> spec.PathAssertion:
    """Return that a SEV1 of production reaches somebody within 5 minutes, always."""
    fields = {
        "key": "sev1-reaches-somebody",
        "says": "Users are affected now.",
        "environments": ("prod",),
        "expects": reaches(),
    }
    about = {} if "conditions" in changes else {"severities": (Severity.SEV1,)}
    return spec.PathAssertion(**{**fields, **about, **changes})


def platform(**changes: Any) -> spec.Platform:
    return spec.Platform(**{"project": "legal", **changes})


def observability(**changes: Any) -> spec.Observability:
    """Return one policy whose SEV1 condition pages."""
    fields = {
        "policies": (policy(),),
        "destinations": (pagerduty_destination(),),
        "workflows": (workflow(),),
        "dashboards": (dashboard(),),
    }
    return spec.Observability(**{**fields, **changes})


def response(**changes: Any) -> spec.Response:
    """Return the pager's side of `observability()`."""
    fields = {
        "users": (user(),),
        "teams": (team(),),
        "schedules": (schedule(),),
        "escalation_policies": (escalation_policy(),),
        "services": (service(),),
        "integrations": (integration(),),
    }
    return spec.Response(**{**fields, **changes})


def stack(**changes: Any) -> spec.Stack:
    """Return a stack whose parts fit together; a part may be given by its own name."""
    fields = {
        "name": "prod",
        "tags": {"team": "ai"},
        "platform": platform(),
        "observability": observability(),
        "response": response(),
    }
    return spec.Stack(**{**fields, **changes})


BUILDERS: tuple[Builder, ...] = (
    *(setting, runbook_section, threshold, baseline, spec.EventFlow, spec.EventTimer, spec.Cadence, spec.Fill),
    *(spec.Signal, loss_of_signal, condition, policy),
    *(pagerduty_destination, slack_destination, email_destination, webhook_destination),
    *(pagerduty_channel, slack_channel, email_channel, webhook_channel, enrichment, workflow),
    *(place, band, chart, billboard, bullet, markdown, page, variable, dashboard),
    *(events, burn_rate, service_level, traffic),
    *(ping, certificate, muting_rule, drop_rule, log_partition),
    *(user, team, restriction, layer, schedule, schedule_target, user_target, escalation_level, escalation_policy),
    *(urgency, support_hours, event_rule, service, integration, route, orchestration),
    *(webhook_subscription, workflow_step, incident_workflow),
    *(lambda **named: spec.StoreAddress(**{"store": "database", **named}),),
    *(lambda **named: spec.ServiceAddress(**{"service": "ai-service", **named}),),
    *(lambda **named: spec.IntegrationKey(**{"integration": "own-events", **named}),),
    *(lambda **named: spec.WebhookSecret(**{"webhook": "rollback", **named}),),
    *(env_var, environment_group, autoscaling, web_service, private_service, postgres, key_value),
    *(log_stream, metrics_stream, platform, observability, response, stack, silence),
    *(hours, dates, reaches, spec.WakesNobody, is_told, assertion),
)
