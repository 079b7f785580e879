"""Checks from outside, deploy windows, and what becomes of the data."""

from __future__ import annotations

from typing import Final

from monitors.catalog.environments import Environment
from monitors.catalog.routing import COST_EMAIL_POLICY, EMAIL_POLICY, SLACK_POLICY
from monitors.catalog.settings import PUBLIC_URL
from monitors.catalog.terms import ai_service, web_service
from monitors.spec import CertificateMonitor, DataRule, DropRule, LogPartition, Monitor, MutingRule, PingMonitor

HEALTH_MONITOR: Final = "web-health"
_LOCATIONS: Final = ("US_WEST_2", "US_EAST_1", "EU_WEST_1")


def health_monitor_name(environment: Environment) -> str:
    """Return the name of the monitor of the web service's health, by which its results are found."""
    return environment.named("Legal platform web health")


def certificate_monitor_name(environment: Environment) -> str:
    """Return the name of the monitor of the web service's certificate, by which its results are found."""
    return environment.named("Legal platform web certificate")


def monitors(environment: Environment) -> tuple[Monitor, ...]:
    """Return the checks from outside: pings are free of charge at New Relic, so one a minute from three places."""
    return (
        PingMonitor(
            key=HEALTH_MONITOR,
            name=health_monitor_name(environment),
            base_url=PUBLIC_URL,
            path="/health",
            locations=_LOCATIONS,
            period="EVERY_MINUTE",
        ),
        CertificateMonitor(
            key="web-certificate",
            name=certificate_monitor_name(environment),
            base_url=PUBLIC_URL,
            locations=_LOCATIONS[:1],
            days_before=14,
        ),
    )


def muting_rules(environment: Environment) -> tuple[MutingRule, ...]:
    """Return the weekly deploy window, in which alerts that can wait stay silent; pages never do."""
    return (
        MutingRule(
            key="deploy-window",
            name=environment.named("Deploy window"),
            description="Tuesdays and Thursdays, when deploys go out: alerts that page nobody stay silent.",
            policies=(SLACK_POLICY, EMAIL_POLICY, COST_EMAIL_POLICY),
            time_zone="America/Los_Angeles",
            first_start="2026-01-06T10:00:00",
            first_end="2026-01-06T10:30:00",
            weekdays=("TUESDAY", "THURSDAY"),
        ),
    )


def data_rules(environment: Environment) -> tuple[DataRule, ...]:
    """Return what is not kept, or kept apart."""
    ours = f"'{ai_service(environment)}', '{web_service(environment)}'"
    return (
        DropRule(
            key="debug-logs",
            name=environment.named("Drop debug logs"),
            description="Debug lines are for a developer's own machine; in New Relic they would only cost.",
            statement=f"DELETE FROM Log WHERE service IN ({ours}) AND level = 'debug'",  # noqa: S608  # NRQL, not SQL
        ),
        LogPartition(
            key="service-logs",
            description="Logs of the services, kept 30 days apart from everybody else's.",
            partition=f"Log_legal_platform_{environment.name}",
            where=f"service IN ({ours})",
            retention="SECONDARY",
        ),
    )
