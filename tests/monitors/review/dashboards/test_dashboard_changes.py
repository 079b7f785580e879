"""Dashboards are compared widget by widget: every field that differs is told, and told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dashboard_cases import (
    MOMENT,
    QUERY,
    at,
    billboard,
    dashboard,
    line,
    one,
    ours,
    page,
    text,
    texts,
    told,
    variable,
    whole_page,
    with_dashboards,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitors.review.changes import Area, Danger, Operation
from monitors.review.compare import compare
from monitors.review.fields import differences
from monitors.spec import Band, ChartWidget, Dashboard, MarkdownWidget, Page, Place, Spec, Variable, Widget

# Another value of every field of every spec that a dashboard is made of, by the spec and the field.
OTHERS: dict[tuple[type[Spec], str], Any] = {
    (Dashboard, "key"): "two",
    (Dashboard, "name"): "Dashboard two",
    (Dashboard, "description"): "Something else.",
    (Dashboard, "permissions"): "private",
    (Page, "name"): "Another",
    (Variable, "name"): "whom",
    (Variable, "title"): "Whom",
    (Variable, "replacement"): "identifier",
    (Variable, "options"): ("alpha", "gamma"),
    (Variable, "multiple"): True,
    (Variable, "default"): ("beta",),
    (Place, "row"): 20,
    (Place, "column"): 2,
    (Place, "width"): 3,
    (Place, "height"): 2,
    (Band, "severity"): "severe",
    (Band, "above"): 3.0,
    (Band, "below"): 4.5,
}
WIDGET_OTHERS: dict[str, Any] = {
    "title": "Another title",
    "queries": ("FROM Request SELECT sum(value) WHERE env = 'prod' TIMESERIES AUTO",),
    "unit": "BYTES",
    "ignores_time_range": True,
    "warning": 12.0,
    "critical": 22.0,
    "limit": 11.0,
    "text": "Other words",
}


def _edits() -> Iterator[tuple[str, Dashboard]]:
    """Yield the dashboard with one field changed, for every field of every spec in it."""
    whole = dashboard()
    for name in ("key", "name", "description", "permissions"):
        yield f"Dashboard.{name}", whole.model_copy(update={name: OTHERS[Dashboard, name]})
    for name in Variable.model_fields:
        if name == "query":
            other = variable(options=(), query=QUERY)
        else:
            other = variable().model_copy(update={name: OTHERS[Variable, name]})
        yield f"Variable.{name}", whole.model_copy(update={"variables": (other,)})
    yield "Page.name", _with_page(whole, whole_page().model_copy(update={"name": "Another"}))
    for place, widget in enumerate(whole_page().widgets):
        for label, other_widget in _widget_edits(widget):
            widgets = (*whole_page().widgets[:place], other_widget, *whole_page().widgets[place + 1 :])
            yield f"{type(widget).__name__} {place}.{label}", _with_page(whole, page(*widgets))


def _widget_edits(widget: Widget) -> Iterator[tuple[str, Widget]]:
    for name in type(widget).model_fields:
        if name == "place":
            for part in Place.model_fields:
                moved = widget.place.model_copy(update={part: OTHERS[Place, part]})
                yield f"place.{part}", widget.model_copy(update={"place": moved})
        elif name == "bands" and isinstance(widget, ChartWidget) and widget.bands:
            for part in ("severity", "above", "below"):
                band = widget.bands[0].model_copy(update={part: OTHERS[Band, part]})
                yield f"bands.{part}", widget.model_copy(update={"bands": (band, widget.bands[1])})
            yield "bands", widget.model_copy(update={"bands": widget.bands[:1]})
            yield "bands order", widget.model_copy(update={"bands": widget.bands[::-1]})
        elif name == "kind" and isinstance(widget, ChartWidget):
            yield "kind", widget.model_copy(update={"kind": "area", "bands": ()})
        elif name in WIDGET_OTHERS:
            yield name, widget.model_copy(update={name: WIDGET_OTHERS[name]})


def _with_page(whole: Dashboard, other: Page) -> Dashboard:
    return whole.model_copy(update={"pages": (other, *whole.pages[1:])})


EDITS = dict(_edits())


@pytest.mark.parametrize("label", EDITS)
def test_every_field_that_differs_is_told_and_named(label: str) -> None:
    before, after = dashboard(), EDITS[label]
    change = one(before, after)
    assert change.area is Area.DASHBOARDS
    assert change.facts
    assert {difference.path for difference in differences(before, after)} <= set(change.fields)
    assert all(fact.field in change.fields for fact in change.facts)
    assert change.headline.startswith(f'"{after.name}"')
    assert change.headline.endswith(".")


def test_every_field_of_the_vocabulary_was_changed() -> None:
    fields = {label.split(".", 1)[1] for label in EDITS}
    expected = {*Dashboard.model_fields, *Variable.model_fields, *Page.model_fields} - {"pages", "variables", "widgets"}
    for kind in (ChartWidget, MarkdownWidget, type(billboard()), type(whole_page().widgets[2])):
        expected |= set(kind.model_fields)
    expected -= {"place"}
    expected |= {f"place.{name}" for name in Place.model_fields}
    assert expected <= fields


@settings(deadline=None)  # other work on the machine is no fault of the code
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=4))
def test_several_edits_at_once_are_all_named(labels: list[str]) -> None:
    assume("Dashboard.key" not in labels)  # a dashboard with another key and another name may be another one
    before, after = dashboard(), dashboard()
    for label in labels:
        edited = EDITS[label]
        differing = (name for name in Dashboard.model_fields if getattr(edited, name) != getattr(before, name))
        update = {name: getattr(edited, name) for name in differing}
        after = after.model_copy(update=update)
    change = one(before, after)
    assert {difference.path for difference in differences(before, after)} <= set(change.fields)


def test_equal_dashboards_are_not_told() -> None:
    assert told([dashboard()], [dashboard()]) == ()


def test_a_new_title_is_told_as_such_and_not_as_one_removed_and_one_added() -> None:
    change = one(dashboard(page(line("Old"))), dashboard(page(line("New"))))
    assert texts(change) == ['"Old" is called "New" now.']
    assert change.headline == '"Dashboard one": "Old" is called "New" now.'


def test_a_query_is_told_by_the_clause_that_differs() -> None:
    after = "FROM Request SELECT count(*) WHERE env = 'staging' FACET skillId TIMESERIES 5 minutes SINCE 1 day ago"
    change = one(dashboard(page(line())), dashboard(page(line("Requests (%)", at(1), after))))
    assert [fact.topic for fact in change.facts] == ["query WHERE", "query FACET", "query TIMESERIES", "query SINCE"]
    assert texts(change)[1] == '"Requests (%)" is split by skillId, before nothing.'
    assert texts(change)[2] == '"Requests (%)" has a step of 5 minutes, before AUTO.'
    assert (change.facts[0].before, change.facts[0].after) == ("env = 'prod'", "env = 'staging'")


def test_a_query_that_is_written_otherwise_is_said_to_show_the_same() -> None:
    same = line("Requests (%)", at(1), "SELECT count(*) FROM Request WHERE env='prod' TIMESERIES AUTO")
    change = one(dashboard(page(line())), dashboard(page(same)))
    assert texts(change) == ['"Requests (%)" asks the same in other words: nothing that is shown changes.']


def test_queries_that_come_and_go_are_told_one_by_one() -> None:
    before = line("Both", at(1), "FROM A SELECT count(*) TIMESERIES", "FROM B SELECT count(*) TIMESERIES")
    after = line("Both", at(1), "FROM B SELECT count(*) TIMESERIES")
    assert texts(one(dashboard(page(before)), dashboard(page(after)))) == [
        '"Both" does not show FROM A SELECT count(*) TIMESERIES any more.'
    ]
    swapped = line("Both", at(1), *before.queries[::-1])
    assert texts(one(dashboard(page(before)), dashboard(page(swapped)))) == [
        '"Both" has its queries in another order, and with it its colours.'
    ]


def test_bands_and_thresholds_are_told_with_their_unit() -> None:
    before = line(bands=(Band(severity="critical", above=5),))
    after = line(bands=(Band(severity="warning", above=2, below=7), Band(severity="critical", above=7)))
    assert texts(one(dashboard(page(before)), dashboard(page(after)))) == [
        '"Requests (%)" colours warning from 2 to 7 % and critical above 7 %, before critical above 5 %.'
    ]
    change = one(dashboard(page(billboard(critical=500))), dashboard(page(billboard(critical=400, warning=200))))
    assert texts(change) == [
        '"Figure (ms)" is coloured as warning from 200 ms on, before never.',
        '"Figure (ms)" is coloured as critical from 400 ms on, before from 500 ms on.',
    ]


def test_widgets_that_move_alike_are_told_together() -> None:
    before = dashboard(page(*(line(f"Chart {number}", at(1 + 3 * number)) for number in range(5))))
    after = dashboard(page(text("New", at(1)), *(line(f"Chart {number}", at(4 + 3 * number)) for number in range(5))))
    assert texts(one(before, after)) == ['The text "New" is new.', "5 widgets move down by 3 rows."]


def test_a_widget_that_moves_alone_and_one_that_grows_are_named() -> None:
    before = dashboard(page(line("A", at(1, 1)), line("B", at(1, 5))))
    after = dashboard(page(line("A", at(5, 3)), line("B", at(1, 5, 8, 4))))
    assert texts(one(before, after)) == [
        '"B" takes 8 columns by 4 rows, before 4 columns by 3 rows.',
        '"A" moves down by 4 rows and right by 2 columns.',
    ]


def test_widgets_in_another_order_are_told_and_nothing_moves() -> None:
    before = dashboard(page(line("A", at(1, 1)), line("B", at(1, 5))))
    after = dashboard(page(line("B", at(1, 5)), line("A", at(1, 1))))
    assert texts(one(before, after)) == ["Its widgets are declared in another order; nothing moves."]


def test_a_widget_that_goes_to_another_page_is_told_once() -> None:
    both = line("Both", at(1, 5))
    before = dashboard(page(line("A"), both), page(line("B"), name="Second"))
    after = dashboard(page(line("A")), page(line("B"), both, name="Second"))
    assert texts(one(before, after)) == ['"Both" moves from page "First" to page "Second".']


def test_another_kind_is_told_in_words() -> None:
    after = ChartWidget(kind="stacked_bar", title="Requests (%)", place=at(1), queries=line().queries)
    assert texts(one(dashboard(page(line())), dashboard(page(after)))) == [
        '"Requests (%)" is a stacked bar chart, before a line chart.'
    ]


def test_a_page_that_is_renamed_is_not_one_gone_and_one_new() -> None:
    change = one(
        dashboard(page(line("A"), line("B", at(1, 5))), page(line("C"), name="Second")),
        dashboard(page(line("A"), line("B", at(1, 9)), name="Other"), page(line("C"), name="Second")),
    )
    assert texts(change) == [
        'Page "First" is called "Other" now.',
        '"B" on page "Other" moves right by 4 columns.',
    ]


def test_pages_that_come_go_and_change_places_are_told() -> None:
    first, second, third = (page(line(name), name=name) for name in ("First", "Second", "Third"))
    assert texts(one(dashboard(first), dashboard(first, second))) == ['Page "Second" is new: "Second".']
    assert texts(one(dashboard(first, second), dashboard(first))) == ['Page "Second" is gone: "Second".']
    assert texts(one(dashboard(first, second, third), dashboard(third, first, second))) == [
        'Its pages stand in the order "Third", "First" and "Second".'
    ]


def test_choices_are_told_by_their_titles() -> None:
    before = dashboard(variables=(variable("a"), variable("b"), variable("c")))
    after = dashboard(variables=(variable("c"), variable("b", default=("beta",)), variable("d")))
    assert texts(one(before, after)) == [
        'The choice "Who b" begins with beta, before with alpha.',
        'A choice "Who d" is new: one of alpha and beta.',
        'The choice "Who a" is gone.',
        'Its choices stand in the order "c", "b" and "d".',
    ]


def test_letting_everybody_write_is_more_than_harmless() -> None:
    opened = one(dashboard(), dashboard(permissions="public_read_write"))
    assert opened.danger is Danger.LOW
    assert "everybody in the account can read and change it" in opened.headline
    closed = one(dashboard(permissions="public_read_write"), dashboard(permissions="private"))
    assert closed.danger is Danger.HARMLESS


def test_what_is_drawn_otherwise_is_harmless() -> None:
    assert one(dashboard(page(line("Old"))), dashboard(page(line("New")))).danger is Danger.HARMLESS


def _ours_without(title: str, key: str = "performance") -> Callable[[Dashboard], Dashboard]:
    def without(board: Dashboard) -> Dashboard:
        if board.key != key:
            return board
        pages = tuple(
            one_page.model_copy(update={"widgets": tuple(w for w in one_page.widgets if w.title != title)})
            for one_page in board.pages
        )
        return board.model_copy(update={"pages": pages})

    return without


def test_a_widget_that_alone_showed_an_alerts_signal_is_missed() -> None:
    boards = ours().observability.dashboards
    (change,) = told(boards, tuple(map(_ours_without("Fallbacks (%)"), boards)))
    assert change.danger is Danger.LOW
    assert texts(change) == [
        '"Fallbacks (%)" on page "Budget" is gone: no dashboard shows the signal of '
        '"Fallback rate to the second vendor" any more.'
    ]


def test_a_widget_whose_signal_is_shown_elsewhere_too_is_not_missed() -> None:
    boards = ours().observability.dashboards
    (change,) = told(
        boards, tuple(map(_ours_without("Timeouts (%)"), boards))
    )  # the dashboard of errors has it as well
    assert change.danger is Danger.HARMLESS
    assert texts(change) == ['"Timeouts (%)" on page "Budget" is gone.']


def test_a_dashboard_that_is_gone_names_the_alerts_that_nobody_can_look_at() -> None:
    boards = ours().observability.dashboards
    (change,) = told(boards, tuple(board for board in boards if board.key != "rollout"))
    assert (change.operation, change.danger) == (Operation.REMOVED, Danger.LOW)
    assert change.headline == '"Rollout (prod)" is gone: 1 page with 12 widgets.'
    assert texts(change) == [
        'No dashboard shows the signal of "Canary error rate" and "Canary response time" any more.'
    ]


def test_a_new_dashboard_is_harmless_and_one_under_another_key_is_renamed() -> None:
    (new,) = told([], [dashboard()])
    assert (new.operation, new.danger, new.headline) == (
        Operation.ADDED,
        Danger.HARMLESS,
        '"Dashboard one" is new: 2 pages with 6 widgets.',
    )
    (renamed,) = told([dashboard()], [dashboard(key="two")])
    assert (renamed.operation, renamed.former, renamed.subject) == (Operation.RENAMED, "dashboard/one", "dashboard/two")
    assert "under another address" in texts(renamed)[0]


def test_several_changes_are_summed_up_in_the_headline() -> None:
    before = dashboard(page(line("A"), line("B", at(1, 5))))
    after = dashboard(page(line("A2"), line("B2", at(4, 5))), description="New words.")
    assert (
        one(before, after).headline
        == '"Dashboard one": 1 widget has another title; 1 has another title and moves; its description differs.'
    )


def test_what_is_the_same_of_several_widgets_is_counted_together() -> None:
    before = dashboard(page(line("A"), billboard(critical=500), text("Old words", at(7))))
    after = dashboard(page(line("B", at(1)), billboard(critical=400, warning=200), text("New words", at(7))))
    assert one(before, after).headline == (
        '"Dashboard one": 1 widget has another title, 1 has other thresholds and 1 says something else.'
    )


def test_a_widget_in_the_place_of_one_that_showed_the_same_figure_is_that_one() -> None:
    bars = ChartWidget(kind="bar", title="By skill", place=at(1), queries=(f"{QUERY} FACET skillId",))
    over_time = ChartWidget(
        kind="stacked_bar",
        title="By skill, over time",
        place=at(1),
        queries=(f"{QUERY} FACET skillId TIMESERIES AUTO",),
    )
    change = one(dashboard(page(bars)), dashboard(page(over_time)))
    assert texts(change) == [
        '"By skill" is called "By skill, over time" now.',
        '"By skill, over time" is a stacked bar chart, before a bar chart.',
        '"By skill, over time" shows values over time, in steps that New Relic chooses, before single values.',
    ]
    assert change.headline == ('"Dashboard one": 1 widget has another title, is drawn otherwise and has another query.')


def test_a_text_is_told_by_the_words_that_differ_without_marks() -> None:
    words = " ".join(f"word{number}" for number in range(40))
    before, after = (dashboard(page(text(f"**Objective**: {value} % of requests. {words}"))) for value in (99.9, 99.95))
    assert texts(one(before, after)) == [
        'The text "Objective: 99.95 % of requests. word0..." says "Objective: 99.95 % of requests. word0 ...", before '
        '"Objective: 99.9 % of requests. word0 ...".'
    ]


def test_dashboards_are_told_in_a_whole_comparison_and_nowhere_else() -> None:
    before, after = with_dashboards(dashboard()), with_dashboards(dashboard(name="Dashboard two"))
    diff = compare({"prod": before}, {"prod": after}, names=("old", "new"), at=MOMENT)
    assert [change.subject for change in diff.changes] == ["dashboard/one"]
    assert diff.changes[0].environments == ("prod",)
