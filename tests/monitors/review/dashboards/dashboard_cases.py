"""Two sides of a stack whose dashboards differ, and dashboards small enough to see every field of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from monitors import catalog
from monitors.review.changes import Change
from monitors.review.context import Context
from monitors.review.dashboards import changes
from monitors.spec import (
    Band,
    BillboardWidget,
    BulletWidget,
    ChartWidget,
    Dashboard,
    MarkdownWidget,
    Page,
    Place,
    Stack,
    Variable,
    Widget,
)

MOMENT = datetime(2026, 11, 2, tzinfo=UTC)
QUERY = "FROM Request SELECT count(*) WHERE env = 'prod'"
TIMED = f"{QUERY} TIMESERIES AUTO"


@cache
def ours() -> Stack:
    return catalog.stack("prod")


def with_dashboards(*dashboards: Dashboard) -> Stack:
    """Return our stack with other dashboards."""
    seen = ours().observability.model_copy(update={"dashboards": dashboards})
    return ours().model_copy(update={"observability": seen})


def told(before: Sequence[Dashboard], after: Sequence[Dashboard]) -> tuple[Change, ...]:
    """Return what is told of dashboards that differ."""
    return tuple(changes(Context(with_dashboards(*before), with_dashboards(*after), MOMENT)))


def one(before: Dashboard, after: Dashboard) -> Change:
    """Return the only change of a dashboard."""
    (found,) = told([before], [after])
    return found


def texts(change: Change) -> list[str]:
    return [fact.text for fact in change.facts]


def at(row: int, column: int = 1, width: int = 4, height: int = 3) -> Place:
    return Place(row=row, column=column, width=width, height=height)


def line(title: str = "Requests (%)", place: Place | None = None, *queries: str, **fields: Any) -> ChartWidget:
    plain = {"kind": "line", "title": title, "place": place or at(1), "queries": queries or (TIMED,)}
    return ChartWidget(**{**plain, **fields})


def billboard(title: str = "Figure (ms)", place: Place | None = None, **fields: Any) -> BillboardWidget:
    return BillboardWidget(**{"title": title, "place": place or at(1, 5), "queries": (QUERY,), **fields})


def bullet(title: str = "Bullet", place: Place | None = None, **fields: Any) -> BulletWidget:
    return BulletWidget(**{"title": title, "place": place or at(1, 9), "queries": (QUERY,), "limit": 10.0, **fields})


def text(words: str = "Some words", place: Place | None = None, **fields: Any) -> MarkdownWidget:
    return MarkdownWidget(**{"text": words, "place": place or at(4), **fields})


def page(*widgets: Widget, name: str = "First") -> Page:
    return Page(name=name, widgets=widgets or whole_page().widgets)


def whole_page() -> Page:
    """Return a page with a widget of every type, each with every field set and with room around it."""
    bands = (Band(severity="warning", above=2, below=5), Band(severity="critical", above=5))
    return Page(
        name="First",
        widgets=(
            line(bands=bands, unit="PERCENTAGE"),
            billboard(place=at(5), warning=10, critical=20, unit="MS"),
            bullet(place=at(9), unit="COUNT"),
            text(place=at(13), title="Note"),
            ChartWidget(kind="table", title="Rows", place=at(17), queries=(f"{QUERY} FACET skillId",)),
        ),
    )


def variable(name: str = "who", **fields: Any) -> Variable:
    plain = {"name": name, "title": f"Who {name}", "options": ("alpha", "beta"), "default": ("alpha",)}
    return Variable(**{**plain, **fields})


def dashboard(*pages: Page, **fields: Any) -> Dashboard:
    plain = {"key": "one", "name": "Dashboard one", "description": "What it is for.", "variables": (variable(),)}
    return Dashboard(**{**plain, "pages": pages or (whole_page(), page(line("Other"), name="Second")), **fields})
