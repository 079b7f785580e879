"""The settings this platform's specs need from a stack file."""

from __future__ import annotations

from typing import Final

from monitors.spec import Setting, SettingKind

ALERT_EMAILS: Final = Setting(
    name="alertEmails", kind=SettingKind.EMAILS, meaning="Who gets alerts that can wait, separated by commas."
)
REPORT_EMAILS: Final = Setting(
    name="reportEmails", kind=SettingKind.EMAILS, meaning="Who gets the notices about cost, separated by commas."
)
SLACK_DESTINATION_ID: Final = Setting(
    name="slackDestinationId",
    kind=SettingKind.UUID,
    meaning="The Slack destination made by hand in New Relic (OAuth); its id is in the destination's address.",
)
SLACK_CHANNEL_ID: Final = Setting(
    name="slackAlertChannelId", kind=SettingKind.SLACK_CHANNEL, meaning="The Slack channel for alerts, by its id."
)
PUBLIC_URL: Final = Setting(
    name="publicUrl", kind=SettingKind.URL, meaning="The public address of the web service, without a path."
)
WEB_IMAGE: Final = Setting(
    name="webImage", kind=SettingKind.IMAGE, meaning="The web service's container image, with its tag or digest."
)
AI_SERVICE_IMAGE: Final = Setting(
    name="aiServiceImage", kind=SettingKind.IMAGE, meaning="The AI service's container image, with its tag or digest."
)
LOG_STREAM_ENDPOINT: Final = Setting(
    name="logStreamEndpoint",
    kind=SettingKind.HOST_PORT,
    meaning="New Relic's TLS syslog endpoint: newrelic.syslog.nr-data.net:6514, in the EU newrelic.syslog.eu...",
)
METRICS_STREAM_URL: Final = Setting(
    name="metricsStreamUrl",
    kind=SettingKind.URL,
    meaning="New Relic's OTLP endpoint: https://otlp.nr-data.net, in the EU https://otlp.eu01.nr-data.net.",
)
ANTHROPIC_API_KEY: Final = Setting(
    name="anthropicApiKey", kind=SettingKind.TEXT, meaning="The key for the Claude API.", secret=True
)
XAI_API_KEY: Final = Setting(
    name="xaiApiKey", kind=SettingKind.TEXT, meaning="The key for the second vendor's API.", secret=True
)
NEW_RELIC_LICENSE_KEY: Final = Setting(
    name="newRelicLicenseKey",
    kind=SettingKind.TEXT,
    meaning="The key that telemetry and logs are sent with.",
    secret=True,
)
SENTRY_DSN: Final = Setting(
    name="sentryDsn", kind=SettingKind.TEXT, meaning="Where Sentry takes the errors of both services.", secret=True
)
SERVICE_TOKEN_SECRET: Final = Setting(
    name="serviceTokenSecret",
    kind=SettingKind.TEXT,
    meaning="What the tokens between the web service and the AI service are signed with.",
    secret=True,
)
ROLLBACK_TOKEN: Final = Setting(
    name="rollbackToken",
    kind=SettingKind.TEXT,
    meaning="The bearer token of New Relic's request for an automatic rollback.",
    secret=True,
)
