"""Dashboards: widgets within the grid, apart from each other, and variables that exist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec_builders import band, billboard, bullet, chart, dashboard, markdown, page, place, variable
from spec_refusals import Builder, case, refusal

from monitors.spec import Place

REFUSED = (
    case(place, "place: field row is 0: input should be greater than or equal to 1. Rows count from 1.", row=0),
    case(
        place,
        "place: field column is 13: input should be less than or equal to 12. A dashboard has 12 columns.",
        column=13,
    ),
    case(
        place,
        "place: field width is 13: input should be less than or equal to 12. A dashboard has 12 columns.",
        width=13,
    ),
    case(
        place,
        "place: field height is 33: input should be less than or equal to 32. A widget is 1 to 32 rows high.",
        height=33,
    ),
    case(place, "place: column 10 and width 4 end past column 12; width 3 would fit.", column=10, width=4),
    case(
        band,
        "threshold band: field severity is 'bad': input should be 'success', 'warning', 'unavailable', "
        "'severe' or 'critical'.",
        severity="bad",
    ),
    case(band, "threshold band: give above, below or both.", above=None),
    case(band, "threshold band: above 5 is not less than below 5; swap them.", above=5.0, below=5.0),
    case(
        band,
        "threshold band: field above is inf: input should be a finite number. Give a number in the widget's unit.",
        above=float("inf"),
    ),
    case(
        chart,
        "chart widget \"Errors\": field kind is 'gauge': input should be 'line', 'area', 'bar', "
        "'stacked_bar', 'pie', 'table', 'heatmap', 'histogram', 'funnel' or 'log_table'.",
        kind="gauge",
    ),
    case(
        chart,
        "chart widget: field title is '': string should have at least 1 character. Use 1 to 255 "
        "characters on one line.",
        title="",
    ),
    case(
        chart,
        "chart widget \"Errors\\n\": field title is 'Errors\\n': it begins or ends with a space, or holds a "
        "line break or another unprintable character. Use 1 to 255 characters on one line.",
        title="Errors\n",
    ),
    case(
        chart,
        'chart widget "Errors": field queries is (): tuple should have at least 1 item, not 0. Give at '
        "least one query.",
        queries=(),
    ),
    case(
        chart,
        "chart widget \"Errors\": field queries.0 is '                    ': it is blank. Write a whole NRQL query.",
        queries=(" " * 20,),
    ),
    case(
        chart,
        'chart widget "Errors": bands are for line and table widgets; leave them out of a bar widget.',
        kind="bar",
        bands=(band(),),
    ),
    case(
        chart,
        'chart widget "Errors": bands name a column_name, which only a table has; leave it out of a line\'s bands.',
        bands=(band(column_name="model"),),
    ),
    case(
        chart,
        'chart widget "Errors": bands of a table each need a column_name; name the column they colour.',
        kind="table",
        bands=(band(),),
    ),
    case(
        billboard,
        'billboard widget "Errors now": warning and critical are both 5; change warning or leave '
        "it out: it would never show.",
        warning=5.0,
        critical=5.0,
    ),
    case(
        billboard,
        'billboard widget "Errors now": field critical is nan: input should be a finite number. Give a '
        "number in the widget's unit.",
        critical=float("nan"),
    ),
    case(
        bullet,
        'bullet widget "Budget": field limit is 0.0: input should be greater than 0. Give a number above 0.',
        limit=0.0,
    ),
    case(
        bullet,
        'bullet widget "Budget": field limit is inf: input should be a finite number. Give a number above 0.',
        limit=float("inf"),
    ),
    case(
        markdown,
        "markdown widget: field text is '': string should have at least 1 character. Use 1 to 4,096 characters.",
        text="",
    ),
    case(markdown, "markdown widget: field text is '   ': it is blank. Use 1 to 4,096 characters.", text="   "),
    case(
        markdown,
        "markdown widget: field text is "
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxx...: string should have at most 4096 characters. Use 1 to 4,096 "
        "characters.",
        text="x" * 4097,
    ),
    case(
        page,
        "dashboard page \" \": field name is ' ': it begins or ends with a space, or holds a line break or "
        "another unprintable character. Use 1 to 255 characters on one line.",
        name=" ",
    ),
    case(
        page,
        'dashboard page "Errors": field widgets is (): tuple should have at least 1 item, not 0. '
        "Give a page 1 to 150 widgets.",
        widgets=(),
    ),
    case(
        page,
        'dashboard page "Errors": widgets "Errors" (row 1, column 1) and "Errors now" (row 3, column 4) '
        "overlap; move one of them.",
        widgets=(chart(), billboard(place=place(row=3, column=4))),
    ),
    case(
        variable,
        "dashboard variable \"the model\": field name is 'the model': string should match pattern "
        "'^[a-zA-Z][a-zA-Z0-9_]*$'. Write letters, digits and underscores.",
        name="the model",
    ),
    case(
        variable,
        "dashboard variable \"model\": field title is '': string should have at least 1 character. Use 1 "
        "to 255 characters on one line.",
        title="",
    ),
    case(
        variable,
        "dashboard variable \"model\": field replacement is 'json': input should be 'default', "
        "'identifier', 'number' or 'string'.",
        replacement="json",
    ),
    case(variable, 'dashboard variable "model": options and query are both missing; give one of them.', options=()),
    case(
        variable,
        'dashboard variable "model": options and query are both given; give one of them.',
        query="SELECT uniques(model) FROM SkillExecution",
    ),
    case(
        variable,
        "dashboard variable \"model\": field options is ('opus', 'opus'): the same opus is given more than "
        "once. Give each once.",
        options=("opus", "opus"),
    ),
    case(
        variable,
        "dashboard variable \"model\": field options.1 is '': it is blank. Give each once.",
        options=("opus", ""),
    ),
    case(
        variable,
        'dashboard variable "model": field default is (): tuple should have at least 1 item, not 0. Give '
        'at least one, such as ("*",).',
        default=(),
    ),
    case(
        variable,
        'dashboard variable "model": default has 2 values, and multiple is False; give one value.',
        default=("opus", "haiku"),
    ),
    case(
        variable,
        'dashboard variable "model": default gpt is none of the options haiku, opus; give one.',
        default=("gpt",),
    ),
    case(
        dashboard,
        "dashboard \"ab\": field name is 'ab': string should have at least 3 characters. Use 3 to 255 "
        "characters on one line.",
        name="ab",
    ),
    case(
        dashboard,
        'dashboard "Errors": field description is '
        "'ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
        "dddddddddddddddddddddddd...: string should have at most 1024 characters. Use up to 1,024 "
        "characters.",
        description="d" * 1025,
    ),
    case(
        dashboard,
        'dashboard "Errors": field pages is (): tuple should have at least 1 item, not 0. Give a '
        "dashboard 1 to 25 pages.",
        pages=(),
    ),
    case(
        dashboard,
        'dashboard "Errors": field pages is (dashboard page "Errors", dashboard page "Errors", '
        'dashboard page "Errors", dashboard page "Errors", dashboard page "Err...: tuple should '
        "have at most 25 items, not 26. Give a dashboard 1 to 25 pages.",
        pages=(page(),) * 26,
    ),
    case(
        dashboard,
        "dashboard \"Errors\": field permissions is 'public': input should be 'public_read_only', "
        "'public_read_write' or 'private'.",
        permissions="public",
    ),
    case(
        dashboard,
        'dashboard "Errors": widget "Errors" uses {{model}}, which is no variable of the '
        "dashboard; declare it in variables, which hold none.",
        pages=(page(widgets=(chart(queries=("SELECT count(*) FROM X WHERE model = {{model}}",)),)),),
    ),
    case(
        dashboard,
        'dashboard "Errors": variables model are declared twice; give one of them another name.',
        variables=(variable(), variable()),
    ),
    case(
        chart,
        "chart widget "
        '"ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt'
        'ttttttttttttttttttttttttt...": field title is '
        "'ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt"
        "tttttttttttttttttttttttt...: string should have at most 255 characters. Use 1 to 255 characters "
        "on one line.",
        title="t" * 256,
    ),
    case(
        place,
        "place: field column is 0: input should be greater than or equal to 1. A dashboard has 12 columns.",
        column=0,
    ),
    case(
        place,
        "place: field width is 0: input should be greater than or equal to 1. A dashboard has 12 columns.",
        width=0,
    ),
    case(
        place,
        "place: field height is 0: input should be greater than or equal to 1. A widget is 1 to 32 rows high.",
        height=0,
    ),
    case(
        page,
        'dashboard page "Errors": field widgets is (chart widget "Errors", chart widget "Errors", '
        'chart widget "Errors", chart widget "Errors", chart widget "Errors", char...: tuple '
        "should have at most 150 items, not 151. Give a page 1 to 150 widgets.",
        widgets=(chart(),) * 151,
    ),
    case(
        dashboard,
        "dashboard "
        '"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'
        'nnnnnnnnnnnnnnnnnnnnnnnnn...": field name is '
        "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnnnnnnnnnnnnnnn...: string should have at most 255 characters. Use 3 to 255 characters "
        "on one line.",
        name="n" * 256,
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


PLACES = st.builds(
    lambda row, column, width, height: place(row=row, column=column, width=min(width, 13 - column), height=height),
    row=st.integers(1, 8),
    column=st.integers(1, 12),
    width=st.integers(1, 12),
    height=st.integers(1, 6),
)


def cells(one: Place) -> set[tuple[int, int]]:
    rows, columns = range(one.row, one.row + one.height), range(one.column, one.column + one.width)
    return {(row, column) for row in rows for column in columns}


@given(one=PLACES, other=PLACES)
def test_two_places_overlap_exactly_when_they_share_a_cell_of_the_grid(one: Place, other: Place) -> None:
    assert one.overlaps(other) is other.overlaps(one) is bool(cells(one) & cells(other))


@given(places=st.lists(PLACES, min_size=1, max_size=6))
def test_a_page_is_taken_exactly_when_no_cell_is_covered_twice(places: list[Place]) -> None:
    widgets = tuple(billboard(place=one) for one in places)
    if len(set().union(*map(cells, places))) == sum(one.width * one.height for one in places):
        assert page(widgets=widgets).widgets == widgets
    else:
        assert refusal(page, widgets=widgets).endswith("overlap; move one of them.")


@given(column=st.integers(1, 12), width=st.integers(1, 12))
def test_a_place_is_taken_exactly_when_it_ends_within_twelve_columns(column: int, width: int) -> None:
    if column + width <= 13:
        assert place(column=column, width=width).width == width
    else:
        assert f"width {13 - column} would fit" in refusal(place, column=column, width=width)


def test_widgets_are_put_in_reading_order_since_new_relic_reports_drift_otherwise() -> None:
    places = (place(row=4), place(column=7), place(row=1, column=1))
    widgets = tuple(billboard(title=str(n), place=one) for n, one in enumerate(places))
    assert [widget.title for widget in page(widgets=widgets).widgets_in_order] == ["2", "1", "0"]


def test_a_declared_variable_may_be_used_with_spaces_in_its_braces() -> None:
    used = page(widgets=(chart(queries=("SELECT count(*) FROM X WHERE model = {{ model }}",)),))
    assert dashboard(pages=(used,), variables=(variable(),)).variables == (variable(),)


def test_braces_in_a_markdown_widget_are_text() -> None:
    assert dashboard(pages=(page(widgets=(markdown(text="{{model}}"),)),)).variables == ()


def test_every_option_may_be_a_default_of_a_variable_that_takes_several() -> None:
    assert variable(multiple=True, default=("haiku", "opus")).default == ("haiku", "opus")
