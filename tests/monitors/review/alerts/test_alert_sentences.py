"""What people read of the commonest edits of alerts, word by word."""

from __future__ import annotations

from typing import Any

import pytest
from reviewed_stacks import (
    ERRORS,
    PROD,
    SEV2,
    SLOW,
    above,
    condition,
    edited,
    moved,
    policy,
    texts,
    the_change,
    without,
)

from monitors.review.changes import Area, Danger, Operation
from monitors.spec import (
    Baseline,
    EventFlow,
    EventTimer,
    Fill,
    IncidentPreference,
    LossOfSignal,
    Occurrences,
    Operator,
    RunbookSection,
    Severity,
    Signal,
)

DOWN, FALLBACK, USUAL = "skills-service-down", "fallback-rate", "unexpected-model-distribution"


def test_a_threshold_that_rises_tells_what_pages_nobody_any_more() -> None:
    found = the_change(edited(ERRORS, critical=above(7)))
    assert found.headline == (
        '"High Skill Error Rate" opens above 7 % for 5 min, before above 5 %: from 5 to 7 % nobody is paged any more.'
    )
    assert (found.danger, found.area, found.operation) == (Danger.HIGH, Area.ALERTS, Operation.CHANGED)
    assert texts(found) == {
        "critical threshold": "From 5 to 7 % nobody is paged any more.",
        "blind for": (
            "It is evaluated from the start again, because its threshold changed: no threshold opens it for 6 to "
            "7 min, whatever happens."
        ),
    }
    assert [(one.before, one.after, one.field) for one in found.facts[:1]] == [
        ("above 5 %", "above 7 %", "critical.value")
    ]


def test_a_threshold_that_falls_comes_earlier_and_more_often() -> None:
    found = the_change(edited(ERRORS, critical=above(3)))
    assert found.headline == (
        '"High Skill Error Rate" opens above 3 % for 5 min, before above 5 %: it comes earlier and more often, '
        "already from 3 to 5 %."
    )
    assert found.danger is Danger.MEDIUM


def test_a_longer_duration_tells_what_is_missed_and_when_an_outage_is_known() -> None:
    found = the_change(edited(ERRORS, critical=above(5, 600)))
    assert found.headline == (
        '"High Skill Error Rate" opens after 10 min above 5 %, before after 5 min: what is over within 10 min is not '
        "told any more, everything else 5 min later."
    )
    assert texts(found)["detection"] == "It opens 11 to 13 min after a total outage has begun, before 6 to 8 min."


def test_a_new_alert_tells_what_it_watches_whom_it_wakes_and_how_long_it_is_blind() -> None:
    found = the_change(PROD, without(DOWN))
    assert found.headline == (
        '"Skills Service Down" (SEV1) is new and pages: it opens when it is below 1 for 1 min or silent for 3 min.'
    )
    assert (found.operation, found.danger) == (Operation.ADDED, Danger.MEDIUM)
    assert texts(found) == {
        "what it means to users": (
            "What it means to users: No AI request is answered: analysis, drafting, research and compliance checks all "
            "fail."
        ),
        "measures": (
            "It measures max(`Custom/Service/Health`) of Metric over 1 min, where env = 'prod' AND component = "
            "'service' AND service = 'legal-platform-ai-service'."
        ),
        "way": 'It goes by policy "AI service: page SEV1 (prod)", workflow "Page SEV1 (prod)".',
        "wakes": "It wakes AI engineer C first.",
        "severity": "It is SEV1, to be acknowledged within 15 min.",
        "blind for": "After it is made it can open after 2 to 3 min at the soonest.",
        "detection": "It opens 2 to 4 min (3 min where its source falls silent) after a total outage has begun.",
        "silence": (
            "It does not hear of a source that is silent already when it is made: New Relic misses only what it has "
            "seen before."
        ),
    }


def test_an_alert_that_is_gone_tells_who_was_woken_and_what_nobody_notices() -> None:
    found = the_change(without(ERRORS))
    assert found.headline == (
        '"High Skill Error Rate" (SEV1) is gone: nobody is paged any more when it is above 5 % for 5 min.'
    )
    assert (found.operation, found.danger) == (Operation.REMOVED, Danger.HIGH)
    assert texts(found)["wakes"] == "It woke AI engineer C first."
    assert texts(found)["what it meant to users"] == (
        "What is not noticed by it any more: More than one AI request in twenty fails, or comes back without the "
        "skill's quality."
    )


def test_an_alert_that_paged_nobody_is_less_dangerous_to_lose() -> None:
    found = the_change(without(SLOW))
    assert found.headline == (
        '"Slow skill" (SEV3) is gone: nobody is told any more when it is above 5 s for 5 min (a warning).'
    )
    assert found.danger is Danger.MEDIUM


def test_a_renamed_alert_is_one_change_and_not_two() -> None:
    runbook = RunbookSection(file="incident-response.md", anchor="service-down")
    found = the_change(edited(DOWN, key="service-down", name="Service down", runbook=runbook))
    assert (found.operation, found.subject, found.former) == (
        Operation.RENAMED,
        "condition/service-down",
        "condition/skills-service-down",
    )
    assert found.headline == (
        '"Service down" has the key service-down, before skills-service-down: it is the same alert, but New Relic has '
        "to make it anew, and it is blind at first."
    )
    assert found.danger is Danger.MEDIUM


def test_a_renamed_alert_is_found_by_its_query_though_its_threshold_moved_too() -> None:
    runbook = RunbookSection(file="incident-response.md", anchor="errors")
    found = the_change(edited(ERRORS, key="errors", runbook=runbook, critical=above(7)))
    assert (found.operation, found.former) == (Operation.RENAMED, f"condition/{ERRORS}")


def test_a_facet_that_is_added_opens_an_incident_for_each() -> None:
    found = the_change(edited(FALLBACK, query=f"{condition(FALLBACK).query} FACET model"))
    assert found.headline == (
        '"Fallback rate to the second vendor" opens one incident for each model, before one incident for all: each is '
        "judged by itself, and each that breaches is told."
    )


def test_a_condition_that_is_added_to_the_query_counts_fewer_points() -> None:
    query = condition(SEV2).query.replace("WHERE ", "WHERE model = 'opus' AND ")
    found = the_change(edited(SEV2, query=query))
    assert found.headline == (
        "\"Skills Response Time Critical\" asks for model = 'opus' as well: fewer points count, and nobody is paged "
        "for the rest."
    )
    assert found.danger is Danger.HIGH
    (fact,) = (one for one in found.facts if one.topic == "query WHERE")
    assert (fact.before, fact.after, fact.field) == ("nothing", "model = 'opus'", "query")


def test_a_query_that_is_only_written_otherwise_is_evaluated_from_the_start_all_the_same() -> None:
    found = the_change(edited(SLOW, query=condition(SLOW).query.replace("FROM ", "from  ")))
    assert found.headline == (
        '"Slow skill" asks the same in another writing: New Relic goes by the text and evaluates it from the start all '
        "the same."
    )
    assert texts(found)["blind for"] == (
        "It is evaluated from the start again, because its query changed: no threshold opens it for 2 to 7 min, "
        "whatever happens."
    )


def test_silence_that_is_watched_no_more_pages_nobody() -> None:
    found = the_change(edited(DOWN, loss_of_signal=None))
    assert found.headline == (
        '"Skills Service Down" does nothing on silence, before it opens after 3 min of silence: nobody is paged when '
        "its source goes silent."
    )
    assert found.danger is Danger.HIGH


def test_a_longer_window_evens_out_short_peaks() -> None:
    longer = Signal(window_seconds=300, method=EventFlow(delay_seconds=120))
    found = the_change(edited(ERRORS, signal=longer))
    assert found.headline == (
        '"High Skill Error Rate" judges 5 min of data at a time, before 1 min: short peaks are evened out and may not '
        "reach the threshold any more."
    )


def test_an_alert_that_moves_to_another_policy_may_page_nobody_any_more() -> None:
    found = the_change(moved(SEV2, "slack", severity=Severity.SEV3))
    assert found.headline == (
        '"Skills Response Time Critical" pages nobody any more: it woke AI engineer C first, and now it tells Slack.'
    )
    assert found.danger is Danger.HIGH
    assert texts(found)["policy"] == (
        'It is in the policy "AI service: Slack (prod)", before in "AI service: page SEV2 (prod)": it tells Slack, '
        "before it pages."
    )
    assert "policy" in found.fields


def test_a_severity_that_rises_has_less_time_to_be_answered() -> None:
    found = the_change(moved(SEV2, "page-sev1", severity=Severity.SEV1))
    assert found.headline == (
        '"Skills Response Time Critical" is SEV1, before SEV2: it is to be acknowledged within 15 min and over within '
        "1 h, before within 30 min and 4 h."
    )
    assert texts(found)["blind for"].startswith(
        "It is made anew at New Relic, because a condition cannot change its policy: "
    )


def test_an_alert_that_begins_to_page_tells_whom_it_wakes() -> None:
    found = the_change(moved(SEV2, "page-sev2"), moved(SEV2, "slack", severity=Severity.SEV3))
    assert found.headline == (
        '"Skills Response Time Critical" pages now, before it did not: it wakes AI engineer C first.'
    )
    assert found.danger is Danger.MEDIUM


def test_an_alert_that_is_switched_off_notices_nothing_any_more() -> None:
    found = the_change(edited(ERRORS, enabled=False))
    assert found.headline == (
        '"High Skill Error Rate" is switched off: nobody is paged for anything it watches any more.'
    )
    assert found.danger is Danger.HIGH


SENTENCES: dict[str, tuple[str, dict[str, Any], str, Danger]] = {
    "a warning that becomes what was critical": (
        FALLBACK,
        {"critical": above(20, 900)},
        "opens above 20 % for 15 min, before above 15 %: from 15 to 20 % it is a warning only.",
        Danger.MEDIUM,
    ),
    "a warning that is gone": (
        FALLBACK,
        {"warning": None},
        "warns no more, before above 5 % for 15 min: nobody is told before it is critical.",
        Danger.MEDIUM,
    ),
    "a warning that nobody hears of": (
        ERRORS,
        {"warning": above(3)},
        "warns above 3 % for 5 min, before not at all: no workflow takes warnings, so nobody is told.",
        Danger.MEDIUM,
    ),
    "the opposite operator": (
        ERRORS,
        {"critical": above(5, operator=Operator.BELOW)},
        "opens below 5 %, before above 5 %: it watches the opposite of what it watched.",
        Danger.HIGH,
    ),
    "a threshold that counts as well": (
        ERRORS,
        {"critical": above(5, operator=Operator.ABOVE_OR_EQUALS)},
        "opens at or above 5 %, before above 5 %: exactly 5 % opens it as well.",
        Danger.MEDIUM,
    ),
    "one window that is enough": (
        ERRORS,
        {"critical": above(5, occurrences=Occurrences.AT_LEAST_ONCE)},
        "opens above 5 % at least once in 5 min, before for 5 min: one window is enough, so that it comes earlier and "
        "more often.",
        Danger.MEDIUM,
    ),
    "deviations that may be larger": (
        USUAL,
        {"warning": above(5, 21_600)},
        "warns more than 5 standard deviations above or below what is usual for 6 h, before more than 3 standard "
        "deviations above or below what is usual: from 3 to 5 standard deviations nobody is warned any more.",
        Danger.MEDIUM,
    ),
    "a baseline that looks one way": (
        USUAL,
        {"baseline": Baseline(direction="upper_only", seasonality="weekly")},
        "looks above what is usual, before above or below what is usual: what is not above what is usual opens nothing "
        "any more.",
        Danger.MEDIUM,
    ),
    "a timer instead of a delay": (
        SLOW,
        {"signal": Signal(window_seconds=300, method=EventTimer(timer_seconds=60))},
        "closes windows by event timer (1 min), before by event flow (2 min): a window closes once nothing has come "
        "for that time, whether more follows or not.",
        Danger.LOW,
    ),
    "a delay that is shorter": (
        SLOW,
        {"signal": Signal(window_seconds=300, method=EventFlow(delay_seconds=60))},
        "waits 1 min for late points, before 2 min: points that come later than that are missed, and it opens 1 min "
        "earlier.",
        Danger.LOW,
    ),
    "gaps that hold a value": (
        SLOW,
        {"signal": Signal(window_seconds=300, method=EventFlow(), fill=Fill(option="last_value"))},
        "takes a window without data for the value before it, before for nothing.",
        Danger.LOW,
    ),
    "silence that is known later": (
        DOWN,
        {"loss_of_signal": LossOfSignal(after_seconds=600, open_incident=True)},
        "takes a source for lost after 10 min of silence, before after 3 min: it comes 7 min later.",
        Danger.HIGH,
    ),
    "a time limit that is shorter": (
        SLOW,
        {"violation_time_limit_seconds": 3600},
        "is closed by force after 1 h, before after 3 days: what still breaches then opens anew and is told again, "
        "sooner than before.",
        Danger.LOW,
    ),
    "another owner": (
        SLOW,
        {"owner": "platform"},
        "belongs to Platform team (prod), before to AI team (prod).",
        Danger.LOW,
    ),
    "another runbook": (
        SLOW,
        {"runbook": RunbookSection(file="incident-response.md", anchor=SLOW)},
        "sends people to incident-response.md#slow-skill, before to performance-tuning.md#slow-skill.",
        Danger.HARMLESS,
    ),
    "another name": (SLOW, {"name": "Slow skills"}, 'is the alert that was called "Slow skill".', Danger.HARMLESS),
    "another text": (
        SLOW,
        {"user_impact": "One kind of request is slow."},
        'tells people "One kind of request is slow.", before "One kind of request is slower than its budget of five '
        'seconds; the others are not affected.".',
        Danger.HARMLESS,
    ),
}


@pytest.mark.parametrize(("key", "fields", "says", "danger"), SENTENCES.values(), ids=SENTENCES)
def test_an_edit_is_told_in_a_sentence(key: str, fields: dict[str, Any], says: str, danger: Danger) -> None:
    found = the_change(edited(key, **fields))
    name = fields.get("name", condition(key).name)
    assert (found.headline, found.danger) == (f'"{name}" {says}', danger)


def test_a_policy_that_opens_one_issue_for_all_swallows_what_follows() -> None:
    found = the_change(policy("page-sev1", incident_preference=IncidentPreference.PER_POLICY))
    assert found.headline == (
        '"AI service: page SEV1 (prod)" opens one issue at a time for all its alerts, before an issue for each alert '
        "and each signal of it: an incident that opens while the issue is open joins it, and nobody is told of it."
    )
    assert found.danger is Danger.HIGH


def test_an_alert_that_is_off_on_both_sides_is_no_danger() -> None:
    off = edited(ERRORS, enabled=False)
    found = the_change(edited(ERRORS, off, critical=above(7)), off)
    assert found.danger is Danger.LOW
    assert [one.topic for one in found.facts] == ["critical threshold"]


def test_a_threshold_that_moves_is_told_exactly() -> None:
    """Two values that differ never read alike."""
    found = the_change(edited(ERRORS, critical=above(5.0000000000001)))
    assert found.facts[0].after == "above 5.0000000000001 %"


def test_a_longer_window_that_opens_sooner_or_later_is_no_grave_delay_and_leads_with_the_window() -> None:
    signal = condition(SEV2).signal.model_copy(update={"window_seconds": 300})
    found = the_change(edited(SEV2, signal=signal))
    assert found.headline == (
        '"Skills Response Time Critical" judges 5 min of data at a time, before 1 min: short peaks are evened out and '
        "may not reach the threshold any more."
    )
    assert found.danger is Danger.MEDIUM
    assert texts(found)["detection"] == (
        "It opens 2 to 12 min after a total outage has begun, before 6 to 8 min: it may be told up to 4 min later."
    )


def test_a_delay_of_both_ends_is_grave_for_what_pages() -> None:
    signal = condition(SEV2).signal
    slow = signal.model_copy(update={"method": EventFlow(delay_seconds=900)})
    assert the_change(edited(SEV2, signal=slow)).danger is Danger.HIGH


def test_a_new_alert_with_groups_says_what_each_incident_is_of() -> None:
    found = the_change(PROD, without(SLOW))
    assert texts(found)["measures"].endswith(", with one incident for each skillId.")
