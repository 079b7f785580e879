"""Conditions and policies: what New Relic would refuse, or would take and never open, is refused here."""

from __future__ import annotations

import pytest
from spec_builders import baseline, condition, loss_of_signal, policy, runbook_section, threshold
from spec_refusals import Builder, case, refusal

from monitors.spec import Cadence, EventFlow, EventTimer, Fill, Occurrences, Operator, Severity, Signal, Threshold

REFUSED = (
    case(
        threshold,
        "threshold: field operator is 'above': input should be an instance of Operator. Did you "
        "mean Operator.ABOVE? Use one of Operator.ABOVE, Operator.ABOVE_OR_EQUALS, "
        "Operator.BELOW, Operator.BELOW_OR_EQUALS, Operator.EQUALS, Operator.NOT_EQUALS.",
        operator="above",
    ),
    case(
        threshold,
        "threshold: field value is nan: input should be a finite number. Give a number in the condition's unit.",
        value=float("nan"),
    ),
    case(
        threshold,
        "threshold: field duration_seconds is 59: input should be greater than or equal to 60. New Relic "
        "takes 60 to 86,400 s, a multiple of the window.",
        duration_seconds=59,
    ),
    case(
        threshold,
        "threshold: field duration_seconds is 86401: input should be less than or equal to 86400. New "
        "Relic takes 60 to 86,400 s, a multiple of the window.",
        duration_seconds=86_401,
    ),
    case(
        threshold,
        "threshold: field occurrences is 'all': input should be an instance of Occurrences. Did "
        "you mean Occurrences.ALL? Use one of Occurrences.ALL, Occurrences.AT_LEAST_ONCE.",
        occurrences="all",
    ),
    case(
        baseline,
        "baseline: field direction is 'up': input should be 'upper_only', 'lower_only' or 'upper_and_lower'.",
        direction="up",
    ),
    case(
        baseline,
        "baseline: field seasonality is 'monthly': input should be 'new_relic_calculation', 'hourly', "
        "'daily', 'weekly' or 'none'.",
        seasonality="monthly",
    ),
    case(
        EventFlow,
        "aggregation by event flow: field delay_seconds is 1201: input should be less than or equal to "
        "1200. New Relic takes 0 to 1,200 s.",
        delay_seconds=1201,
    ),
    case(
        EventTimer,
        "aggregation by event timer: field timer_seconds is 1201: input should be less than or equal to "
        "1200. New Relic takes 0 to 1,200 s.",
        timer_seconds=1201,
    ),
    case(
        Cadence,
        "aggregation by cadence: field delay_seconds is 3601: input should be less than or equal to "
        "3600. New Relic takes 0 to 3,600 s.",
        delay_seconds=3601,
    ),
    case(Fill, "gap filling: field option is 'zero': input should be 'none', 'static' or 'last_value'.", option="zero"),
    case(
        Fill,
        "gap filling: option is static and value is None: give a value with static and with no other.",
        option="static",
    ),
    case(
        Fill,
        "gap filling: option is none and value is 0.0: give a value with static and with no other.",
        option="none",
        value=0.0,
    ),
    case(
        Fill,
        "gap filling: field value is inf: input should be a finite number. Give a number in the condition's unit.",
        option="static",
        value=float("inf"),
    ),
    case(
        Signal,
        "signal: field window_seconds is 29: input should be greater than or equal to 30. New Relic's "
        "aggregation window takes 30 to 21,600 s (6 h).",
        window_seconds=29,
    ),
    case(
        Signal,
        "signal: field window_seconds is 21601: input should be less than or equal to 21600. New Relic's "
        "aggregation window takes 30 to 21,600 s (6 h).",
        window_seconds=21_601,
    ),
    case(
        Signal,
        "signal: field slide_seconds is 29: input should be greater than or equal to 30. A slide is at least 30 s.",
        slide_seconds=29,
    ),
    case(
        Signal,
        "signal: slide_seconds 45 has to divide window_seconds 60 and be less than it; use 30.",
        slide_seconds=45,
    ),
    case(
        Signal,
        "signal: slide_seconds 60 has to divide window_seconds 60 and be less than it; use 30.",
        slide_seconds=60,
    ),
    case(
        Signal,
        "signal: slide_seconds 30 is too short for a window of 6000 s; at least 50 s is needed.",
        window_seconds=6000,
        slide_seconds=30,
    ),
    case(
        Signal,
        "signal: slide_seconds 600 is too short for a window of 21600 s; at least 900 s is needed.",
        window_seconds=21_600,
        slide_seconds=600,
    ),
    case(
        Signal,
        "signal: field method is 'event_flow': EventFlow or EventTimer or Cadence is needed.",
        method="event_flow",
    ),
    case(
        loss_of_signal,
        "loss of signal: field after_seconds is 29: input should be greater than or equal to 30. New "
        "Relic takes 30 to 172,800 s (48 h).",
        after_seconds=29,
    ),
    case(
        loss_of_signal,
        "loss of signal: field after_seconds is 172801: input should be less than or equal to 172800. "
        "New Relic takes 30 to 172,800 s (48 h).",
        after_seconds=172_801,
    ),
    case(
        loss_of_signal,
        "loss of signal: set open_incident or close_incidents, or leave loss_of_signal out: it would do nothing.",
        open_incident=False,
    ),
    case(
        loss_of_signal,
        "loss of signal: ignore_expected_termination does nothing without open_incident; set that too, "
        "or leave this out.",
        open_incident=False,
        close_incidents=True,
        ignore_expected_termination=True,
    ),
    case(
        condition,
        "runbook section: field anchor is 'High Errors': string should match pattern "
        "'^[a-z][a-z0-9]*(-[a-z0-9]+)*$'. A key is lower-case words joined by hyphens, such as "
        "high-skill-error-rate.",
        key="High Errors",
    ),
    case(
        condition,
        "NRQL condition \"ab\": field name is 'ab': string should have at least 3 characters. New Relic "
        "takes names of 3 to 128 characters on one line.",
        name="ab",
    ),
    case(
        condition,
        "NRQL condition "
        '"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'
        'nnnnnnnnnnnnnnnnnnnnnnnnn...": field name is '
        "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnnnnnnnnnnnnnnn...: string should have at most 128 characters. New Relic takes names "
        "of 3 to 128 characters on one line.",
        name="n" * 129,
    ),
    case(
        condition,
        "NRQL condition \"High errors \": field name is 'High errors ': it begins or ends with a space, or "
        "holds a line break or another unprintable character. New Relic takes names of 3 to 128 "
        "characters on one line.",
        name="High errors ",
    ),
    case(
        condition,
        "NRQL condition \"High errors\": field query is 'SELECT': string should have at least 10 "
        "characters. Write one NRQL query that gives one number.",
        query="SELECT",
    ),
    case(
        condition,
        "NRQL condition \"High errors\": field query is '                    ': it is blank. Write one "
        "NRQL query that gives one number.",
        query=" " * 20,
    ),
    case(
        condition,
        "NRQL condition \"High errors\": field unit is '%': input should be an instance of Unit. "
        "Did you mean Unit.PERCENT? Use one of Unit.ONE, Unit.MILLISECONDS, Unit.SECONDS, "
        "Unit.DAYS, Unit.PERCENT, Unit.USD, Unit.TOKENS, Unit.BYTES, Unit.MEGABYTES.",
        unit="%",
    ),
    case(
        condition,
        "NRQL condition \"High errors\": field severity is 'SEV1': input should be an instance of "
        "Severity. Did you mean Severity.SEV1? Use one of Severity.SEV1, Severity.SEV2, "
        "Severity.SEV3, Severity.SEV4.",
        severity="SEV1",
    ),
    case(
        condition,
        "NRQL condition \"High errors\": field user_impact is 'Bad.': string should have at least 10 "
        "characters. Write a sentence that a person at 3 am understands.",
        user_impact="Bad.",
    ),
    case(
        condition,
        "NRQL condition \"High errors\": field user_impact is '                    ': it is blank. Write a "
        "sentence that a person at 3 am understands.",
        user_impact=" " * 20,
    ),
    case(
        condition,
        'NRQL condition "High errors": give critical, warning or both: a condition without a threshold never opens.',
        critical=None,
    ),
    case(
        condition,
        'NRQL condition "High errors": severity SEV2 pages, and a warning reaches nobody\'s pager; '
        "give a critical threshold.",
        severity=Severity.SEV2,
        critical=None,
        warning=threshold(),
    ),
    case(
        condition,
        "NRQL condition \"High errors\": runbook.anchor 'low-errors' has to be the condition's key, 'high-errors'.",
        runbook=runbook_section(anchor="low-errors"),
    ),
    case(
        condition,
        'NRQL condition "High errors": duration_seconds 300 is no multiple of the signal\'s step of 120 '
        "s; 240 would be.",
        signal=Signal(window_seconds=120),
    ),
    case(
        condition,
        'NRQL condition "High errors": duration_seconds 300 is no multiple of the signal\'s step of 600 '
        "s; 600 would be.",
        signal=Signal(window_seconds=3600, slide_seconds=600),
    ),
    case(
        condition,
        'NRQL condition "High errors": the warning at 5 comes no earlier than the critical threshold at '
        "5; give it a milder value or a shorter duration.",
        warning=threshold(value=5),
    ),
    case(
        condition,
        'NRQL condition "High errors": the warning at 6 comes no earlier than the critical threshold at '
        "5; give it a milder value or a shorter duration.",
        warning=threshold(value=6),
    ),
    case(
        condition,
        'NRQL condition "High errors": the warning at 4 comes no earlier than the critical threshold at '
        "5; give it a milder value or a shorter duration.",
        critical=threshold(operator=Operator.BELOW),
        warning=threshold(operator=Operator.BELOW, value=4),
    ),
    case(
        condition,
        'NRQL condition "High errors": critical is below 5, which does not suit a baseline; use '
        "Operator.ABOVE and 1 to 1,000 standard deviations.",
        baseline=baseline(),
        critical=threshold(operator=Operator.BELOW),
    ),
    case(
        condition,
        'NRQL condition "High errors": critical is above 0.5, which does not suit a baseline; use '
        "Operator.ABOVE and 1 to 1,000 standard deviations.",
        baseline=baseline(),
        critical=threshold(value=0.5),
    ),
    case(
        condition,
        'NRQL condition "High errors": critical is above 1001, which does not suit a baseline; '
        "use Operator.ABOVE and 1 to 1,000 standard deviations.",
        baseline=baseline(),
        critical=threshold(value=1001),
    ),
    case(
        condition,
        'NRQL condition "High errors": duration_seconds 60 is too short for a baseline; at least 120 is needed.',
        baseline=baseline(),
        critical=threshold(duration_seconds=60),
    ),
    case(
        condition,
        'NRQL condition "High errors": field violation_time_limit_seconds is 299: input should be '
        "greater than or equal to 300. New Relic takes 300 to 2,592,000 s (30 days).",
        violation_time_limit_seconds=299,
    ),
    case(
        condition,
        'NRQL condition "High errors": field violation_time_limit_seconds is 2592001: input should be '
        "less than or equal to 2592000. New Relic takes 300 to 2,592,000 s (30 days).",
        violation_time_limit_seconds=2_592_001,
    ),
    case(
        policy,
        "policy \" \": field name is ' ': string should have at least 3 characters. New Relic takes names "
        "of 3 to 128 characters on one line.",
        name=" ",
    ),
    case(
        policy,
        'policy "Page": field conditions is (): tuple should have at least 1 item, not 0. Give 1 '
        "to 1,000 conditions, which New Relic holds in a policy.",
        conditions=(),
    ),
    case(
        policy,
        'policy "Page": field conditions is (NRQL condition "High errors", NRQL condition "High '
        'errors", NRQL condition "High errors", NRQL condition "High errors",...: tuple should '
        "have at most 1000 items, not 1001. Give 1 to 1,000 conditions, which New Relic holds in "
        "a policy.",
        conditions=(condition(),) * 1001,
    ),
    case(
        policy,
        "policy \"Page\": field incident_preference is 'PER_POLICY': input should be an instance of "
        "IncidentPreference. Did you mean IncidentPreference.PER_POLICY? Use one of "
        "IncidentPreference.PER_POLICY, IncidentPreference.PER_CONDITION, "
        "IncidentPreference.PER_CONDITION_AND_TARGET.",
        incident_preference="PER_POLICY",
    ),
    case(
        EventFlow,
        "aggregation by event flow: field delay_seconds is -1: input should be greater than or equal to "
        "0. New Relic takes 0 to 1,200 s.",
        delay_seconds=-1,
    ),
    case(
        EventTimer,
        "aggregation by event timer: field timer_seconds is -1: input should be greater than or equal to "
        "0. New Relic takes 0 to 1,200 s.",
        timer_seconds=-1,
    ),
    case(
        Cadence,
        "aggregation by cadence: field delay_seconds is -1: input should be greater than or equal to 0. "
        "New Relic takes 0 to 3,600 s.",
        delay_seconds=-1,
    ),
    case(
        condition,
        'NRQL condition "High errors": field user_impact is '
        "'UUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUUU"
        "UUUUUUUUUUUUUUUUUUUUUUUU...: string should have at most 1000 characters. Write a sentence that "
        "a person at 3 am understands.",
        user_impact="U" * 1001,
    ),
    case(
        policy,
        'policy "Page": field key is '
        "'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk': string should have at most "
        "64 characters. A key is lower-case words joined by hyphens, such as high-skill-error-rate.",
        key="k" * 65,
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


@pytest.mark.parametrize(
    ("critical", "warning"),
    [
        (threshold(value=5), threshold(value=4)),
        (threshold(value=5, duration_seconds=600), threshold(value=5, duration_seconds=300)),
        (threshold(value=5, duration_seconds=600), threshold(value=20, duration_seconds=60)),
        (threshold(value=5), threshold(value=5, occurrences=Occurrences.AT_LEAST_ONCE)),
        (threshold(operator=Operator.BELOW, value=5), threshold(operator=Operator.BELOW, value=6)),
        (threshold(operator=Operator.BELOW, value=5), threshold(operator=Operator.ABOVE, value=95)),
    ],
    ids=["milder", "sooner", "a short high peak", "once is enough", "milder from above", "the other direction"],
)
def test_a_warning_that_can_be_seen_before_the_critical_threshold_is_taken(
    critical: Threshold, warning: Threshold
) -> None:
    assert condition(critical=critical, warning=warning).thresholds == (critical, warning)


def test_a_warning_that_needs_every_window_is_not_sooner_than_a_critical_threshold_that_needs_one() -> None:
    once = threshold(occurrences=Occurrences.AT_LEAST_ONCE)
    assert "comes no earlier" in refusal(condition, critical=once, warning=threshold())


def test_the_severities_that_page_are_sev1_and_sev2() -> None:
    assert [severity.name for severity in Severity if severity.pages] == ["SEV1", "SEV2"]


@pytest.mark.parametrize(
    ("severity", "acknowledge_minutes", "resolve_hours"),
    [(Severity.SEV1, 15, 1), (Severity.SEV2, 30, 4), (Severity.SEV3, 480, 24), (Severity.SEV4, 2400, 168)],
)
def test_a_severity_says_by_when_somebody_must_act(
    severity: Severity, acknowledge_minutes: int, resolve_hours: int
) -> None:
    assert severity.acknowledge_within_seconds == acknowledge_minutes * 60
    assert severity.resolve_within_seconds == resolve_hours * 3600


def test_a_warning_alone_is_enough_where_nobody_is_woken() -> None:
    assert condition(severity=Severity.SEV3, critical=None, warning=threshold()).thresholds == (threshold(),)


def test_a_policy_opens_an_issue_for_each_condition_and_target_unless_told_otherwise() -> None:
    assert policy().incident_preference.name == "PER_CONDITION_AND_TARGET"
