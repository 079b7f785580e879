"""Colours can be told from the ground and from each other, in both themes."""

from __future__ import annotations

import math
import re
from itertools import combinations
from typing import get_args

import pytest

from monitors.pictures.theme import DARK, LIGHT, SERIES, Palette, Theme, style

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else math.pow((channel + 0.055) / 1.055, 2.4)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance."""
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _oklab(colour: str) -> tuple[float, float, float]:
    """https://bottosson.github.io/posts/oklab: equal distances look about equally different."""
    red, green, blue = _channels(colour)
    cone = [
        (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3),
        (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3),
        (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3),
    ]
    return (
        0.2104542553 * cone[0] + 0.7936177850 * cone[1] - 0.0040720468 * cone[2],
        1.9779984951 * cone[0] - 2.4285922050 * cone[1] + 0.4505937099 * cone[2],
        0.0259040371 * cone[0] + 0.7827717662 * cone[1] - 0.8086757660 * cone[2],
    )


def distance(one: str, other: str) -> float:
    return math.dist(_oklab(one), _oklab(other))


@BOTH
def test_text_reads_on_every_ground_it_stands_on(palette: Palette) -> None:
    for ground in (palette.ground, palette.surface, palette.note):
        assert contrast(palette.text, ground) >= 7
    for ground in (palette.ground, palette.surface):
        assert contrast(palette.quiet, ground) >= 4.5
    for ground in palette.boxes.values():
        assert contrast(palette.on_box, ground) >= 4.5


@BOTH
def test_series_and_severities_stand_out_from_the_ground(palette: Palette) -> None:
    for colour in (*palette.series, *palette.severities.values(), palette.mark):
        assert contrast(colour, palette.surface) >= 3, colour


@BOTH
def test_no_two_series_look_alike(palette: Palette) -> None:
    assert len(palette.series) == SERIES == 10
    for one, other in combinations(palette.series, 2):
        assert distance(one, other) >= 0.08, (one, other)
    for one, other in combinations(palette.series[:5], 2):
        assert distance(one, other) >= 0.11, (one, other)


@BOTH
def test_the_boxes_of_a_billboard_can_be_told_from_each_other(palette: Palette) -> None:
    for one, other in combinations(palette.boxes.values(), 2):
        assert distance(one, other) >= 0.08, (one, other)


def test_both_themes_colour_the_same_things() -> None:
    assert set(LIGHT.severities) == set(DARK.severities)
    assert set(LIGHT.boxes) == set(DARK.boxes)


def test_a_style_reaches_nothing_outside_its_picture_and_loads_nothing() -> None:
    for theme in get_args(Theme):
        sheet = style(theme)
        rules = re.findall(r"([^{}]+)\{", sheet.replace("@media (prefers-color-scheme:dark){", ""))
        assert rules
        assert all(one.startswith(".nr ") for rule in rules for one in rule.split(","))
        assert "url(" not in sheet
        assert "@import" not in sheet
    assert "prefers-color-scheme" not in style("light")
    assert style("auto").count("prefers-color-scheme") == 1
