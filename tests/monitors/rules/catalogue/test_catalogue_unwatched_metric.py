"""catalogue/unwatched-metric: every declared metric is read by some alert, dashboard or service level."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings

from monitors import spec
from monitors.catalog import stack
from monitors.rules.catalogue.unwatched_metric import CHECK
from service.metrics import METRICS


def unwatched(*specs: spec.Spec) -> set[str]:
    return {one.subject.key.removeprefix("metric/") for one in findings(CHECK, *specs)}


def test_what_no_query_reads_is_named() -> None:
    assert unwatched(build.condition()) == set(METRICS)


def test_a_metric_that_an_alert_or_a_widget_reads_is_fine() -> None:
    alert = build.condition(query="FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`)")
    widget = build.chart(queries=("FROM Metric SELECT max(`Custom/Service/Health`) TIMESERIES",))
    assert set(METRICS) - unwatched(alert, widget) == {"Custom/Skills/ExecutionCount", "Custom/Service/Health"}


def test_a_metric_that_is_only_a_service_levels_is_fine() -> None:
    events = build.events(source="Metric", function="SUM", attribute="Custom/Service/RequestCount")
    seen = build.observability(
        service_levels=(build.service_level(valid=events, bad=events),), monitors=(build.ping(),)
    )
    assert "Custom/Service/RequestCount" not in unwatched(build.stack(observability=seen))


def test_one_metric_of_the_catalogue_is_unwatched_and_silenced_with_a_reason() -> None:
    assert unwatched(stack("prod")) == {"Custom/Skills/ErrorRate"}
