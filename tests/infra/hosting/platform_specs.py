"""Small specs of a platform, for the tests of what becomes of them on Render."""

from __future__ import annotations

from typing import Any

from monitors.spec import (
    Autoscaling,
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
    Setting,
    SettingKind,
    StoreAddress,
    WebhookSecret,
    WebService,
)

WEB_IMAGE = Setting(name="webImage", kind=SettingKind.IMAGE, meaning="The web service's image.")
AI_IMAGE = Setting(name="aiImage", kind=SettingKind.IMAGE, meaning="The AI service's image.")
API_KEY = Setting(name="vendorApiKey", kind=SettingKind.TEXT, meaning="The key for the vendor.", secret=True)
ENDPOINT = Setting(name="logEndpoint", kind=SettingKind.HOST_PORT, meaning="Where the logs go to.")
METRICS_URL = Setting(name="metricsUrl", kind=SettingKind.URL, meaning="Where the metrics go to.")
SETTINGS = {
    "renderOwnerId": "tea-1",
    "webImage": "registry.example/web:1",
    "aiImage": "registry.example/ai:1",
    "logEndpoint": "logs.example:6514",
    "metricsUrl": "https://otlp.example",
}


def a_group(**changes: Any) -> EnvironmentGroup:
    fields: dict[str, Any] = {
        "key": "shared",
        "name": "legal-shared",
        "variables": (
            EnvVar(name="LOG_LEVEL", value="info"),
            EnvVar(name="VENDOR_API_KEY", value=API_KEY),
            EnvVar(name="DATABASE_URL", value=StoreAddress(store="postgres")),
            EnvVar(name="REDIS_URL", value=StoreAddress(store="cache")),
            EnvVar(name="ROUTING_KEY", value=IntegrationKey(integration="events")),
            EnvVar(name="WEBHOOK_SECRET", value=WebhookSecret(webhook="rollback")),
        ),
        "secret_files": {"vendor.pem": API_KEY},
    }
    return EnvironmentGroup(**(fields | changes))


def a_private_service(**changes: Any) -> PrivateService:
    fields: dict[str, Any] = {
        "key": "ai",
        "name": "legal-ai",
        "image": AI_IMAGE,
        "plan": "standard",
        "region": "oregon",
        "instances": 1,
        "groups": ("shared",),
        "shutdown_seconds": 60,
    }
    return PrivateService(**(fields | changes))


def a_web_service(**changes: Any) -> WebService:
    fields: dict[str, Any] = {
        "key": "web",
        "name": "legal-web",
        "image": WEB_IMAGE,
        "plan": "standard",
        "region": "oregon",
        "instances": 2,
        "autoscaling": Autoscaling(least=2, most=10, cpu_percent=70),
        "health_check_path": "/health",
        "groups": ("shared",),
        "variables": (EnvVar(name="AI_ADDRESS", value=ServiceAddress(service="ai")),),
        "pre_deploy_command": "migrate",
    }
    return WebService(**(fields | changes))


def a_platform(**changes: Any) -> Platform:
    fields: dict[str, Any] = {
        "project": "legal (staging)",
        "groups": (a_group(),),
        "web_services": (a_web_service(),),
        "private_services": (a_private_service(),),
        "postgres": (
            Postgres(
                key="postgres",
                name="legal-postgres",
                plan="basic_1gb",
                version="16",
                region="oregon",
                disk_gigabytes=5,
                database="legal",
                user="legal",
            ),
        ),
        "key_values": (
            KeyValue(key="cache", name="legal-cache", plan="starter", region="oregon", eviction="allkeys_lru"),
        ),
        "log_streams": (LogStream(key="logs", endpoint=ENDPOINT, token=API_KEY),),
        "metrics_streams": (MetricsStream(key="metrics", url=METRICS_URL, token=API_KEY),),
    }
    return Platform(**(fields | changes))
