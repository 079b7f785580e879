"""objective/other-measure: a service level and its alerts measure one thing."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages
from objective_cases import fast_burn, with_level

from monitors.catalog import stack
from monitors.rules.objective.other_measure import CHECK


def test_valid_and_bad_of_different_events_are_found() -> None:
    valid = build.events(source="Metric", function="SUM", attribute="Custom/Service/RequestCount")
    assert messages(CHECK, with_level(fast_burn(), valid=valid, burn_rates=())) == [
        "valid is the sum of Custom/Service/RequestCount and bad is the count of SkillExecution: their quotient is no "
        "share."
    ]


def test_bad_events_that_are_all_events_are_found() -> None:
    same = build.events(where="success IS FALSE")
    assert messages(CHECK, with_level(fast_burn(), valid=same, bad=same)) == [
        "valid and bad have the same where: the level is always 0 %."
    ]


def test_an_alert_on_other_events_is_found() -> None:
    query = "FROM Transaction SELECT percentage(count(*), WHERE error IS TRUE)"
    assert messages(CHECK, with_level(fast_burn(query=query))) == [
        'Its query does not read the count of SkillExecution, which "Availability" is made of.'
    ]


def test_one_measure_is_fine() -> None:
    assert messages(CHECK, with_level(fast_burn())) == []
    assert findings(CHECK, stack("prod")) == []
