"""objective/unknown-traffic: traffic is stated of what is emitted, and counts."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings

from monitors import spec
from monitors.catalog import stack
from monitors.rules.objective.unknown_traffic import CHECK


def told(*counts: str) -> list[tuple[str, str, str]]:
    traffic: spec.Traffic = build.traffic(counts=counts)
    found = findings(CHECK, build.stack(traffic=(traffic,)))
    return [(one.field, one.message, one.advice) for one in found]


def test_a_name_that_nothing_emits_is_found_with_the_likely_one() -> None:
    assert told("SkillExecution", "SkillExecutions") == [
        ("counts.1", "Nothing emits SkillExecutions.", "Did you mean SkillExecution?")
    ]


def test_a_gauge_counts_nothing() -> None:
    assert told("Custom/Service/Health") == [
        (
            "counts.0",
            "Custom/Service/Health is a gauge, which counts nothing.",
            "Name a count, a distribution or an event.",
        )
    ]


def test_what_is_emitted_is_fine() -> None:
    assert told("Custom/Service/RequestCount", "SkillExecution") == []
    assert findings(CHECK, stack("prod")) == []
