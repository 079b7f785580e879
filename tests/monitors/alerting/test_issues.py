"""How incidents become issues: by the policy's preference, with a priority that only rises.

Sources: docs.newrelic.com, "Decide when issues are created" and "Issues and alert event management and response".
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_stack import at as local
from small_stack import incident, prod, rule, spans, the_issue, with_preference

from monitors.alerting import Incident, issues_of
from monitors.spec import IncidentPreference, Priority

PER_POLICY, PER_CONDITION = IncidentPreference.PER_POLICY, IncidentPreference.PER_CONDITION
PER_TARGET = IncidentPreference.PER_CONDITION_AND_TARGET
STACKS = {one: with_preference(one) for one in IncidentPreference}
# Of one policy: a condition with facets, and another condition.
SLOW, FALLBACK, SEV1 = "slow-skill", "fallback-rate", "high-skill-error-rate"


@pytest.mark.parametrize(
    ("preference", "expected"),
    [
        (PER_POLICY, [(0, 90, 4)]),
        (PER_CONDITION, [(0, 50, 3), (30, 90, 1)]),
        (PER_TARGET, [(0, 20, 1), (10, 40, 1), (30, 90, 1), (35, 50, 1)]),
    ],
)
def test_incidents_are_grouped_by_the_policys_preference(
    preference: IncidentPreference, expected: list[tuple[float, float, int]]
) -> None:
    incidents = [
        incident(SLOW, 0, 20, facet=("a",)),
        incident(SLOW, 10, 40, facet=("b",)),
        incident(FALLBACK, 30, 90),
        incident(SLOW, 35, 50, facet=("a",)),
    ]
    assert spans(issues_of(STACKS[preference], incidents)) == expected


def test_policies_never_share_an_issue() -> None:
    found = issues_of(STACKS[PER_POLICY], [incident(SEV1, 0, 50), incident(FALLBACK, 10, 40)])
    assert [(one.policy, one.opened_at) for one in found] == [("page-sev1", 0), ("slack", 10)]


def test_an_issue_closes_when_the_last_of_its_incidents_does() -> None:
    issue = the_issue(STACKS[PER_POLICY], incident(SLOW, 0, 90, facet=("a",)), incident(FALLBACK, 10, 20))
    assert (issue.closed_at, issue.closed_because) == (90, "incidents closed")


def test_an_open_incident_keeps_its_issue_open() -> None:
    issue = the_issue(STACKS[PER_POLICY], incident(SLOW, 0, 90, facet=("a",)), incident(FALLBACK, 10))
    assert (issue.closed_at, issue.closed_because) == (None, None)


def test_what_opens_as_the_issue_closes_opens_the_next() -> None:
    found = issues_of(STACKS[PER_TARGET], [incident(FALLBACK, 0, 50), incident(FALLBACK, 50, 60)])
    assert spans(found) == [(0, 50, 1), (50, 60, 1)]


def test_a_critical_incident_raises_an_issue_of_a_warning_for_good() -> None:
    warning = incident(FALLBACK, 0, 100, priority="warning")
    issue = the_issue(STACKS[PER_TARGET], warning, incident(FALLBACK, 30, 60))
    assert (issue.priority, issue.raised_at) == (Priority.HIGH, 30)
    assert [issue.priority_at(at) for at in (0, 29, 30, 80)] == [Priority.HIGH] * 2 + [Priority.CRITICAL] * 2


def test_a_warning_does_not_lower_a_critical_issue() -> None:
    issue = the_issue(STACKS[PER_TARGET], incident(FALLBACK, 0, 60), incident(FALLBACK, 30, 90, priority="warning"))
    assert (issue.priority, issue.raised_at) == (Priority.CRITICAL, None)


def test_warning_and_critical_in_one_second_make_a_critical_issue() -> None:
    both = [incident(FALLBACK, 5, 60, priority=priority) for priority in ("warning", "critical")]
    issue = the_issue(STACKS[PER_TARGET], *both)
    assert (issue.priority, issue.raised_at) == (Priority.CRITICAL, None)


def test_an_incident_of_an_unknown_condition_is_refused() -> None:
    with pytest.raises(KeyError, match="no-such-alert"):
        issues_of(prod(), [incident("no-such-alert", 0)])


def test_the_first_incident_mutes_the_issue_whatever_joins_later() -> None:
    stack = STACKS[PER_POLICY]
    before, within = local("2026-03-03T09:59"), local("2026-03-03T10:10")
    unmuted = the_issue(stack, incident(SLOW, before, within + 60), incident(FALLBACK, within, within + 120))
    assert unmuted.muted_by is None
    muted = the_issue(stack, incident(SLOW, within, within + 60))
    assert muted.muted_by == "deploy-window"


def test_a_muted_issue_closes_with_the_window_and_what_is_still_open_makes_a_new_one() -> None:
    within, ends = local("2026-03-03T10:10"), local("2026-03-03T10:30")
    found = issues_of(prod(), [incident(FALLBACK, within, ends + 600)])
    assert spans(found) == [(within, ends, 1), (ends, ends + 600, 1)]
    assert [(one.muted_by, one.closed_because) for one in found] == [
        ("deploy-window", "muting window ended"),
        (None, "incidents closed"),
    ]
    assert [(one.priority, one.raised_at) for one in found] == [(Priority.CRITICAL, None)] * 2


def test_a_new_issue_is_muted_again_where_another_window_follows() -> None:
    rules = (rule(), rule(key="second", first_start="2026-01-06T10:30:00", first_end="2026-01-06T11:00:00"))
    within = local("2026-03-03T10:10")
    found = issues_of(prod(muting_rules=rules), [incident(FALLBACK, within)])
    assert [one.muted_by for one in found] == ["deploy-window", "second", None]


def test_a_window_that_ends_after_the_data_closes_nothing() -> None:
    within = local("2026-03-03T10:10")
    found = issues_of(prod(), [incident(FALLBACK, within)], until_seconds=within + 60)
    assert spans(found) == [(within, None, 1)]


_incidents = st.lists(
    st.builds(
        lambda condition, facet, opened, lasts, priority: incident(
            condition, opened, None if lasts is None else opened + lasts, facet=facet, priority=priority
        ),
        st.sampled_from((SLOW, FALLBACK, SEV1)),
        st.sampled_from((("a",), ("b",))),
        st.integers(0, 10_000),
        st.none() | st.integers(0, 2000),
        st.sampled_from(("critical", "warning")),
    ),
    max_size=12,
)


@given(_incidents, st.sampled_from(tuple(IncidentPreference)))
def test_every_incident_is_in_one_issue_that_lasts_as_long_as_any_of_its_own(
    incidents: list[Incident], preference: IncidentPreference
) -> None:
    found = issues_of(STACKS[preference], incidents)
    assert sorted(map(repr, (one for issue in found for one in issue.incidents))) == sorted(map(repr, incidents))
    for issue in found:
        assert issue.opened_at == min(one.opened_at for one in issue.incidents)
        ends = [one.closed_at for one in issue.incidents]
        assert issue.closed_at == (None if None in ends else max(end for end in ends if end is not None))
