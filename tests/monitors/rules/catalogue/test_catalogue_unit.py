"""catalogue/unit: a condition's unit is that of its query."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors.rules.catalogue.unit import CHECK
from service.metrics import Unit

SHARE = "filter(sum(`Custom/Service/RequestCount`), WHERE outcome != 'success') / sum(`Custom/Service/RequestCount`)"
WAIT = "average(`Custom/Service/ResponseTime`)"


@pytest.mark.parametrize(
    ("select", "unit", "message", "advice"),
    [
        (
            SHARE,
            Unit.PERCENT,
            "The query gives a ratio (1 is the whole), and unit says percent.",
            "Multiply the query's ratio by 100: a threshold of 5 would otherwise mean 500 %.",
        ),
        (
            f"{WAIT} / 1000",
            Unit.MILLISECONDS,
            "The query gives seconds, and unit says milliseconds.",
            "Multiply the query by 1000, or give unit and thresholds in seconds.",
        ),
        (
            WAIT,
            Unit.SECONDS,
            "The query gives milliseconds, and unit says seconds.",
            "Divide the query by 1000, or give unit and thresholds in milliseconds.",
        ),
        (
            "sum(`Custom/Cost/TokensUsed`)",
            Unit.USD,
            "The query gives tokens, and unit says USD.",
            "Give unit and thresholds in tokens, or convert the query to USD.",
        ),
        (
            f"{SHARE} * 100",
            Unit.ONE,
            "The query gives percent, and unit says things.",
            "Give unit and thresholds in percent, or convert the query to things.",
        ),
    ],
)
def test_another_unit_than_the_querys_is_found(select: str, unit: Unit, message: str, advice: str) -> None:
    (found,) = findings(CHECK, build.condition(query=f"FROM Metric SELECT {select}", unit=unit))
    assert (found.message, found.advice) == (message, advice)


def test_agents_events_are_in_seconds() -> None:
    (message,) = messages(
        CHECK, build.condition(query="FROM Transaction SELECT average(duration)", unit=Unit.MILLISECONDS)
    )
    assert message == "The query gives seconds, and unit says milliseconds."


@pytest.mark.parametrize(
    ("query", "unit"),
    [
        (f"FROM Metric SELECT {SHARE} * 100", Unit.PERCENT),
        (f"FROM Metric SELECT {SHARE}", Unit.ONE),
        ("FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)", Unit.PERCENT),
        ("FROM Metric SELECT sum(`Custom/Cost/RequestCost`) / sum(`Custom/Service/RequestCount`)", Unit.USD),
        ("FROM Metric SELECT max(`Custom/Telemetry/SpoolSize`) / 1000000", Unit.MEGABYTES),
        ("FROM SkillExecution SELECT average(cost) * 7", Unit.PERCENT),  # a factor that converts nothing known
        ("FROM Unheard SELECT average(cost)", Unit.USD),
    ],
)
def test_the_querys_unit_and_what_is_not_understood_are_fine(query: str, unit: Unit) -> None:
    assert messages(CHECK, build.condition(query=query, unit=unit)) == []
