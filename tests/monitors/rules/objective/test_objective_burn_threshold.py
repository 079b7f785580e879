"""objective/burn-threshold: a burn alert opens at what its service level says."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings
from objective_cases import fast_burn, share, with_level

from monitors import spec
from monitors.catalog import stack
from monitors.rules.objective.burn_threshold import CHECK
from service.metrics import Unit


def told(condition: spec.NrqlCondition) -> list[tuple[str, str]]:
    return [(one.field, one.message) for one in findings(CHECK, with_level(condition))]


def test_the_figure_of_a_thirty_day_table_is_found() -> None:
    wrong = fast_burn(critical=build.threshold(value=14.4, duration_seconds=60))
    assert told(wrong) == [
        (
            "critical.value",
            'It is to open at 2 % of the budget of "Availability" in 1 hour, which is 1.344 % of errors, and opens at '
            "14.4 %.",
        )
    ]


def test_another_window_is_found() -> None:
    five_minutes = build.threshold(value=1.344, duration_seconds=300)
    wrong = fast_burn(signal=spec.Signal(window_seconds=300), critical=five_minutes)
    assert told(wrong) == [
        (
            "signal.window_seconds",
            'It is to open at 2 % of the budget of "Availability" in 1 hour, and signal.window_seconds is 300.',
        )
    ]


def test_a_threshold_on_something_else_is_found() -> None:
    wrong = fast_burn(query="FROM SkillExecution SELECT count(*)")
    assert [field for field, _ in told(wrong)] == ["critical"]


def test_a_ratio_and_a_success_rate_with_the_same_meaning_are_fine() -> None:
    ratio = fast_burn(
        query=share().replace(" * 100", ""),
        unit=Unit.ONE,
        critical=build.threshold(value=0.01344, duration_seconds=60),
    )
    below = build.threshold(value=98.656, duration_seconds=60, operator=spec.Operator.BELOW)
    success = fast_burn(query=share().replace("SELECT ", "SELECT 100 - "), critical=below)
    assert told(fast_burn()) == told(ratio) == told(success) == []


def test_the_catalogue_is_fine() -> None:
    assert findings(CHECK, stack("prod")) == []
