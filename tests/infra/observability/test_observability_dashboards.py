"""Dashboards as they reach New Relic."""

from __future__ import annotations

from typing import Any, get_args

import pulumi
import pytest
from observability_specs import context
from stack_mocks import ACCOUNT_ID, recorded

from infra.observability.dashboards import Dashboards
from infra.observability.widgets import number
from monitors.spec import (
    Band,
    BillboardWidget,
    BulletWidget,
    ChartWidget,
    Dashboard,
    MarkdownWidget,
    Page,
    Place,
    Variable,
    Widget,
)

QUERY = "SELECT count(*) FROM SkillExecution"
KINDS = get_args(ChartWidget.model_fields["kind"].annotation)


def dashboard(*widgets: Widget, **changes: Any) -> Dashboard:
    """A dashboard with one page."""
    fields: dict[str, Any] = {
        "key": "overview",
        "name": "Overview (staging)",
        "pages": (Page(name="First", widgets=widgets or (chart("line"),)),),
    }
    return Dashboard(**{**fields, **changes})


def chart(kind: str, row: int = 1, column: int = 1, **changes: Any) -> ChartWidget:
    """A chart of one kind with one query."""
    fields: dict[str, Any] = {
        "kind": kind,
        "title": f"{kind} {row}/{column}",
        "place": Place(row=row, column=column),
        "queries": (QUERY,),
    }
    return ChartWidget(**{**fields, **changes})


def made(spec: Dashboard) -> dict[str, Any]:
    """What New Relic is asked for."""

    def program() -> None:
        Dashboards("dashboards", (spec,), context())

    return dict(recorded(program).of_type("OneDashboard")[spec.key].inputs)


def only_widget(widget: Widget) -> tuple[str, dict[str, Any]]:
    """The list in which a widget arrives, and the widget."""
    page = {name: value for name, value in made(dashboard(widget))["pages"][0].items() if name != "name"}
    ((field, widgets),) = page.items()
    return field, widgets[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_arrives_in_the_list_of_its_kind(kind: str) -> None:
    field, widget = only_widget(chart(kind, unit="COUNT", ignores_time_range=True))
    words = ["pies"] if kind == "pie" else f"{kind}s".split("_")
    assert field == "widget" + "".join(word.capitalize() for word in words)
    assert widget == {
        "title": f"{kind} 1/1",
        "row": 1,
        "column": 1,
        "width": 4,
        "height": 3,
        "nrqlQueries": [{"accountId": ACCOUNT_ID, "query": QUERY}],
        "units": [{"unit": "COUNT"}],
        "ignoreTimeRange": True,
    }


def test_the_widgets_of_a_kind_are_sorted_by_row_and_column_so_that_they_do_not_drift() -> None:
    page = made(dashboard(chart("line", 4, 1), chart("line", 1, 5), chart("line", 1, 1)))["pages"][0]
    assert [(widget["row"], widget["column"]) for widget in page["widgetLines"]] == [(1, 1), (1, 5), (4, 1)]


def test_every_query_of_a_widget_names_the_account() -> None:
    _, widget = only_widget(chart("line", queries=(QUERY, f"{QUERY} SINCE 1 day ago")))
    assert [query["accountId"] for query in widget["nrqlQueries"]] == [ACCOUNT_ID, ACCOUNT_ID]


def test_a_billboard_has_its_thresholds_as_text() -> None:
    place = Place(row=1, column=1)
    field, widget = only_widget(
        BillboardWidget(title="Errors", place=place, queries=(QUERY,), warning=0.5, critical=100, unit="PERCENTAGE")
    )
    assert field == "widgetBillboards"
    assert (widget["warning"], widget["critical"]) == ("0.5", "100")


def test_a_bullet_has_its_limit() -> None:
    field, widget = only_widget(BulletWidget(title="Spent", place=Place(row=1, column=1), queries=(QUERY,), limit=250))
    assert (field, widget["limit"]) == ("widgetBullets", 250)


def test_text_arrives_as_markdown() -> None:
    field, widget = only_widget(MarkdownWidget(title="Help", place=Place(row=1, column=1), text="# Help"))
    assert (field, widget["text"]) == ("widgetMarkdowns", "# Help")


def test_the_bands_of_a_line_are_ranges_with_a_severity() -> None:
    _, widget = only_widget(chart("line", bands=(Band(severity="warning", above=1, below=5),)))
    assert widget["thresholds"] == [{"severity": "warning", "from": "1", "to": "5"}]


def test_the_bands_of_a_table_name_their_column_and_leave_an_end_open() -> None:
    _, widget = only_widget(chart("table", bands=(Band(severity="critical", above=5, column_name="Errors"),)))
    assert widget["thresholds"] == [{"severity": "critical", "from": "5", "columnName": "Errors"}]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (100, "100"), (0.5, "0.5"), (1_500_000, "1500000"), (0.00001, "0.00001"), (-2.5, "-2.5"), (None, None)],
)
def test_a_figure_is_written_without_an_exponent_or_a_needless_point(value: float | None, text: str | None) -> None:
    assert number(value) == text


def test_a_variable_with_options_is_a_closed_list() -> None:
    variable = Variable(name="env", title="Environment", options=("staging", "prod"), default=("staging",))
    assert made(dashboard(variables=(variable,)))["variables"] == [
        {
            "name": "env",
            "title": "Environment",
            "type": "enum",
            "replacementStrategy": "string",
            "defaultValues": ["staging"],
            "isMultiSelection": False,
            "items": [{"title": "staging", "value": "staging"}, {"title": "prod", "value": "prod"}],
        }
    ]


def test_a_variable_with_a_query_names_the_account() -> None:
    variable = Variable(name="skill", title="Skill", query="SELECT uniques(skillId) FROM SkillExecution", multiple=True)
    (said,) = made(dashboard(variables=(variable,)))["variables"]
    assert said["type"] == "nrql"
    assert said["nrqlQuery"] == {"accountIds": [ACCOUNT_ID], "query": "SELECT uniques(skillId) FROM SkillExecution"}
    assert "items" not in said


def test_dashboards_are_linked_by_name_and_tagged() -> None:
    def program() -> None:
        pulumi.export("links", dict(Dashboards("dashboards", (dashboard(),), context()).links))

    recording = recorded(program)
    assert recording.exports["links"] == {"Overview (staging)": "OneDashboard:overview.permalink"}
    assert recording.of_type("EntityTags")["overview"].inputs["guid"] == "OneDashboard:overview.guid"


def test_who_may_edit_a_dashboard_is_said() -> None:
    assert made(dashboard(permissions="private"))["permissions"] == "private"
