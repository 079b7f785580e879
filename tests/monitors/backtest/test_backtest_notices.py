"""Whom incidents would have reached: channels, people by the time of day, muting, and pages that are grouped."""

from __future__ import annotations

from datetime import datetime

import pytest

from monitors import catalog
from monitors.alerting import Incident
from monitors.backtest.hours import hours_of
from monitors.backtest.notices import Heard, heard
from monitors.backtest.result import Notice

PROD, STAGING = catalog.stack("prod"), catalog.stack("staging")


def _at(clock: str) -> float:
    """Return a moment of Monday, 5 October 2026 on the clocks of the people on call; a day may stand before it."""
    day, _, time = clock.rpartition(" ")
    moment = datetime.fromisoformat(f"2026-10-{int(day or 5):02}T{time}")
    return moment.replace(tzinfo=hours_of(PROD).zone).timestamp()


def _incident(key: str, opened: str, closed: str | None = None, **changes: object) -> Incident:
    fields = {"facet": (), "priority": "critical", "cause": "threshold", **changes}
    return Incident(key, opened_at=_at(opened), closed_at=_at(closed) if closed else None, **fields)  # type: ignore[arg-type]


def _heard(*incidents: Incident, stack: object = PROD, until: str = "9 00:00") -> list[Heard]:
    found = heard(stack, incidents, _at(until))  # type: ignore[arg-type]
    return [found[incident] for incident in incidents]


def test_a_page_reaches_people_by_role_level_after_level_until_it_closes() -> None:
    (told,) = _heard(_incident("high-skill-error-rate", "03:00", "03:14"))
    (page,) = told.notices
    assert (page.channel, page.kind, page.at, page.is_urgent) == ("PagerDuty SEV1 (prod)", "page", _at("03:00"), True)
    assert [(level.after_minutes, len(level.roles)) for level in page.levels] == [(0, 1), (5, 2)]


def test_nobody_is_counted_twice_in_the_repetitions_of_an_escalation() -> None:
    (told,) = _heard(_incident("high-skill-error-rate", "03:00"))
    roles = [role for level in told.notices[0].levels for role in level.roles]
    assert len(set(roles)) == len(roles) == 4


def test_whoever_is_paged_depends_on_when_it_is() -> None:
    first, second = _heard(
        _incident("high-skill-error-rate", "10:00", "11:00"), _incident("high-skill-error-rate", "12 10:00"),
        until="13 00:00",
    )  # fmt: skip
    assert first.notices[0].woken != second.notices[0].woken


def test_the_rollback_pages_and_asks_the_service() -> None:
    (told,) = _heard(_incident("rollback-memory", "12:00"))
    assert [(notice.channel, notice.kind) for notice in told.notices] == [
        ("PagerDuty SEV1 (prod)", "page"),
        ("Automatic rollback (prod)", "webhook"),
    ]


def test_slack_and_mail_are_told_without_people() -> None:
    chat, mail = _heard(_incident("slow-skill", "12:00", priority="warning"), _incident("low-cache-hit-rate", "12:00"))
    assert chat.notices == (Notice("Slack", "slack", _at("12:00"), is_urgent=False),)
    assert [notice.kind for notice in mail.notices] == ["e-mail"]


def test_a_warning_joins_what_was_told_of_the_same_signal() -> None:
    warning, critical = _heard(
        _incident("fallback-rate", "12:00", "13:00", priority="warning"), _incident("fallback-rate", "12:10", "12:50")
    )
    assert [notice.kind for notice in warning.notices] == ["slack"]
    assert (critical.notices, critical.joined) == ((), True)


def test_an_incident_in_the_deploy_window_is_muted_by_its_rule() -> None:
    (told,) = _heard(_incident("slow-skill", "6 10:05", "6 10:20", priority="warning"))
    assert told == Heard((), "deploy-window", False)


def test_what_is_still_open_when_a_muting_window_ends_is_told_then() -> None:
    (told,) = _heard(_incident("slow-skill", "6 10:05", "6 11:20", priority="warning"))
    assert [notice.at for notice in told.notices] == [_at("6 10:30")]
    assert told.muted_by is None


def test_pages_of_one_fault_are_one_page_within_the_time_of_the_service() -> None:
    first, second, later = _heard(
        _incident("high-skill-error-rate", "12:00", "13:00"),
        _incident("skills-service-down", "12:04", "13:00"),
        _incident("availability-fast-burn", "12:06", "13:00"),
    )
    assert [one.notices[0].grouped for one in (first, second, later)] == [False, True, False]
    assert second.notices[0].woken == ()


def test_a_page_after_the_first_was_resolved_is_a_page_of_its_own() -> None:
    first, second = _heard(
        _incident("high-skill-error-rate", "12:00", "12:01"), _incident("skills-service-down", "12:03", "13:00")
    )
    assert [one.notices[0].grouped for one in (first, second)] == [False, False]


@pytest.mark.parametrize(("clock", "somebody"), [("12:00", True), ("03:00", False)])
def test_staging_wakes_nobody_outside_working_hours(clock: str, somebody: bool) -> None:
    (told,) = _heard(_incident("high-skill-error-rate", clock, "23:00"), stack=STAGING)
    assert bool(told.notices[0].woken) is somebody


def test_what_would_be_told_after_the_end_of_the_data_is_not() -> None:
    (told,) = _heard(_incident("slow-skill", "6 10:05", priority="warning"), until="6 10:20")
    assert told.notices == ()
