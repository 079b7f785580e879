"""paths/assertion-matches-nothing: an assertion is about some alert that is enabled."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages

from monitors.rules.paths.assertion_matches_nothing import CHECK
from monitors.spec import Severity, WakesNobody


def test_a_severity_that_no_alert_has_is_found() -> None:
    assertion = build.assertion(severities=(Severity.SEV3, Severity.SEV4), expects=WakesNobody())
    assert messages(CHECK, build.stack(assertions=(assertion,))) == [
        "No enabled alert is SEV3 or SEV4: it is about nothing, and holds whatever becomes of pages."
    ]


def test_alerts_that_are_disabled_are_found() -> None:
    conditions = (build.condition(enabled=False), build.condition(key="more", name="More"))
    observability = build.observability(policies=(build.policy(conditions=conditions),))
    assertion = build.assertion(conditions=("high-errors",))
    assert messages(CHECK, build.stack(assertions=(assertion,), observability=observability)) == [
        "None of its alerts (high-errors) is enabled: it is about nothing, and holds whatever becomes of pages."
    ]


def test_one_enabled_alert_is_enough() -> None:
    assertion = build.assertion(severities=(Severity.SEV1, Severity.SEV4))
    assert messages(CHECK, build.stack(assertions=(assertion,))) == []
