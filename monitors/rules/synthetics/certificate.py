"""Certificates that nobody looks at, or that are looked at when it is too late to renew them in peace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import CertificateMonitor, PingMonitor

_LEAST_DAYS: Final = 7  # a week holds two working days, whatever holidays are in it


def _run(review: Review) -> Iterator[Finding]:
    for monitor in review.stack.observability.monitors:
        subject = review.subject("monitor", monitor)
        match monitor:
            case PingMonitor(verify_tls=False):
                message = "verify_tls is False: the monitor is content with a certificate that users' browsers refuse."
                yield Finding(subject, "verify_tls", message, "Leave verify_tls out, which verifies.")
            case CertificateMonitor(days_before=days) if days < _LEAST_DAYS:
                message = f"days_before is {days}: a weekend and a holiday later the certificate has expired."
                yield Finding(subject, "days_before", message, "Give 14 days or more.")


CHECK = Check(
    code="synthetics/certificate",
    level=Level.WARNING,
    summary="A certificate is not verified, or its end is told too late.",
    run=_run,
)
