"""Synthetic checks as New Relic takes them."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from pulumi_newrelic import synthetics

from infra.context import Context
from monitors.spec import CertificateMonitor, PingMonitor

# The oldest runtimes were switched off; the SDK's documentation names this one for certificate checks.
_RUNTIME: Final = "NODE_API"
_RUNTIME_VERSION: Final = "22.20.0"


def ping_arguments(monitor: PingMonitor, *, context: Context) -> synthetics.MonitorArgs:
    """Return a simple request; it is a GET, since a service need not answer HEAD and a HEAD has no text to search."""
    return synthetics.MonitorArgs(
        account_id=context.account_id,
        name=monitor.name,
        type="SIMPLE",
        status="ENABLED",
        uri=context.settings.text(monitor.base_url).rstrip("/") + monitor.path,
        period=monitor.period,
        locations_publics=list(monitor.locations),
        validation_string=monitor.expected_text or None,
        verify_ssl=monitor.verify_tls,
        bypass_head_request=True,
        treat_redirect_as_failure=False,
        tags=[synthetics.MonitorTagArgs(key=key, values=[context.tags[key]]) for key in sorted(context.tags)],
    )


def certificate_arguments(monitor: CertificateMonitor, *, context: Context) -> synthetics.CertCheckMonitorArgs:
    """Return a certificate check of the address's host, without a port: New Relic takes none.

    Raises `ValueError` when the address names no host.
    """
    return synthetics.CertCheckMonitorArgs(
        account_id=context.account_id,
        name=monitor.name,
        status="ENABLED",
        domain=_host(monitor, context.settings.text(monitor.base_url)),
        certificate_expiration=monitor.days_before,
        period=monitor.period,
        locations_publics=list(monitor.locations),
        runtime_type=_RUNTIME,
        runtime_type_version=_RUNTIME_VERSION,
        tags=[synthetics.CertCheckMonitorTagArgs(key=key, values=[context.tags[key]]) for key in sorted(context.tags)],
    )


def _host(monitor: CertificateMonitor, url: str) -> str:
    host = urlsplit(url).hostname
    if not host:
        raise ValueError(
            f'certificate monitor "{monitor.key}": setting {monitor.base_url.name} is {url!r}, which names no host; '
            "give a whole address, such as https://legal.example.com."
        )
    return host
