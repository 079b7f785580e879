"""catalogue/mixed-units: what is added or subtracted has to be of one unit."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors.rules.catalogue.mixed_units import CHECK

SHARE = "filter(sum(`Custom/Service/RequestCount`), WHERE outcome != 'success') / sum(`Custom/Service/RequestCount`)"


@pytest.mark.parametrize(
    ("select", "units"),
    [
        (f"100 - {SHARE}", "percent and a ratio (1 is the whole)"),
        (f"1 - {SHARE} * 100", "a ratio (1 is the whole) and percent"),
        (
            "average(`Custom/Service/ResponseTime`) + max(`Custom/Telemetry/SpoolOldestAge`)",
            "milliseconds and seconds",
        ),
        ("sum(`Custom/Cost/RequestCost`) - sum(`Custom/Cost/TokensUsed`)", "USD and tokens"),
    ],
)
def test_units_that_do_not_go_together_are_named(select: str, units: str) -> None:
    (message,) = messages(CHECK, build.condition(query=f"FROM Metric SELECT {select}"))
    assert message == f"The arithmetic adds or subtracts {units}: the result is neither."


def test_the_advice_says_how_to_bring_a_ratio_to_percent() -> None:
    (found,) = findings(CHECK, build.condition(query=f"FROM Metric SELECT 100 - {SHARE}"))
    assert found.advice == "Multiply the ratio by 100 first, or write 1 for the whole instead of 100."


@pytest.mark.parametrize(
    "select",
    [
        f"100 - {SHARE} * 100",
        f"1 - {SHARE}",
        "sum(`Custom/Cost/BaselineCost`) - sum(`Custom/Cost/RequestCost`)",
        "average(`Custom/Service/ResponseTime`) / 1000 + max(`Custom/Telemetry/SpoolOldestAge`)",
        "sum(`Custom/Cost/RequestCost`) + 5",
    ],
)
def test_units_that_go_together_are_fine(select: str) -> None:
    assert messages(CHECK, build.condition(query=f"FROM Metric SELECT {select}")) == []
