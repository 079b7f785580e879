"""What runs on Render: two services, a database, a key-value store, and what they are told."""

from __future__ import annotations

from typing import Final

from monitors.catalog.environments import Environment
from monitors.catalog.paging import CHANGE_EVENTS, OWN_EVENTS, ROLLBACK_WEBHOOK
from monitors.catalog.settings import (
    AI_SERVICE_IMAGE,
    ANTHROPIC_API_KEY,
    LOG_STREAM_ENDPOINT,
    METRICS_STREAM_URL,
    NEW_RELIC_LICENSE_KEY,
    ROLLBACK_TOKEN,
    SENTRY_DSN,
    SERVICE_TOKEN_SECRET,
    WEB_IMAGE,
    XAI_API_KEY,
)
from monitors.catalog.terms import ai_service, web_service
from monitors.spec import (
    EnvironmentGroup,
    EnvVar,
    IntegrationKey,
    KeyValue,
    LogStream,
    MetricsStream,
    Platform,
    Postgres,
    PrivateService,
    ServiceAddress,
    StoreAddress,
    WebhookSecret,
    WebService,
)

_REGION: Final = "oregon"
_DATABASE, _CACHE, _AI_SERVICE = "postgres", "cache", "ai-service"
_VENDORS, _TELEMETRY, _STORES, _INCIDENTS = "vendors", "telemetry", "stores", "incidents"


def platform(environment: Environment) -> Platform:
    """Return everything on Render for one environment."""
    return Platform(
        project=environment.named("legal-platform"),
        groups=_groups(environment),
        web_services=(_web(environment),),
        private_services=(_ai(environment),),
        postgres=(_postgres(environment),),
        key_values=(_key_value(environment),),
        log_streams=_log_streams(environment),
        metrics_streams=_metrics_streams(environment),
    )


def _web(environment: Environment) -> WebService:
    return WebService(
        key="web",
        name=web_service(environment),
        image=WEB_IMAGE,
        plan=environment.web_plan,
        region=_REGION,
        instances=environment.web_instances,
        autoscaling=environment.web_autoscaling,
        health_check_path="/health",
        groups=(_TELEMETRY, _STORES, _INCIDENTS),
        variables=(
            EnvVar(name="NEW_RELIC_APP_NAME", value=web_service(environment)),
            EnvVar(name="AI_SERVICE_ADDRESS", value=ServiceAddress(service=_AI_SERVICE)),
            EnvVar(name="SERVICE_TOKEN_SECRET", value=SERVICE_TOKEN_SECRET),
            EnvVar(name="ROLLBACK_TOKEN", value=ROLLBACK_TOKEN),
        ),
    )


def _ai(environment: Environment) -> PrivateService:
    return PrivateService(
        key=_AI_SERVICE,
        name=ai_service(environment),
        image=AI_SERVICE_IMAGE,
        plan=environment.ai_plan,
        region=_REGION,
        instances=1,
        groups=(_VENDORS, _TELEMETRY, _STORES, _INCIDENTS),
        variables=(
            EnvVar(name="NEW_RELIC_APP_NAME", value=ai_service(environment)),
            EnvVar(name="SERVICE_TOKEN_SECRET", value=SERVICE_TOKEN_SECRET),
            EnvVar(name="ANTHROPIC_SKILLS_ENABLED", value="true"),
            EnvVar(name="ANTHROPIC_SKILLS_BETA_VERSION", value="skills-2025-10-02"),
            EnvVar(name="ROLLOUT_FIRST_PERCENTAGE", value=str(environment.first_rollout_percentage)),
            EnvVar(name="ANTHROPIC_CODE_EXECUTION_BETA_VERSION", value="code-execution-2025-08-25"),
        ),
        # Requests in flight are finished and the telemetry spool is drained before the process ends.
        shutdown_seconds=60,
    )


def _groups(environment: Environment) -> tuple[EnvironmentGroup, ...]:
    return (
        EnvironmentGroup(
            key=_VENDORS,
            name=f"legal-platform-vendors{environment.suffix}",
            variables=(
                EnvVar(name="ANTHROPIC_API_KEY", value=ANTHROPIC_API_KEY),
                EnvVar(name="XAI_API_KEY", value=XAI_API_KEY),
            ),
        ),
        EnvironmentGroup(
            key=_TELEMETRY,
            name=f"legal-platform-telemetry{environment.suffix}",
            variables=(
                EnvVar(name="ENVIRONMENT", value=environment.name),
                EnvVar(name="LOG_LEVEL", value="info"),
                EnvVar(name="NEW_RELIC_DISTRIBUTED_TRACING_ENABLED", value="true"),
                EnvVar(name="NEW_RELIC_LICENSE_KEY", value=NEW_RELIC_LICENSE_KEY),
                EnvVar(name="SENTRY_DSN", value=SENTRY_DSN),
            ),
        ),
        EnvironmentGroup(
            key=_STORES,
            name=f"legal-platform-stores{environment.suffix}",
            variables=(
                EnvVar(name="DATABASE_URL", value=StoreAddress(store=_DATABASE)),
                EnvVar(name="REDIS_URL", value=StoreAddress(store=_CACHE)),
            ),
        ),
        EnvironmentGroup(
            key=_INCIDENTS,
            name=f"legal-platform-incidents{environment.suffix}",
            variables=(
                EnvVar(name="PAGERDUTY_EVENTS_ROUTING_KEY", value=IntegrationKey(integration=OWN_EVENTS)),
                EnvVar(name="PAGERDUTY_CHANGE_EVENTS_KEY", value=IntegrationKey(integration=CHANGE_EVENTS)),
                EnvVar(name="PAGERDUTY_WEBHOOK_SECRET", value=WebhookSecret(webhook=ROLLBACK_WEBHOOK)),
            ),
        ),
    )


def _postgres(environment: Environment) -> Postgres:
    return Postgres(
        key=_DATABASE,
        name=f"legal-platform-postgres{environment.suffix}",
        plan=environment.postgres_plan,
        version="16",
        region=_REGION,
        disk_gigabytes=environment.postgres_disk_gigabytes,
        database="legal_platform",
        user="legal_platform",
    )


def _key_value(environment: Environment) -> KeyValue:
    return KeyValue(
        key=_CACHE,
        name=f"legal-platform-cache{environment.suffix}",
        plan=environment.key_value_plan,
        region=_REGION,
        eviction="allkeys_lru",  # it holds results that can be had again, so the oldest may go
    )


def _log_streams(environment: Environment) -> tuple[LogStream, ...]:
    if not environment.has_workspace_streams:
        return ()
    return (LogStream(key="logs", endpoint=LOG_STREAM_ENDPOINT, token=NEW_RELIC_LICENSE_KEY),)


def _metrics_streams(environment: Environment) -> tuple[MetricsStream, ...]:
    if not environment.has_workspace_streams:
        return ()
    return (MetricsStream(key="metrics", url=METRICS_STREAM_URL, token=NEW_RELIC_LICENSE_KEY),)
