"""A dashboard as its grid of widgets: where each is, what it asks; without data, which the sandbox does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.pages.fields import Fields
from sandbox.pages.html import Html, element
from sandbox.pages.layout import panel
from sandbox.pages.runbooks import rendered
from sandbox.pages.views.nrql import query_block
from sandbox.pages.words import readable

_COLUMNS = 12  # of New Relic's grid: docs.newrelic.com/docs/query-your-data/explore-query-data/dashboards
_LIST = "widget"


@dataclass(frozen=True)
class _Widget:
    name: str
    kind: str
    properties: dict[str, Any]

    @property
    def area(self) -> tuple[int, int, int, int]:
        """Row, column, height and width in cells; what lies outside the grid is drawn at its edge."""
        row, column = self._cells("row", 1), min(self._cells("column", 1), _COLUMNS)
        return row, column, self._cells("height", 3), min(self._cells("width", 4), _COLUMNS + 1 - column)

    def _cells(self, name: str, usual: int) -> int:
        try:
            return max(1, int(self.properties.get(name) or usual))
        except (TypeError, ValueError):
            return usual


def dashboard(properties: dict[str, Any], _fields: Fields) -> Html:
    """Every page of the dashboard."""
    description = properties.get("description")
    pages = properties.get("pages") or []
    return element(
        "div",
        element("p", description, class_="lead") if description else None,
        element("p", "Titles, kinds and queries as they were provisioned. The sandbox holds no telemetry to draw."),
        [_page(page, place) for place, page in enumerate(pages)],
        class_="dashboard",
    )


def placement(properties: dict[str, Any]) -> str:
    """The style rules that put each widget at its place in the grid, where the window is wide enough for one."""
    rules = [
        f"#{widget.name}{{grid-area:{row}/{column}/span {height}/span {width}}}"
        for place, page in enumerate(properties.get("pages") or [])
        for widget in _widgets(page, place)
        for row, column, height, width in [widget.area]
    ]
    return f"@media (min-width:56rem){{{''.join(rules)}}}"


def _page(page: dict[str, Any], place: int) -> Html:
    widgets = sorted(_widgets(page, place), key=lambda widget: widget.area[:2])
    grid = element("div", [_drawn(widget) for widget in widgets], class_="grid")
    return panel(str(page.get("name") or f"Page {place + 1}"), grid)


def _widgets(page: dict[str, Any], place: int) -> Iterator[_Widget]:
    lists = [(name, listed) for name, listed in page.items() if name.startswith(_LIST) and isinstance(listed, list)]
    numbered = enumerate((name, widget) for name, listed in lists for widget in listed)
    for number, (name, widget) in numbered:
        yield _Widget(f"w{place}-{number}", _kind(name), widget)


def _kind(list_name: str) -> str:
    one = list_name.removeprefix(_LIST)
    return readable({"Pies": "Pie"}.get(one, one.removesuffix("s")))


def _drawn(widget: _Widget) -> Html:
    queries, text = widget.properties.get("nrqlQueries") or [], widget.properties.get("text")
    row, column, height, width = widget.area
    return element(
        "article",
        element("h3", widget.properties.get("title") or ("Text" if text else "Without a title")),
        element("span", widget.kind, class_="kind"),
        [query_block(str(query.get("query", ""))) for query in queries],
        element("div", rendered(str(text), []), class_="text") if text else None,
        id=widget.name,
        title=f"row {row}, column {column}, {width} wide, {height} high",
    )
