"""dashboard/unreachable-threshold: colours that can show, and do not always."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import messages

from monitors import spec
from monitors.rules.dashboard.unreachable_threshold import CHECK

SHARE = "FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)"
COUNT = "FROM SkillExecution SELECT count(*)"


@pytest.mark.parametrize(
    ("widget", "message"),
    [
        (
            build.billboard(queries=(SHARE,), critical=120),
            "The query gives at most 100, so that critical 120 never shows.",
        ),
        (
            build.billboard(queries=(COUNT,), critical=0),
            "The query gives 0 and more, so that critical 0 always shows.",
        ),
        (
            build.billboard(queries=(COUNT,), warning=1, critical=-1),
            "The query gives 0 and more, so that critical -1 never shows.",
        ),
        (
            build.chart(queries=(f"{SHARE} TIMESERIES",), bands=(build.band(above=100.0),)),
            "The query gives at most 100, so that the band above 100 never shows.",
        ),
        (
            build.chart(queries=(f"{COUNT} TIMESERIES",), bands=(build.band(above=None, below=0.0),)),
            "The query gives 0 and more, so that the band below 0 never shows.",
        ),
        (
            build.bullet(queries=(SHARE,), limit=150.0),
            "The query gives at most 100, so that the limit 150 is never reached.",
        ),
    ],
)
def test_a_figure_that_the_query_cannot_give_is_found(widget: spec.Widget, message: str) -> None:
    assert messages(CHECK, widget) == [message]


@pytest.mark.parametrize(
    "widget",
    [
        build.billboard(queries=(SHARE,), warning=2, critical=5),
        build.billboard(queries=("FROM Metric SELECT min(`Custom/Service/Health`)",), warning=0.9, critical=0.5),
        build.billboard(queries=(SHARE, COUNT), critical=120),  # meant for one of the two
        build.billboard(queries=("FROM SkillExecution SELECT average(savingsPercent)",), critical=-5),
        build.bullet(queries=(SHARE,), limit=100.0),
        build.markdown(),
    ],
)
def test_figures_within_reach_are_fine(widget: spec.Widget) -> None:
    assert messages(CHECK, widget) == []
