"""The page about backtests tells of everything that is printed, and its picture is small and honest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from backtest_cases import alert, backtest, opening, unjudged

from monitors.backtest.document import document

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "backtest.md").read_text(encoding="utf-8")


def _fields(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(inner)


def test_every_field_of_the_document_is_described() -> None:
    both = (alert("high-skill-error-rate", opening()), alert("slow-skill", opening(notices=())), unjudged())
    names = set(_fields(document(backtest(*both))))
    assert {"alike_percent", "after_minutes", "next_step"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in PAGE.replace("[]", "").replace("alerts.", "")] == []


def test_every_kind_of_coverage_is_described() -> None:
    for kind in ("judged", "no data", "no value", "not evaluated", "disabled"):
        assert f"`{kind}`" in PAGE


def test_the_picture_is_small_and_says_that_its_data_is_made_up() -> None:
    picture = DOCS / "backtest.svg"
    assert picture.stat().st_size < 150_000
    root = ElementTree.parse(picture).getroot()
    assert "made-up data" in "".join(root.itertext())
