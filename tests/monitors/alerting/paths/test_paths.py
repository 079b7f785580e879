"""Paths of the catalogue and of stacks with one thing changed: every hop, why not, muting, events, and who is next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from path_stacks import condition, with_a_warning, with_observability, with_response, with_service, with_workflow

from monitors import catalog
from monitors.alerting.paths import Path, Proof, Prover, paths
from monitors.alerting.pcl import Event
from monitors.alerting.rota import Override
from monitors.spec import ConstantUrgency, EventRule, MutingRule, Priority, Stack, SupportHours, UserTarget

PACIFIC = ZoneInfo("America/Los_Angeles")
NIGHT = datetime(2026, 12, 24, 3, tzinfo=PACIFIC)
SEV1 = "high-skill-error-rate"
SEV1_EVENT = Event({("event", "custom_details", "severity"): "SEV1"})


def prod() -> Stack:
    return catalog.stack("prod")


def proof(stack: Stack, key: str = SEV1, at: datetime = NIGHT, priority: Priority | None = None) -> Proof:
    return Prover(stack, at).issue(condition(stack, key), priority)


def page(stack: Stack, key: str = SEV1, at: datetime = NIGHT) -> Path:
    (found,) = proof(stack, key, at).pages
    return found


def kinds(path: Path) -> list[str]:
    return [hop.kind for hop in path.hops]


def says(path: Path, kind: str) -> list[str]:
    return [hop.says for hop in (*path.hops, *path.ends) if hop.kind == kind]


def test_a_page_goes_from_the_condition_to_the_person_hop_by_hop() -> None:
    found = page(prod())
    assert kinds(found) == [
        "condition", "policy", "workflow", "channel", "destination", "integration",
        "pagerduty-service", "event-rule", "urgency", "escalation-policy",
    ]  # fmt: skip
    first = found.notified[0]
    assert (first.after_seconds, first.users) == (0, ("ai-engineer-c",))
    assert [hop.kind for hop in first.hops] == ["level", "schedule", "layer"]


def test_every_hop_of_a_page_knows_the_line_it_is_declared_at() -> None:
    found = page(prod())
    hops = [*found.hops, *found.ends, *(hop for one in found.notified for hop in one.hops)]
    assert all(hop.place is not None and hop.place.path.startswith("monitors/catalog/") for hop in hops)


def test_who_is_on_call_is_asked_when_the_level_comes() -> None:
    """The handover is on Monday at 9: an incident from just before reaches those of after it in its second level."""
    at = datetime(2026, 12, 21, 8, 56, tzinfo=PACIFIC)
    before, after = page(prod(), at=at), page(prod(), at=at + timedelta(minutes=10))
    assert before.notified[0].users != after.notified[0].users
    assert before.notified[1].users == after.notified[1].users


def test_an_override_is_told_as_one() -> None:
    stands_in = Override("ai-primary", "ai-engineer-b", NIGHT, NIGHT + timedelta(hours=1))
    (found,) = paths(prod(), condition(prod(), SEV1), NIGHT, overrides=(stands_in,))
    assert found.notified[0].users == ("ai-engineer-b",)
    assert found.notified[0].hops[1].says == "AI engineer B is on call by an override."


def test_a_user_whom_the_level_names_is_told_as_one() -> None:
    stack = prod()
    first, *others = stack.response.escalation_policies
    level = first.levels[0].model_copy(update={"targets": (UserTarget(user="engineering-lead"),)})
    changed = first.model_copy(update={"levels": (level, *first.levels[1:])})
    found = page(with_response(stack, escalation_policies=(changed, *others)))
    assert [hop.says for hop in found.notified[0].hops if hop.kind == "user"] == ["The level names this user itself."]


def test_staging_at_night_pages_nobody_and_says_who_is_next() -> None:
    found = page(catalog.stack("staging"))
    assert found.notified == ()
    assert not found.reaches
    assert found.next is not None
    assert found.next.at == datetime(2026, 12, 24, 9, tzinfo=PACIFIC)
    assert "PagerDuty makes no incident, and nobody is notified." in says(found, "escalation-policy")[0]


def test_a_level_that_is_passed_over_is_told() -> None:
    """At five to five in staging the lead's turn would come after the end of the working day."""
    found = page(catalog.stack("staging"), at=datetime(2026, 12, 23, 16, 50, tzinfo=PACIFIC))
    assert [one.after_seconds for one in found.notified] == [0, 300]
    assert [hop.says for hop in found.ends if hop.kind == "passed-over"] == [
        'Loop 1: passed over without waiting, nobody is on call in "Engineering lead (staging)".',
        "Loops 2 to 4 reach nobody: by then nobody is on call at any level.",
    ]


def test_low_urgency_does_not_escalate() -> None:
    stack = with_service(prod(), "ai-sev1", urgency=ConstantUrgency(urgency="low"))
    found = page(stack)
    assert [one.users for one in found.notified] == [("ai-engineer-c",)]
    assert says(found, "escalation-policy")[-1] == "Low urgency does not escalate: it stays with AI engineer C."
    assert found.ends_seconds is None


def test_support_hours_that_raise_are_told_where_they_do() -> None:
    hours = SupportHours(
        time_zone="America/Los_Angeles", weekdays=(1, 2, 3, 4, 5), start="09:00:00", end="17:00:00",
        inside="high", outside="low", raise_at_start=True,
    )  # fmt: skip
    found = page(with_service(prod(), "ai-sev1", urgency=hours))
    assert [(one.after_seconds, one.urgency) for one in found.notified[:2]] == [(0, "low"), (6 * 3600, "high")]
    assert found.notified[1].hops[0].says.startswith("Support hours begin Thu 24 Dec 2026 09:00")


def test_support_hours_that_raise_when_nobody_is_on_call_any_more_are_told() -> None:
    hours = SupportHours(
        time_zone="America/Los_Angeles", weekdays=(4,), start="17:00:00", end="18:00:00",
        inside="high", outside="low", raise_at_start=True,
    )  # fmt: skip
    found = page(with_service(catalog.stack("staging"), "ai-sev1", urgency=hours), at=NIGHT + timedelta(hours=7))
    assert [one.urgency for one in found.notified] == ["low"]
    assert found.ends[0].says.startswith("Support hours begin Thu 24 Dec 2026 17:00")
    assert found.ends[1].says == "It reaches nobody then: nobody is on call at any level."


def test_support_hours_of_one_urgency_are_told_as_inside_or_outside() -> None:
    hours = SupportHours(
        time_zone="America/Los_Angeles", weekdays=(4,), start="02:00:00", end="17:00:00", inside="high", outside="high"
    )
    found = page(with_service(prod(), "ai-sev1", urgency=hours))
    assert says(found, "urgency")[0].startswith("Within support hours")


def test_an_event_rule_that_suppresses_ends_the_path() -> None:
    rule = EventRule(label="Quiet", condition="event.custom_details.severity matches 'SEV1'", suppress=True)
    found = page(with_service(prod(), "ai-sev1", event_rules=(rule,)))
    assert (found.notified, found.next) == ((), None)
    assert kinds(found)[-1] == "event-rule"
    assert says(found, "event-rule")[0].endswith("it makes no incident, and nobody is notified.")


def test_an_event_rule_that_the_specs_do_not_decide_is_said_to_be_unsure() -> None:
    rule = EventRule(label="Drills", condition="event.summary matches part 'drill'", suppress=True)
    found = page(with_service(prod(), "ai-sev1", event_rules=(rule,)))
    assert found.notified
    assert found.unsure == (
        "Event rule \"Drills\" makes no incident of it if event.summary matches part 'drill', which is not known "
        "before the event comes.",
    )


def test_what_stops_it_and_what_resolves_it_is_told() -> None:
    told = says(page(prod()), "pagerduty-service")
    assert "An acknowledgement stops the escalation; 1 h later, unresolved, the incident pages again." in told
    assert told[-1].startswith("New Relic, when the issue closes, or a person, resolves the incident")
    stack = with_service(prod(), "ai-sev1", acknowledgement_timeout_seconds=None, auto_resolve_seconds=14_400)
    told = says(page(stack), "pagerduty-service")
    assert "An acknowledgement stops the escalation for good." in told
    assert told[-1].endswith("the service does so by itself after 4 h.")


def test_the_escalation_ends_after_its_last_loop() -> None:
    found = page(prod())
    assert found.ends_seconds == 2 * 3600
    assert says(found, "escalation-policy")[-1] == (
        "The escalation ends 2 h after the page: the incident stays with Engineering lead."
    )


def test_slack_mail_and_webhooks_are_named_by_their_settings() -> None:
    slack, mail = proof(prod(), "slow-skill").paths[0], proof(prod(), "low-cache-hit-rate").paths[0]
    webhook = proof(prod(), "rollback-memory").paths[1]
    assert (slack.kind, says(slack, "destination")) == (
        "slack",
        ["The Slack workspace of the setting slackDestinationId."],
    )
    assert (mail.kind, says(mail, "destination")) == ("e-mail", ["The addresses of the setting alertEmails."])
    assert (webhook.kind, says(webhook, "destination")) == (
        "webhook", ["The address of the setting publicUrl, path /hooks/rollback."],
    )  # fmt: skip


def test_a_muted_issue_is_told_when_the_window_ends() -> None:
    found = proof(prod(), "slow-skill", datetime(2026, 12, 22, 10, 3, tzinfo=PACIFIC))
    (path,) = found.paths
    assert path.after_seconds == 27 * 60
    assert says(path, "muting-rule") == [
        "Ends Tue 22 Dec 2026 10:30 America/Los_Angeles: what is still open then, 27 min later, is a new issue."
    ]
    assert [hop.kind for hop in found.refusals] == ["muting-rule"]


def test_a_workflow_that_is_told_of_muted_issues_is_told_twice() -> None:
    stack = with_workflow(prod(), "slack", muted_issues="NOTIFY_ALL_ISSUES")
    found = proof(stack, "slow-skill", datetime(2026, 12, 22, 10, 3, tzinfo=PACIFIC))
    assert [path.after_seconds for path in found.paths] == [0, 27 * 60]


def test_a_page_of_a_muted_issue_ends_with_the_window_and_begins_anew() -> None:
    (rule,) = prod().observability.muting_rules
    rule = rule.model_copy(update={"policies": ("page-sev1",)})
    stack = with_workflow(
        with_observability(prod(), muting_rules=(rule,)), "page-sev1", muted_issues="NOTIFY_ALL_ISSUES"
    )
    found = proof(stack, at=datetime(2026, 12, 22, 10, 20, tzinfo=PACIFIC)).pages
    assert [[one.after_seconds // 60 for one in path.notified][:4] for path in found] == [[0, 5], [10, 15, 25, 40]]
    assert [path.ends_seconds for path in found] == [None, 130 * 60]


def test_what_is_muted_without_an_end_is_told_to_nobody() -> None:
    rules = tuple(
        MutingRule(
            key=f"all-day-{hour}", name="All day", description="Muted for good.", policies=("page-sev1",),
            time_zone="Etc/UTC", first_start=f"2026-01-05T{hour:02}:00:00", first_end=f"2026-01-06T{hour:02}:00:00",
            weekdays=("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
        )
        for hour in (0, 12)
    )  # fmt: skip
    found = proof(with_observability(prod(), muting_rules=rules))
    assert found.paths == ()
    assert {hop.kind for hop in found.refusals} == {"muting-rule"}


def test_the_priority_is_the_worst_unless_it_is_asked_for() -> None:
    assert proof(prod(), "api-key-age").priority is Priority.CRITICAL
    assert proof(prod(), "api-key-age", priority=Priority.HIGH).priority is Priority.HIGH
    assert proof(prod(), "slow-skill").priority is Priority.HIGH


def test_a_priority_that_the_condition_does_not_open_is_refused_with_the_reason() -> None:
    found = proof(prod(), priority=Priority.HIGH)
    assert found.paths == ()
    assert found.refusals[0].says == "It opens no HIGH issue: it has no warning threshold."


def test_a_workflow_that_does_not_take_the_priority_says_so() -> None:
    found = proof(with_a_warning(prod(), SEV1), priority=Priority.HIGH)
    assert found.paths == ()
    assert found.refusals[0].says == "Takes CRITICAL issues of this policy, and this one is HIGH."


def test_a_disabled_condition_opens_nothing() -> None:
    stack = prod()
    policies = tuple(
        one.model_copy(
            update={"conditions": tuple(each.model_copy(update={"enabled": False}) for each in one.conditions)}
        )
        for one in stack.observability.policies
    )
    found = proof(with_observability(stack, policies=policies))
    assert (found.paths, found.refusals[0].says) == ((), "It is disabled, and opens nothing.")


def test_an_event_takes_the_first_route_that_matches() -> None:
    stack = prod()
    (found,) = Prover(stack, NIGHT).event(stack.response.orchestrations[0], SEV1_EVENT).paths
    assert (found.service, found.unsure) == ("ai-sev1", ())
    assert found.notified[0].users == ("ai-engineer-c",)
    assert says(found, "pagerduty-service")[-1].startswith("The program that sent the event")


def test_an_event_that_matches_no_route_goes_to_the_service_for_all_others() -> None:
    stack = prod()
    event = Event({("event", "custom_details", "severity"): "SEV3"})
    (found,) = Prover(stack, NIGHT).event(stack.response.orchestrations[0], event).paths
    assert found.service == "ai-sev2"
    assert [kind for kind in kinds(found) if "route" in kind] == ["route-passed", "route-passed"]


def test_an_event_of_which_nothing_is_known_may_take_every_route_and_says_so() -> None:
    stack = prod()
    found = Prover(stack, NIGHT).event(stack.response.orchestrations[0], Event()).paths
    assert [(path.service, len(path.unsure)) for path in found] == [("ai-sev1", 1), ("ai-sev2", 2), ("ai-sev2", 1)]


@pytest.mark.parametrize("at", [NIGHT, NIGHT.astimezone(UTC), NIGHT.astimezone(ZoneInfo("Asia/Tokyo"))])
def test_the_zone_of_the_moment_does_not_matter(at: datetime) -> None:
    assert page(prod(), at=at).notified == page(prod()).notified


def test_fractions_of_a_second_do_not_matter() -> None:
    assert page(prod(), at=NIGHT + timedelta(microseconds=999_999)).notified == page(prod()).notified
