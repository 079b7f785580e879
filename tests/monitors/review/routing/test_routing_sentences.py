"""What people read of the commonest edits of routing and on call, word by word."""

from __future__ import annotations

from routing_edits import (
    PROD,
    STAGING,
    edited,
    observability,
    response,
    texts,
    the_change,
    told,
    with_layer,
    with_muting,
    with_policy,
    with_service,
    with_workflow,
    working_hours,
)

from monitors.review.changes import Area, Danger, Operation
from monitors.spec import EscalationLevel, ScheduleTarget, Stack

SEV1, SEV2 = PROD.response.escalation_policies
PAGE_SEV1 = PROD.observability.workflows[0]


def without_webhook() -> Stack:
    """Return the stack without its webhook, and without the variable that holds its secret."""
    groups = tuple(
        one.model_copy(
            update={"variables": tuple(each for each in one.variables if each.name != "PAGERDUTY_WEBHOOK_SECRET")}
        )
        for one in PROD.platform.groups
    )
    stack = PROD.model_copy(update={"platform": PROD.platform.model_copy(update={"groups": groups})})
    return response(stack, webhooks=())


def test_a_rotation_that_is_edited_tells_who_is_on_call_this_week_and_the_next_ones() -> None:
    found = the_change(with_layer("ai-primary", users=("ai-engineer-b", "ai-engineer-a", "ai-engineer-c")))
    assert texts(found) == [
        'Schedule "AI primary (prod)": AI engineer A and AI engineer B change places: AI engineer A is on call first.',
        "Until Mon 30 Nov 09:00 AI engineer A is on call, was AI engineer B (America/Los_Angeles).",
        "From Mon 7 Dec 09:00 to Mon 14 Dec 09:00 AI engineer B is on call, was AI engineer A.",
        "From Mon 14 Dec 09:00 to Mon 21 Dec 09:00 AI engineer A is on call, was AI engineer B.",
        'AI engineer B is on two levels of "AI service SEV1" and "AI service SEV2" at once from Mon 7 Dec 09:00 to Mon '
        "14 Dec 09:00 for the first time, 672 h of the next 90 days; was never.",
        "Turns: AI engineer B, then AI engineer A, then AI engineer C; was AI engineer A, then AI engineer B, then AI "
        "engineer C.",
        "Hours on call: AI engineer A 789 h (was 672 h), AI engineer B 672 h (was 789 h), in the next 90 days.",
    ]
    assert (found.danger, found.area, found.operation) == (Danger.MEDIUM, Area.ON_CALL, Operation.CHANGED)


def test_a_new_level_tells_who_is_asked_later_and_who_is_asked_too() -> None:
    level = EscalationLevel(targets=(ScheduleTarget(schedule="platform-primary"),), delay_minutes=10)
    found = the_change(with_policy("sev2", levels=(SEV2.levels[0], level, *SEV2.levels[1:])))
    assert texts(found) == [
        'Escalation policy "AI service SEV2 (prod)": A SEV2 page that nobody answers reaches AI secondary (now AI '
        "engineer C) after 25 min (was after 15 min) and Engineering lead after 40 min (was after 30 min). It also "
        "reaches Platform primary (now Platform engineer B) after 15 min.",
        "Unanswered, everybody is asked 3 times and it gives up after 3 h 30 min; was 3 times and 3 h.",
        "It asks AI primary for 15 min, then Platform primary for 10 min, then AI secondary for 15 min, then "
        "Engineering lead for 30 min; was AI primary for 15 min, then AI secondary for 15 min, then Engineering lead "
        "for 30 min.",
    ]
    assert found.danger is Danger.HIGH  # a SEV2 has to be answered within 30 min


def test_a_level_that_waits_longer_tells_by_when_the_next_person_is_reached() -> None:
    levels = (SEV1.levels[0], SEV1.levels[1].model_copy(update={"delay_minutes": 20}), SEV1.levels[2])
    found = the_change(with_policy("sev1", levels=levels))
    assert found.headline == (
        'Escalation policy "AI service SEV1 (prod)": A SEV1 page that nobody answers reaches Engineering lead after 25 '
        "min, was after 15 min."
    )
    assert found.danger is Danger.HIGH  # a SEV1 has to be answered within 15 min


def test_support_hours_tell_when_nobody_is_woken() -> None:
    found = the_change(with_service("ai-sev2", urgency=STAGING.response.services[0].urgency))
    assert texts(found) == [
        'PagerDuty service "AI service SEV2 (prod)": A SEV2 page wakes nobody from 17:00 to 09:00 and at weekends and '
        "tells AI primary (now AI engineer B) in silence; it woke AI primary (now AI engineer B) at once.",
        "Incidents wake somebody from 09:00 to 17:00 on Monday to Friday (America/Los_Angeles) and nobody otherwise; "
        "before: incidents wake somebody at every hour.",
    ]
    assert found.danger is Danger.HIGH


def test_a_route_that_changes_tells_which_alerts_are_told_where_and_who_is_paged_otherwise() -> None:
    channel = PAGE_SEV1.channels[0].model_copy(update={"destination": "pagerduty-sev2"})
    found = the_change(with_workflow("page-sev1", channels=(channel,)))
    assert texts(found) == [
        'Workflow "Page SEV1 (prod)": A page of "AI service: page SEV1" that nobody answers reaches AI secondary (now '
        "AI engineer C) after 15 min (was after 5 min) and Engineering lead after 30 min (was after 15 min). It no "
        "longer reaches Platform primary (now Platform engineer B), who was asked after 5 min.",
        '4 SEV1 alerts ("Skills Service Down", "High Skill Error Rate", "Web service unreachable" and 1 more) are told '
        'to the PagerDuty service "AI service SEV2 (prod)"; was the PagerDuty service "AI service SEV1 (prod)".',
    ]
    assert found.danger is Danger.HIGH


def test_auto_resolve_tells_that_a_real_outage_would_be_resolved() -> None:
    found = the_change(with_service("ai-sev1", auto_resolve_seconds=4 * 3600))
    assert texts(found) == [
        'PagerDuty service "AI service SEV1 (prod)": A real outage would be resolved after 4 h though nobody has '
        "solved it; was never."
    ]
    assert found.danger is Danger.HIGH


def test_a_restriction_tells_the_exact_hours_at_which_nobody_is_on_call_and_who_is_asked_instead() -> None:
    found = the_change(with_layer("ai-primary", restrictions=working_hours()))
    assert texts(found) == [
        'Schedule "AI primary (prod)": A SEV1 page wakes AI secondary (now AI engineer C) and Platform primary (now '
        "Platform engineer B) first from 17:00 to 09:00 and at weekends, was AI primary (now AI engineer B). "
        "Unanswered, it reaches Engineering lead after 10 min, was after 15 min.",
        "A SEV2 page wakes AI secondary (now AI engineer C) first from 17:00 to 09:00 and at weekends, was AI primary "
        "(now AI engineer B). Unanswered, it reaches Engineering lead after 15 min, was after 30 min.",
        "Nobody is on call from 17:00 to 09:00 and at weekends, 128 h a week (America/Los_Angeles), 1,648 h of the "
        "next 90 days; somebody was.",
        "Hours: from 09:00 to 17:00 on Monday to Friday; was at every hour.",
        "Hours on call: AI engineer B 181 h (was 789 h), AI engineer C 171 h (was 699 h), AI engineer A 160 h (was "
        "672 h), in the next 90 days.",
    ]
    assert found.danger is Danger.HIGH


def test_a_muting_window_tells_its_hours_of_a_week_in_local_words() -> None:
    found = the_change(with_muting(first_end="2026-01-06T12:00:00"))
    assert texts(found) == [
        'Muting rule "Deploy window (prod)": Muted from 10:00 to 12:00 on Tuesday and Thursday (America/Los_Angeles), '
        "4 h a week; was from 10:00 to 10:30 on Tuesday and Thursday (America/Los_Angeles), 1 h a week."
    ]
    assert found.danger is Danger.LOW


def test_a_muting_rule_that_covers_a_page_tells_that_it_wakes_nobody() -> None:
    policies = (*PROD.observability.muting_rules[0].policies, "page-sev1")
    found = the_change(with_muting(policies=policies))
    assert texts(found) == [
        'Muting rule "Deploy window (prod)": It mutes 4 alerts that page: a SEV1 wakes nobody from 10:00 to 10:30 on '
        "Tuesday and Thursday (America/Los_Angeles), 1 h a week.",
        '4 SEV1 alerts ("Skills Service Down", "High Skill Error Rate", "Web service unreachable" and 1 more) are '
        "muted too, from 10:00 to 10:30 on Tuesday and Thursday (America/Los_Angeles), 1 h a week.",
    ]
    assert found.danger is Danger.HIGH


def test_a_webhook_that_is_removed_tells_that_the_rollback_no_longer_hears() -> None:
    found = the_change(without_webhook())
    assert texts(found) == [
        'Webhook subscription "rollback" is gone. The automatic rollback no longer hears of the incidents of "AI '
        'service SEV1".'
    ]
    assert (found.danger, found.operation) == (Danger.HIGH, Operation.REMOVED)


def test_another_escalation_policy_tells_who_is_reached_later_and_who_no_longer() -> None:
    found = the_change(with_service("ai-sev1", escalation_policy="sev2"))
    assert texts(found) == [
        'PagerDuty service "AI service SEV1 (prod)": A SEV1 page that nobody answers reaches AI secondary (now AI '
        "engineer C) after 15 min (was after 5 min) and Engineering lead after 30 min (was after 15 min). It no longer "
        "reaches Platform primary (now Platform engineer B), who was asked after 5 min.",
        'Incidents are escalated by "AI service SEV2": AI primary for 15 min, then AI secondary for 15 min, then '
        'Engineering lead for 30 min; was by "AI service SEV1": AI primary for 5 min, then AI secondary and Platform '
        "primary for 10 min, then Engineering lead for 15 min. It gives up after 3 h, was 2 h.",
    ]


def test_a_page_that_loses_its_runbook_says_so_and_names_the_rules_that_read_it() -> None:
    channel = PAGE_SEV1.channels[0]
    details = {name: text for name, text in getattr(channel, "details").items() if name != "runbook"}  # noqa: B009
    found = the_change(with_workflow("page-sev1", channels=(channel.model_copy(update={"details": details}),)))
    assert found.headline == (
        'Workflow "Page SEV1 (prod)": The page no longer carries the runbook link, which the event rules "Note the '
        'runbook, severity critical" and "Note the runbook, severity error" read.'
    )


def test_a_start_that_moves_tells_by_how_much_everybody_moves() -> None:
    found = the_change(with_layer("ai-primary", start="2026-01-12T09:00:00-08:00"))
    assert (
        "The rotation begins on Mon 12 Jan 2026 09:00, 7 days later than before. Everybody's turns move by 1 turn."
        in (texts(found))
    )


def test_a_handover_is_told_on_the_clocks_of_the_schedule() -> None:
    found = the_change(with_layer("ai-primary", start="2026-01-05T10:00:00-08:00"))
    assert found.headline == (
        'Schedule "AI primary (prod)": From Mon 30 Nov 09:00 to 10:00 AI engineer B is on call, was AI '
        "engineer C (America/Los_Angeles)."
    )
    assert "It hands over every week on Monday at 10:00; was every week on Monday at 09:00." in texts(found)


def test_somebody_who_joins_and_somebody_who_leaves_are_told_with_their_turns() -> None:
    found = texts(the_change(with_layer("ai-primary", users=("ai-engineer-a", "ai-engineer-b", "engineering-lead"))))
    assert "Engineering lead is on call for the first time on Mon 30 Nov 09:00." in found
    assert (
        "AI engineer C is no longer on call; without the change their next turn would have begun on Mon 30 Nov 09:00."
        in found
    )


def test_a_name_alone_tells_nobody_otherwise() -> None:
    found = the_change(with_service("ai-sev1", name="AI service, worst (prod)"))
    assert found.headline == (
        'PagerDuty service "AI service, worst (prod)": It was called "AI service SEV1 (prod)" and is called "AI '
        'service, worst (prod)". Nobody is told otherwise.'
    )
    assert (found.danger, found.operation) == (Danger.HARMLESS, Operation.RENAMED)


def test_what_several_edits_come_to_is_told_once_at_the_service() -> None:
    stack = with_service("ai-sev1", auto_resolve_seconds=600)
    levels = (SEV1.levels[0].model_copy(update={"delay_minutes": 8}), *SEV1.levels[1:])
    service, policy = told(with_policy("sev1", stack, levels=levels))
    assert (service.subject, policy.subject) == ("pagerduty-service/ai-sev1", "escalation-policy/sev1")
    assert "A SEV1 page" in service.headline
    assert not any("A SEV1 page" in text for text in texts(policy))


def test_a_user_that_is_renamed_is_no_other_person() -> None:
    def renamed(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple("lead" if key == "engineering-lead" else key for key in keys)

    # Without what is asserted of people, which names them by key.
    before = PROD.model_copy(update={"assertions": ()})
    of = before.response
    stack = response(
        before,
        users=tuple(
            one.model_copy(update={"key": "lead"}) if one.key == "engineering-lead" else one for one in of.users
        ),
        teams=tuple(one.model_copy(update={"members": renamed(one.members)}) for one in of.teams),
        schedules=tuple(
            one.model_copy(
                update={"layers": tuple(each.model_copy(update={"users": renamed(each.users)}) for each in one.layers)}
            )
            for one in of.schedules
        ),
    )
    found = told(stack, before)
    assert {one.danger for one in found} == {Danger.HARMLESS}
    assert [one.subject for one in found if one.operation is Operation.RENAMED] == ["user/lead"]
    assert {one.former for one in found} == {None, "user/engineering-lead"}


def test_a_schedule_that_is_renamed_is_no_other_rotation() -> None:
    of = PROD.response
    stack = response(
        schedules=tuple(
            one.model_copy(update={"key": "first-line"}) if one.key == "ai-primary" else one for one in of.schedules
        ),
        escalation_policies=tuple(
            one.model_copy(
                update={
                    "levels": (
                        one.levels[0].model_copy(update={"targets": (ScheduleTarget(schedule="first-line"),)}),
                        *one.levels[1:],
                    )
                }
            )
            for one in of.escalation_policies
        ),
    )
    schedule, *policies = told(stack)
    assert (schedule.subject, schedule.former) == ("schedule/first-line", "schedule/ai-primary")
    assert (schedule.operation, schedule.danger) == (Operation.RENAMED, Danger.LOW)
    assert [one.danger for one in policies] == [Danger.HARMLESS, Danger.HARMLESS]


def test_an_address_is_told_by_its_settings_name() -> None:
    destination = next(one for one in PROD.observability.destinations if one.key == "team-mail")
    other = getattr(destination, "addresses").model_copy(update={"name": "otherEmails"})  # noqa: B009
    found = the_change(
        observability(destinations=edited(PROD.observability.destinations, "team-mail", addresses=other))
    )
    assert found.headline == (
        'E-mail destination "AI service team (prod)": Mail goes to the addresses of the setting otherEmails; was the '
        'setting alertEmails. It carries 2 SEV3 alerts ("Low Cache Hit Rate" and "Prompt cache hit rate"). Each new '
        "address has to confirm first."
    )


def test_equal_stacks_are_told_nothing_of() -> None:
    assert told(PROD.model_copy()) == []
