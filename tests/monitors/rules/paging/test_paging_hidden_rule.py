"""paging/hidden-rule: every rule can come up."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages
from response_cases import responding

from monitors import spec
from monitors.rules.paging.hidden_rule import CHECK


def rules(*conditions: str) -> spec.Service:
    return build.service(
        event_rules=tuple(
            build.event_rule(label=f"Rule {number}", condition=condition) for number, condition in enumerate(conditions)
        )
    )


def test_a_rule_that_an_earlier_wider_one_takes_is_found() -> None:
    service = rules("event.severity matches 'error'", "event.source matches 'a' AND event.severity matches 'error'")
    (found,) = findings(CHECK, service)
    assert found.message == '"Rule 1" never matches: "Rule 0" before it asks for less, and takes all.'
    assert (found.field, found.advice) == ("event_rules.1", "Put the narrower one first.")


def test_a_route_is_judged_like_a_rule() -> None:
    routes = (
        build.route(label="All", condition="event.severity matches 'error'"),
        build.route(label="Some", condition="event.severity  matches 'error' and event.class matches 'and or'"),
    )
    assert len(messages(CHECK, responding(orchestrations=(build.orchestration(routes=routes),)))) == 1


@pytest.mark.parametrize(
    "conditions",
    [
        ("event.source matches 'a' and event.severity matches 'error'", "event.severity matches 'error'"),
        ("event.severity matches 'error'", "event.severity matches 'critical'"),
        ("event.severity matches 'error' or event.source matches 'a'", "event.severity matches 'error'"),
        ("event.severity matches 'x and y'", "event.severity matches 'x' and event.source matches 'y'"),
    ],
)
def test_narrower_rules_first_and_different_ones_are_fine(conditions: tuple[str, str]) -> None:
    assert messages(CHECK, rules(*conditions)) == []
