"""dashboard/threshold-scale: a widget that shows percent is compared with percent."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.dashboard.threshold_scale import CHECK

PERCENT = "FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)"


def test_ratios_beside_percent_are_found() -> None:
    (found,) = findings(CHECK, build.billboard(queries=(PERCENT,), warning=0.02, critical=0.05))
    assert found.message == "The widget shows percent, and is compared with 0.02 and 0.05: less than one in a hundred."
    assert found.advice == "Was 5 meant? If not, silence this with the reason."


@pytest.mark.parametrize(
    "widget",
    [
        build.billboard(queries=(PERCENT,), warning=0.5, critical=1),
        build.billboard(queries=("FROM SkillExecution SELECT average(cost)",), critical=0.05),
        build.billboard(queries=(PERCENT,)),
        build.chart(queries=(f"{PERCENT} TIMESERIES",), bands=(build.band(above=2.0),)),
    ],
)
def test_percent_other_units_and_no_figures_are_fine(widget: spec.Widget) -> None:
    assert messages(CHECK, widget) == []
