"""synthetics/unknown-monitor: results are of a monitor that exists."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages, pointed
from check_on_health import on_health

from monitors.rules.synthetics.unknown_monitor import CHECK


def test_a_name_that_no_monitor_has_is_pointed_at_with_the_likely_one() -> None:
    (found,) = findings(CHECK, on_health("Heath"), build.ping())
    assert found.message == 'The stack has no synthetic monitor named "Heath": the query finds no result.'
    assert found.advice == 'Did you mean "Health"?'
    assert pointed(CHECK, on_health("Heath"), build.ping()) == ["'Heath'"]


def test_each_name_of_a_list_is_looked_up() -> None:
    query = "FROM SyntheticCheck SELECT count(*) WHERE monitorName IN ('Health', 'Other one')"
    (found,) = findings(CHECK, build.condition(query=query), build.ping())
    assert found.advice == "There are Health."


def test_names_of_monitors_and_patterns_are_fine() -> None:
    assert messages(CHECK, on_health(), build.ping()) == []
    query = "FROM SyntheticCheck SELECT count(*) WHERE monitorName LIKE 'Heat%'"
    assert messages(CHECK, build.condition(query=query), build.ping()) == []
