"""Dashboards: pages of widgets on New Relic's grid of 12 columns."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.values import Key, NoRepeats, NotBlank, OneTrimmedLine, Query

_COLUMNS = 12
_EVERYTHING = "*"
Title = Annotated[
    str, Field(min_length=1, max_length=255, description="Use 1 to 255 characters on one line."), OneTrimmedLine
]
Number = Annotated[float, Field(allow_inf_nan=False, description="Give a number in the widget's unit.")]
Queries = Annotated[tuple[Query, ...], Field(min_length=1, description="Give at least one query.")]


class Place(Spec):
    """Where a widget stands: columns 1 to 12 from the left, rows from 1 down; sizes in columns and rows."""

    LABEL: ClassVar[str] = "place"

    row: Annotated[int, Field(ge=1, description="Rows count from 1.")]
    column: Annotated[int, Field(ge=1, le=_COLUMNS, description="A dashboard has 12 columns.")]
    width: Annotated[int, Field(ge=1, le=_COLUMNS, description="A dashboard has 12 columns.")] = 4
    height: Annotated[int, Field(ge=1, le=32, description="A widget is 1 to 32 rows high.")] = 3

    @model_validator(mode="after")
    def _ends_within_the_grid(self) -> Place:
        if self.column + self.width - 1 > _COLUMNS:
            fits = _COLUMNS - self.column + 1
            raise ValueError(f"column {self.column} and width {self.width} end past column 12; width {fits} would fit")
        return self

    def overlaps(self, other: Place) -> bool:
        """Say whether both cover a cell."""
        apart_in_columns = self.column + self.width <= other.column or other.column + other.width <= self.column
        apart_in_rows = self.row + self.height <= other.row or other.row + other.height <= self.row
        return not (apart_in_columns or apart_in_rows)


class Band(Spec):
    """A coloured range of a line or table widget, in the widget's unit; None leaves an end open."""

    LABEL: ClassVar[str] = "threshold band"

    severity: Literal["success", "warning", "unavailable", "severe", "critical"]
    above: Number | None = None
    below: Number | None = None
    column_name: str | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Band:
        if self.above is None and self.below is None:
            raise ValueError("give above, below or both")
        if self.above is not None and self.below is not None and self.above >= self.below:
            raise ValueError(f"above {self.above:g} is not less than below {self.below:g}; swap them")
        return self


class ChartWidget(Spec):
    """A chart over one or more queries."""

    LABEL: ClassVar[str] = "chart widget"

    kind: Literal["line", "area", "bar", "stacked_bar", "pie", "table", "heatmap", "histogram", "funnel", "log_table"]
    title: Title
    place: Place
    queries: Queries
    bands: tuple[Band, ...] = ()
    unit: str | None = None
    ignores_time_range: bool = False

    @model_validator(mode="after")
    def _bands_fit_the_kind(self) -> ChartWidget:
        if self.bands and self.kind not in ("line", "table"):
            raise ValueError(f"bands are for line and table widgets; leave them out of a {self.kind} widget")
        if self.kind == "line" and any(band.column_name for band in self.bands):
            raise ValueError("bands name a column_name, which only a table has; leave it out of a line's bands")
        if self.kind == "table" and any(band.column_name is None for band in self.bands):
            raise ValueError("bands of a table each need a column_name; name the column they colour")
        return self


class BillboardWidget(Spec):
    """Figures in large type, coloured from `warning` and from `critical` on."""

    LABEL: ClassVar[str] = "billboard widget"

    title: Title
    place: Place
    queries: Queries
    warning: Number | None = None
    critical: Number | None = None
    unit: str | None = None
    ignores_time_range: bool = False

    @model_validator(mode="after")
    def _thresholds_differ(self) -> BillboardWidget:
        if self.warning is not None and self.warning == self.critical:
            raise ValueError(
                f"warning and critical are both {self.warning:g}; change warning or leave it out: it would never show"
            )
        return self


class BulletWidget(Spec):
    """A figure against a limit."""

    LABEL: ClassVar[str] = "bullet widget"

    title: Title
    place: Place
    queries: Queries
    limit: Annotated[float, Field(gt=0, allow_inf_nan=False, description="Give a number above 0.")]
    unit: str | None = None


class MarkdownWidget(Spec):
    """Text on the dashboard."""

    LABEL: ClassVar[str] = "markdown widget"

    title: str = ""
    place: Place
    text: Annotated[str, Field(min_length=1, max_length=4096, description="Use 1 to 4,096 characters."), NotBlank]


Widget = ChartWidget | BillboardWidget | BulletWidget | MarkdownWidget


class Page(Spec):
    """One tab of a dashboard; its widgets do not overlap, and are kept sorted by row and column (else they drift)."""

    LABEL: ClassVar[str] = "dashboard page"

    name: Title
    widgets: Annotated[
        tuple[Widget, ...], Field(min_length=1, max_length=150, description="Give a page 1 to 150 widgets.")
    ]

    @model_validator(mode="after")
    def _nothing_overlaps(self) -> Page:
        for one, other in combinations(self.widgets, 2):
            if one.place.overlaps(other.place):
                raise ValueError(
                    f'widgets "{one.title}" (row {one.place.row}, column {one.place.column}) and "{other.title}" '
                    f"(row {other.place.row}, column {other.place.column}) overlap; move one of them"
                )
        return self

    @property
    def widgets_in_order(self) -> tuple[Widget, ...]:
        """The widgets from top to bottom, from left to right."""
        return tuple(sorted(self.widgets, key=lambda widget: (widget.place.row, widget.place.column)))


class Variable(Spec):
    """A choice at the top of a dashboard, used in queries as `{{name}}`: given `options`, or what `query` finds."""

    LABEL: ClassVar[str] = "dashboard variable"

    name: Annotated[
        str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9_]*$", description="Write letters, digits and underscores.")
    ]
    title: Title
    replacement: Literal["default", "identifier", "number", "string"] = "string"
    options: Annotated[tuple[Annotated[str, NotBlank], ...], NoRepeats, Field(description="Give each once.")] = ()
    query: Query | None = None
    multiple: bool = False
    default: Annotated[
        tuple[str, ...], Field(min_length=1, description='Give at least one, such as ("*",).'), NoRepeats
    ] = ("*",)

    @model_validator(mode="after")
    def _has_one_source(self) -> Variable:
        if bool(self.options) == (self.query is not None):
            raise ValueError(
                f"options and query are both {'missing' if self.query is None else 'given'}; give one of them"
            )
        if len(self.default) > 1 and not self.multiple:
            raise ValueError(f"default has {len(self.default)} values, and multiple is False; give one value")
        strange = [value for value in self.default if value != _EVERYTHING and value not in self.options]
        if self.options and strange:
            raise ValueError(f"default {', '.join(strange)} is none of the options {', '.join(self.options)}; give one")
        return self


class Dashboard(Spec):
    """A dashboard; with a single page New Relic shows the page's name as the dashboard's."""

    LABEL: ClassVar[str] = "dashboard"

    key: Key
    name: Annotated[
        str, Field(min_length=3, max_length=255, description="Use 3 to 255 characters on one line."), OneTrimmedLine
    ]
    description: Annotated[str, Field(max_length=1024, description="Use up to 1,024 characters.")] = ""
    pages: Annotated[
        tuple[Page, ...], Field(min_length=1, max_length=25, description="Give a dashboard 1 to 25 pages.")
    ]
    variables: tuple[Variable, ...] = ()
    permissions: Literal["public_read_only", "public_read_write", "private"] = "public_read_only"

    @model_validator(mode="after")
    def _variables_exist(self) -> Dashboard:
        known = Counter(variable.name for variable in self.variables)
        if len(known) < len(self.variables):
            repeated = ", ".join(sorted(name for name, count in known.items() if count > 1))
            raise ValueError(f"variables {repeated} are declared twice; give one of them another name")
        for page in self.pages:
            for widget in page.widgets:
                for used in _variables_in(widget):
                    if used not in known:
                        raise ValueError(
                            f'widget "{widget.title}" uses {{{{{used}}}}}, which is no variable of the dashboard; '
                            f"declare it in variables, which hold {', '.join(sorted(known)) or 'none'}"
                        )
        return self


def _variables_in(widget: Widget) -> set[str]:
    if isinstance(widget, MarkdownWidget):
        return set()
    return {part.split("}}")[0].strip() for query in widget.queries for part in query.split("{{")[1:]}
