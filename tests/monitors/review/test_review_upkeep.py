"""What people read of edited checks from outside, data rules and traffic: what is seen, kept and read no more."""

from __future__ import annotations

from typing import Any

import pytest
from reviewed_stacks import PROD, observability, the_change

from monitors.review.changes import Area, Danger, Operation
from monitors.spec import CertificateMonitor, DropRule, LogPartition, PingMonitor, Stack

PING, CERTIFICATE = PROD.observability.monitors
DROP, PARTITION = PROD.observability.data_rules
(TRAFFIC,) = PROD.traffic
assert isinstance(PING, PingMonitor)
assert isinstance(CERTIFICATE, CertificateMonitor)
assert isinstance(DROP, DropRule)
assert isinstance(PARTITION, LogPartition)


def ping(**fields: Any) -> Stack:
    return observability(monitors=(PING.model_copy(update=fields), CERTIFICATE))


def certificate(**fields: Any) -> Stack:
    return observability(monitors=(PING, CERTIFICATE.model_copy(update=fields)))


def drop(**fields: Any) -> Stack:
    return observability(data_rules=(DROP.model_copy(update=fields), PARTITION))


def partition(**fields: Any) -> Stack:
    return observability(data_rules=(DROP, PARTITION.model_copy(update=fields)))


def rule(statement: str) -> DropRule:
    return DropRule(key="costly", name="Drop what costs", description="Drops what costs a lot.", statement=statement)


CHECKS: dict[str, tuple[Stack, str, Danger]] = {
    "less often": (
        ping(period="EVERY_5_MINUTES"),
        '"Legal platform web health (prod)" checks every 5 min, before every 1 min: trouble is seen up to 4 min later.',
        Danger.HIGH,
    ),
    "more seldom than a window is long": (
        ping(period="EVERY_10_MINUTES"),
        '"Legal platform web health (prod)" checks every 10 min, before every 1 min: trouble is seen up to 9 min '
        'later, and most windows of "Web service unreachable" hold no result.',
        Danger.HIGH,
    ),
    "from one place": (
        ping(locations=("US_EAST_1",)),
        '"Legal platform web health (prod)" checks from 1 place (US_EAST_1), before from 3 places (US_WEST_2, '
        "US_EAST_1 and EU_WEST_1): trouble that is seen from EU_WEST_1 and US_WEST_2 alone is missed; with one place "
        "alone, trouble of that place looks like the service's own.",
        Danger.HIGH,
    ),
    "from one more place": (
        certificate(locations=("US_WEST_2", "EU_WEST_1")),
        '"Legal platform web certificate (prod)" checks from 2 places (US_WEST_2 and EU_WEST_1), before from 1 place '
        "(US_WEST_2): trouble on the way from EU_WEST_1 is seen as well.",
        Danger.LOW,
    ),
    "another path": (
        ping(path="/"),
        '"Legal platform web health (prod)" asks for /, before for /health: what fails at /health alone is not seen '
        "any more.",
        Danger.HIGH,
    ),
    "a text": (
        ping(expected_text="ok"),
        '"Legal platform web health (prod)" expects "ok" in the answer, before any text: an answer without it counts '
        "as failed.",
        Danger.MEDIUM,
    ),
    "any certificate": (
        ping(verify_tls=False),
        '"Legal platform web health (prod)" has the certificate not verified, before verified: a certificate that '
        "browsers refuse is not seen any more.",
        Danger.HIGH,
    ),
    "days before the end": (
        certificate(days_before=13),
        '"Legal platform web certificate (prod)" fails 13 days before the certificate ends, before 14 days: there is '
        "1 day less to renew it.",
        Danger.MEDIUM,
    ),
    "a name that alerts ask for": (
        ping(name="Web health"),
        '"Web health" is the check that was called "Legal platform web health (prod)": by the old name the alert "Web '
        'service unreachable" and 2 dashboards still ask for results and find none.',
        Danger.HIGH,
    ),
}


@pytest.mark.parametrize(("after", "headline", "danger"), CHECKS.values(), ids=CHECKS)
def test_an_edited_check_tells_what_is_seen_later_or_no_more(after: Stack, headline: str, danger: Danger) -> None:
    found = the_change(after)
    assert (found.headline, found.danger, found.area) == (headline, danger, Area.UPKEEP)


def test_a_check_of_another_kind_under_the_same_key_is_told_whole() -> None:
    other = CertificateMonitor(
        key=PING.key,
        name=PING.name,
        base_url=PING.base_url,
        locations=PING.locations,
        days_before=14,
        period=PING.period,
    )
    found = the_change(observability(monitors=(other, CERTIFICATE)))
    assert found.headline == (
        '"Legal platform web health (prod)" checks whether the certificate ends within 14 days, before /health: it '
        "sees other trouble."
    )
    assert "type" in found.fields
    assert found.danger is Danger.HIGH


def test_a_check_that_is_gone_tells_who_still_asks_for_it() -> None:
    found = the_change(observability(monitors=(PING,)))
    assert found.headline == (
        '"Legal platform web certificate (prod)" is gone: whether the certificate ends within 14 days is not checked '
        "from outside any more."
    )
    assert [one.text for one in found.facts] == [
        'It is still asked for by the alert "Web certificate expires soon", and no result comes.'
    ]
    assert (found.operation, found.danger) == (Operation.REMOVED, Danger.MEDIUM)


def test_a_new_check_tells_what_it_checks_how_often_and_from_where() -> None:
    found = the_change(PROD, observability(monitors=(PING,)))
    assert found.headline == (
        '"Legal platform web certificate (prod)" is new: it checks whether the certificate ends within 14 days every '
        "1 day from 1 place (US_WEST_2)."
    )


DATA: dict[str, tuple[Stack, str, Danger]] = {
    "more is dropped": (
        drop(statement="DELETE FROM Log WHERE level = 'info'"),
        "\"Drop debug logs (prod)\" lets go Log where level = 'info', before it lets go Log where service IN "
        "('legal-platform-ai-service', 'legal-platform-web') AND level = 'debug': it takes no data from any alert or "
        "dashboard.",
        Danger.MEDIUM,
    ),
    "other logs": (
        partition(where="service = 'x'"),
        "\"service-logs\" takes logs where service = 'x', before where service IN ('legal-platform-ai-service', "
        "'legal-platform-web'): the other logs stay in Log, where queries of Log_legal_platform_prod do not find them.",
        Danger.MEDIUM,
    ),
    "longer": (
        partition(retention="STANDARD"),
        '"service-logs" keeps its logs as long as the account keeps logs, before 30 days: what comes from now on is '
        "kept so long; what is there already stays as it was.",
        Danger.MEDIUM,
    ),
    "kept again": (
        observability(data_rules=(PARTITION,)),
        "\"Drop debug logs (prod)\" is gone: Log where service IN ('legal-platform-ai-service', "
        "'legal-platform-web') AND level = 'debug' is kept and billed from now on.",
        Danger.MEDIUM,
    ),
    "data that pages depend on": (
        observability(data_rules=(DROP, PARTITION, rule("DELETE FROM SkillExecution WHERE env = 'prod'"))),
        "\"Drop what costs\" is new: it lets go SkillExecution where env = 'prod', and drops data that the alerts "
        '"Skills Response Time Critical" and "Rollback: skill response time" and 5 dashboards may read.',
        Danger.HIGH,
    ),
    "data of another environment": (
        observability(data_rules=(DROP, PARTITION, rule("DELETE FROM SkillExecution WHERE env = 'staging'"))),
        "\"Drop what costs\" is new: it lets go SkillExecution where env = 'staging', and takes no data from any alert "
        "or dashboard.",
        Danger.MEDIUM,
    ),
    "an attribute that nobody reads": (
        observability(data_rules=(DROP, PARTITION, rule("DELETE instance FROM SkillExecution"))),
        '"Drop what costs" is new: it lets go instance of SkillExecution, and takes no data from any alert or '
        "dashboard.",
        Danger.MEDIUM,
    ),
}


@pytest.mark.parametrize(("after", "headline", "danger"), DATA.values(), ids=DATA)
def test_an_edited_data_rule_tells_what_is_lost_and_who_reads_it(after: Stack, headline: str, danger: Danger) -> None:
    found = the_change(after)
    assert (found.headline, found.danger) == (headline, danger)


def test_traffic_changes_nothing_but_what_checks_reckon_with() -> None:
    stack = PROD.model_copy(update={"traffic": (TRAFFIC.model_copy(update={"peak_per_minute": 2_000.0}),)})
    found = the_change(stack)
    assert found.headline == (
        '"requests" counts 2,000 a minute at the busiest, before 1,000: only the checks of thresholds reckon with it, '
        "nothing is provisioned."
    )
    assert found.danger is Danger.HARMLESS
