"""dashboard/overlapping-bands: one colour for a value."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages

from monitors import spec
from monitors.rules.dashboard.overlapping_bands import CHECK


def line(*bands: spec.Band) -> spec.ChartWidget:
    return build.chart(bands=bands)


def test_bands_that_overlap_in_different_colours_are_found() -> None:
    warning, critical = build.band(severity="warning", above=2.0), build.band(above=5.0)
    assert messages(CHECK, line(warning, critical)) == ["The bands above 2 (warning) and above 5 (critical) overlap."]


def test_bands_that_meet_and_bands_of_one_colour_are_fine() -> None:
    warning = build.band(severity="warning", above=2.0, below=5.0)
    assert messages(CHECK, line(warning, build.band(above=5.0))) == []
    assert messages(CHECK, line(build.band(above=2.0), build.band(above=5.0))) == []


def test_bands_of_different_columns_are_fine() -> None:
    bands = (build.band(severity="warning", column_name="a"), build.band(column_name="b"))
    assert messages(CHECK, build.chart(kind="table", bands=bands)) == []
