"""synthetics/certificate: a certificate is not verified, or its end is told too late."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors.rules.synthetics.certificate import CHECK


def test_a_ping_that_does_not_verify_is_found() -> None:
    (found,) = findings(CHECK, build.ping(verify_tls=False))
    assert (found.subject.key, found.field) == ("monitor/health", "verify_tls")
    assert (
        found.message == "verify_tls is False: the monitor is content with a certificate that users' browsers refuse."
    )
    assert found.advice == "Leave verify_tls out, which verifies."


@pytest.mark.parametrize(("days_before", "found"), [(1, 1), (6, 1), (7, 0), (14, 0)])
def test_an_end_that_is_told_within_its_last_week_is_found(days_before: int, found: int) -> None:
    assert len(messages(CHECK, build.certificate(days_before=days_before))) == found


def test_the_message_names_the_days() -> None:
    (found,) = findings(CHECK, build.certificate(days_before=1))
    assert (found.subject.key, found.field) == ("monitor/tls", "days_before")
    assert found.message == "days_before is 1: a weekend and a holiday later the certificate has expired."


def test_a_ping_that_verifies_is_let_be() -> None:
    assert messages(CHECK, build.ping()) == []
