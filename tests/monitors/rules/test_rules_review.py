"""A reviewed stack: every spec named and placed, every query found and read once."""

from __future__ import annotations

import spec_builders as build

from monitors.nrql.tree import Attribute, Query
from monitors.rules.review import Review

ERRORS = "FROM SkillExecution SELECT filter(count(*), WHERE success IS FALSE)"


def review() -> Review:
    """Return a stack with a query of every use."""
    chart = build.chart(queries=("FROM SkillExecution SELECT count(*)", ERRORS))
    note = build.markdown(place=build.place(row=4))
    dashboard = build.dashboard(
        pages=(build.page(widgets=(chart, note)),),
        variables=(build.variable(options=(), query="FROM SkillExecution SELECT uniques(model)"),),
    )
    seen = build.observability(
        dashboards=(dashboard,),
        workflows=(build.workflow(enrichments=(build.enrichment(),)),),
        service_levels=(build.service_level(),),
        monitors=(build.ping(),),
    )
    return Review(build.stack(observability=seen))


def test_every_query_is_found_with_its_use_and_field() -> None:
    assert [(query.use, query.subject.key, query.field) for query in review().queries] == [
        ("condition", "condition/high-errors", "query"),
        ("widget", "dashboard/errors/Errors/Errors", "queries.0"),
        ("widget", "dashboard/errors/Errors/Errors", "queries.1"),
        ("variable", "dashboard/errors/variable/model", "query"),
        ("enrichment", "workflow/page/enrichment/Last errors", "query"),
        ("service level", "service-level/availability", "valid"),
        ("service level", "service-level/availability", "bad"),
    ]


def test_a_service_levels_events_are_read_as_the_query_they_stand_for() -> None:
    assert review().queries[-1].text == "FROM SkillExecution SELECT count(*) WHERE success IS FALSE"


def test_a_query_is_parsed_and_walked_once() -> None:
    one = review()
    assert one.queries is one.queries
    assert one.conditions[0].query is one.queries[0]
    assert one.queries[0].nodes is one.queries[0].nodes


def test_nodes_are_given_by_kind_in_the_order_of_the_text() -> None:
    query = review().queries[2]
    assert [node.name for node in query.all(Attribute)] == ["success"]
    assert [call.function for call in query.calls] == ["filter", "count"]
    assert query.all(Query) == (query.query,)


def test_widgets_without_a_title_are_named_by_their_place() -> None:
    markdown = review().widgets[1]
    assert markdown.subject.key == "dashboard/errors/Errors/row 4 column 1"
    assert markdown.queries == ()


def test_every_spec_that_has_a_key_can_be_named() -> None:
    keys = {subject.key for subject in review().every_subject()}
    assert keys >= {
        "stack/prod",
        "condition/high-errors",
        "policy/page",
        "workflow/page",
        "destination/pager",
        "dashboard/errors",
        "dashboard/errors/Errors/Errors",
        "service-level/availability",
        "monitor/health",
        "team/ai",
        "schedule/primary",
        "escalation-policy/sev1",
        "pagerduty-service/ai-sev1",
    }


def test_a_subject_has_the_specs_label_name_and_place() -> None:
    one = review()
    subject = one.subject("policy", one.stack.observability.policies[0])
    assert (subject.title, subject.key) == ('policy "Page"', "policy/page")
    assert subject.place == one.stack.observability.policies[0].declared_at
