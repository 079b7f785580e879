"""Synthetic checks, muting windows and data rules: what would never run, or let everything go, is refused."""

from __future__ import annotations

import pytest
from spec_builders import certificate, drop_rule, log_partition, muting_rule, ping, setting
from spec_refusals import Builder, case, refusal

REFUSED = (
    case(
        ping,
        "ping monitor \"ab\": field name is 'ab': string should have at least 3 characters. Use 3 to 128 "
        "characters on one line.",
        name="ab",
    ),
    case(
        ping,
        'ping monitor "Health": field base_url is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.URL.",
        base_url=setting(),
    ),
    case(
        ping,
        "ping monitor \"Health\": field path is 'health': string should match pattern '^/\\S*$'. Begin the "
        "path with a slash and leave spaces out.",
        path="health",
    ),
    case(
        ping,
        "ping monitor \"Health\": field path is '/health check': string should match pattern '^/\\S*$'. "
        "Begin the path with a slash and leave spaces out.",
        path="/health check",
    ),
    case(
        ping,
        'ping monitor "Health": field locations is (): tuple should have at least 1 item, not 0. Name '
        "public locations without the AWS_ prefix, such as US_EAST_1.",
        locations=(),
    ),
    case(
        ping,
        "ping monitor \"Health\": field locations.0 is 'AWS_US_WEST_2': input should be "
        "'AF_SOUTH_1', 'AP_EAST_1', 'AP_NORTHEAST_1', 'AP_NORTHEAST_2', 'AP_SOUTHEAST_1', "
        "'AP_SOUTHEAST_2', 'AP_SOUTH_1', 'CA_CENTRAL_1', 'EU_CENTRAL_1', 'EU_NORTH_1', "
        "'EU_SOUTH_1', 'EU_WEST_1', 'EU_WEST_2', 'EU_WEST_3', 'ME_SOUTH_1', 'SA_EAST_1', "
        "'US_EAST_1', 'US_EAST_2', 'US_WEST_1' or 'US_WEST_2'. Did you mean 'US_WEST_2'? Name "
        "public locations without the AWS_ prefix, such as US_EAST_1.",
        locations=("AWS_US_WEST_2",),
    ),
    case(
        ping,
        "ping monitor \"Health\": field locations is ('US_WEST_2', 'US_WEST_2'): the same US_WEST_2 is "
        "given more than once. Name public locations without the AWS_ prefix, such as US_EAST_1.",
        locations=("US_WEST_2", "US_WEST_2"),
    ),
    case(
        ping,
        "ping monitor \"Health\": field period is 'EVERY_2_MINUTES': input should be "
        "'EVERY_MINUTE', 'EVERY_5_MINUTES', 'EVERY_10_MINUTES', 'EVERY_15_MINUTES', "
        "'EVERY_30_MINUTES', 'EVERY_HOUR', 'EVERY_6_HOURS', 'EVERY_12_HOURS' or 'EVERY_DAY'. Did "
        "you mean 'EVERY_5_MINUTES'?",
        period="EVERY_2_MINUTES",
    ),
    case(
        certificate,
        'certificate monitor "Certificate": field base_url is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.URL.",
        base_url=setting(),
    ),
    case(
        certificate,
        'certificate monitor "Certificate": field days_before is 0: input should be greater than or '
        "equal to 1. Give 1 to 365 days.",
        days_before=0,
    ),
    case(
        certificate,
        'certificate monitor "Certificate": field days_before is 366: input should be less than or equal '
        "to 365. Give 1 to 365 days.",
        days_before=366,
    ),
    case(
        muting_rule,
        'muting rule "Deploys": field policies is (): value should have at least 1 item, not 0. Name at '
        "least one policy.",
        policies=(),
    ),
    case(
        muting_rule,
        "muting rule \"Deploys\": field policies is ('page', 'page'): the same page is given more than "
        "once. Name at least one policy.",
        policies=("page", "page"),
    ),
    case(
        muting_rule,
        "muting rule \"Deploys\": field time_zone is 'UTC': string should match pattern "
        "'^[A-Za-z]+(/[A-Za-z0-9_+-]+)+$'. Use an IANA name such as Europe/Paris or Etc/UTC (PagerDuty's "
        'provider refuses a bare "UTC").',
        time_zone="UTC",
    ),
    case(
        muting_rule,
        "muting rule \"Deploys\": field time_zone is 'Europe/Pariss': the time-zone database has no such "
        "zone. Use an IANA name such as Europe/Paris or Etc/UTC (PagerDuty's provider refuses a bare "
        '"UTC").',
        time_zone="Europe/Pariss",
    ),
    case(
        muting_rule,
        "muting rule \"Deploys\": first_start is '2026-01-06T15:00:00+00:00'; local time such as "
        "2026-01-06T15:00:00 is needed.",
        first_start="2026-01-06T15:00:00+00:00",
    ),
    case(
        muting_rule,
        "muting rule \"Deploys\": first_end is '2026-02-30T15:30:00'; local time such as "
        "2026-01-06T15:00:00 is needed.",
        first_end="2026-02-30T15:30:00",
    ),
    case(
        muting_rule,
        'muting rule "Deploys": first_end 2026-01-06T15:00:00 is not after first_start '
        "2026-01-06T15:00:00; give a later one, of the next day where the window goes past "
        "midnight.",
        first_end="2026-01-06T15:00:00",
    ),
    case(
        muting_rule,
        'muting rule "Deploys": first_start 2026-01-06T15:00:00 to first_end 2026-01-07T15:00:01 is '
        "longer than a day; name more weekdays.",
        first_end="2026-01-07T15:00:01",
    ),
    case(
        muting_rule,
        'muting rule "Deploys": field weekdays is (): tuple should have at least 1 item, not 0. Give at '
        "least one day of the week.",
        weekdays=(),
    ),
    case(
        muting_rule,
        "muting rule \"Deploys\": field weekdays.0 is 'TUE': input should be 'MONDAY', 'TUESDAY', "
        "'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY' or 'SUNDAY'. Give at least one day of the week.",
        weekdays=("TUE",),
    ),
    case(
        muting_rule,
        "muting rule \"Deploys\": field weekdays is ('MONDAY', 'MONDAY'): the same MONDAY is given more "
        "than once. Give at least one day of the week.",
        weekdays=("MONDAY", "MONDAY"),
    ),
    case(
        drop_rule,
        "drop rule \"Debug logs\": field statement is 'SELECT * FROM Log': string should match pattern "
        "'^DELETE .*FROM '. Write DELETE FROM <type> WHERE ..., or DELETE attr FROM <type>.",
        statement="SELECT * FROM Log",
    ),
    case(
        drop_rule,
        "drop rule \"Debug logs\": statement 'DELETE FROM Log' has no WHERE: nothing of that type would be kept.",
        statement="DELETE FROM Log",
    ),
    case(
        log_partition,
        "log partition \"audit\": field partition is 'Audit': string should match pattern "
        "'^Log_[A-Za-z0-9_]+$'. A partition's name begins with Log_.",
        partition="Audit",
    ),
    case(
        log_partition,
        'log partition "audit": field where is "WHERE logger = \'audit\'": it begins with WHERE, which '
        "provisioning adds. Write the condition alone, without the word WHERE.",
        where="WHERE logger = 'audit'",
    ),
    case(
        log_partition,
        "log partition \"audit\": field retention is '90 days': input should be 'STANDARD' or 'SECONDARY'.",
        retention="90 days",
    ),
    case(
        ping,
        "ping monitor "
        '"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'
        'nnnnnnnnnnnnnnnnnnnnnnnnn...": field name is '
        "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnnnnnnnnnnnnnnn...: string should have at most 128 characters. Use 3 to 128 characters "
        "on one line.",
        name="n" * 129,
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


def test_a_window_may_last_until_the_next_day() -> None:
    assert muting_rule(first_end="2026-01-07T15:00:00").first_end == "2026-01-07T15:00:00"


@pytest.mark.parametrize("statement", ["DELETE FROM Log WHERE level = 'debug'", "DELETE password FROM Log"])
def test_a_drop_rule_may_drop_some_events_or_one_attribute_of_all(statement: str) -> None:
    assert drop_rule(statement=statement).statement == statement


def test_a_condition_that_only_begins_with_the_letters_of_where_is_taken() -> None:
    assert log_partition(where="whereabouts = 'x'").where == "whereabouts = 'x'"
