"""dashboard/threshold-direction: a billboard is red when the alert on the same value is open."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.dashboard.threshold_direction import CHECK

QUERY = "FROM SkillExecution SELECT uniqueCount(skillId)"


def alert(operator: spec.Operator) -> spec.NrqlCondition:
    return build.condition(query=QUERY, critical=build.threshold(operator=operator))


def test_a_billboard_that_colours_high_values_of_a_falling_alert_is_found() -> None:
    (found,) = findings(CHECK, alert(spec.Operator.BELOW), build.billboard(queries=(QUERY,), warning=3, critical=5))
    assert found.message == 'The billboard colours high values, and "High errors" opens on low ones.'
    assert found.advice == "Give a warning above the critical figure: New Relic then colours values below them."


def test_a_billboard_that_colours_low_values_of_a_rising_alert_is_found() -> None:
    (message,) = messages(CHECK, alert(spec.Operator.ABOVE), build.billboard(queries=(QUERY,), warning=5, critical=3))
    assert message == 'The billboard colours low values, and "High errors" opens on high ones.'


def test_the_same_side_another_value_and_no_colour_are_fine() -> None:
    falling = alert(spec.Operator.BELOW)
    other = "FROM SkillExecution SELECT uniqueCount(model)"
    assert messages(CHECK, falling, build.billboard(queries=(QUERY,), warning=5, critical=3)) == []
    assert messages(CHECK, falling, build.billboard(queries=(other,), warning=3, critical=5)) == []
    assert messages(CHECK, falling, build.billboard(queries=(QUERY,))) == []
