"""Changes of an alert: one thing at a time, told in a line, and none that New Relic would refuse."""

from __future__ import annotations

from typing import Any

import pytest

from monitors import catalog
from monitors.nrql import Query, parse, to_text
from monitors.nrql.tree import Number, Text
from monitors.spec import (
    Cadence,
    EventTimer,
    Fill,
    LossOfSignal,
    NrqlCondition,
    Occurrences,
    Operator,
    RunbookSection,
    Severity,
    Signal,
    Threshold,
)
from monitors.testing.mutation.generation import mutants_of
from monitors.testing.mutation.rewriting import put, spots
from service.metrics import Unit

CONDITIONS = catalog.stack("prod").observability.conditions
RATE = "filter(sum(`Custom/Skills/ExecutionCount`), WHERE outcome = 'timeout') / sum(`Custom/Skills/ExecutionCount`)"


def condition(query: str = "FROM Metric SELECT max(x) WHERE env = 'prod'", **fields: Any) -> NrqlCondition:
    given: dict[str, Any] = {
        "key": "an-alert",
        "name": "An alert",
        "query": query,
        "unit": Unit.MILLISECONDS,
        "severity": Severity.SEV3,
        "owner": "ai",
        "user_impact": "Something is slower than it should be.",
        "runbook": RunbookSection(file="incident-response.md", anchor="an-alert"),
        "critical": Threshold(operator=Operator.ABOVE, value=200, duration_seconds=300),
    }
    return NrqlCondition(**{**given, **fields})


def changes(one: NrqlCondition, field: str) -> list[str]:
    """Return what becomes of a field, of each mutant of it."""
    return [mutant.after for mutant in mutants_of(one) if mutant.field == field]


def query_changes(query: str) -> list[str]:
    return [f"{mutant.before} → {mutant.after}" for mutant in mutants_of(condition(query)) if mutant.field == "query"]


@pytest.mark.parametrize("one", CONDITIONS, ids=[one.key for one in CONDITIONS])
def test_a_mutant_differs_in_one_field_and_has_a_title_of_its_own(one: NrqlCondition) -> None:
    mutants = list(mutants_of(one))
    assert len({mutant.title for mutant in mutants}) == len(mutants)
    for mutant in mutants:
        assert mutant.before != mutant.after
        changed = [name for name in NrqlCondition.model_fields if getattr(mutant.condition, name) != getattr(one, name)]
        assert changed == [mutant.field.partition(".")[0]], mutant.title


@pytest.mark.parametrize("one", CONDITIONS, ids=[one.key for one in CONDITIONS])
def test_the_query_of_a_mutant_can_be_read_and_says_something_else(one: NrqlCondition) -> None:
    texts = [mutant.condition.query for mutant in mutants_of(one) if mutant.field == "query"]
    assert texts
    assert len({to_text(parse(text)) for text in texts}) == len(texts)
    assert to_text(parse(one.query)) not in texts


def test_every_kind_of_change_is_made_somewhere_in_the_catalogue() -> None:
    fields = {mutant.field for one in CONDITIONS for mutant in mutants_of(one)}
    terms = {f"{term}.{part}" for term in ("critical", "warning") for part in ("value", "operator", "duration")}
    signal = {f"signal.{part}" for part in ("window", "slide", "method", "fill")}
    others = {"critical", "warning", "critical.occurrences", "loss_of_signal", "baseline.direction", "enabled", "query"}
    assert fields >= terms | signal | others


def test_a_threshold_is_moved_by_a_tenth_turned_round_and_met_at_the_boundary() -> None:
    assert changes(condition(), "critical.value") == ["180", "220"]
    assert changes(condition(), "critical.operator") == ["above_or_equals", "below"]
    assert changes(condition(), "critical.duration") == ["4m", "6m"]
    assert changes(condition(), "critical.occurrences") == ["at_least_once"]


def test_a_threshold_on_a_number_of_things_is_moved_by_one() -> None:
    assert changes(condition(unit=Unit.ONE), "critical.value") == ["199", "201"]


def test_a_threshold_of_zero_is_moved_by_one() -> None:
    at_zero = Threshold(operator=Operator.ABOVE, value=0, duration_seconds=300)
    assert changes(condition(critical=at_zero), "critical.value") == ["-1", "1"]


def test_of_one_window_all_and_at_least_once_are_the_same_and_not_exchanged() -> None:
    one_window = Threshold(operator=Operator.ABOVE, value=5, duration_seconds=60)
    assert changes(condition(critical=one_window), "critical.occurrences") == []


def test_at_least_once_becomes_all() -> None:
    once = Threshold(operator=Operator.ABOVE, value=5, duration_seconds=300, occurrences=Occurrences.AT_LEAST_ONCE)
    assert changes(condition(critical=once), "critical.occurrences") == ["all"]


def test_one_of_two_thresholds_is_dropped_and_a_single_one_is_not() -> None:
    milder = Threshold(operator=Operator.ABOVE, value=100, duration_seconds=300)
    both = condition(warning=milder)
    assert changes(both, "critical") == changes(both, "warning") == ["dropped"]
    assert changes(condition(), "critical") == []


def test_windows_and_slides_are_changed_to_the_nearest_that_new_relic_takes() -> None:
    assert changes(condition(), "signal.window") == ["1m40s", "30s"]
    assert changes(condition(), "signal.slide") == ["30s"]
    sliding = condition(signal=Signal(window_seconds=3600, slide_seconds=300))
    assert changes(sliding, "signal.window") == ["2h", "30m"]
    assert changes(sliding, "signal.slide") == ["2m30s"]


def test_the_method_is_exchanged_and_its_wait_is_changed_by_a_minute() -> None:
    assert changes(condition(), "signal.method") == ["event_timer 1m", "cadence 2m", "event_flow 1m", "event_flow 3m"]
    timed = condition(signal=Signal(method=EventTimer(timer_seconds=30)))
    assert changes(timed, "signal.method") == ["event_flow 2m", "cadence 2m", "event_timer 1m30s"]
    by_clock = condition(signal=Signal(method=Cadence(delay_seconds=3600)))
    assert changes(by_clock, "signal.method") == ["event_flow 2m", "event_timer 1m", "cadence 59m"]


def test_a_fill_becomes_each_of_the_others() -> None:
    assert changes(condition(), "signal.fill") == ["static 0", "last_value"]
    filled = condition(signal=Signal(fill=Fill(option="static", value=7)))
    assert changes(filled, "signal.fill") == ["none", "last_value"]


def test_loss_of_signal_is_put_in_taken_out_and_moved() -> None:
    assert changes(condition(), "loss_of_signal") == ["opens after 5m", "closes after 5m"]
    losing = condition(loss_of_signal=LossOfSignal(after_seconds=180, open_incident=True))
    assert changes(losing, "loss_of_signal") == [
        "none",
        "opens after 2m",
        "opens after 4m",
        "opens and closes after 3m",
    ]


def test_conditions_are_negated_left_out_and_compared_with_every_other_value() -> None:
    assert query_changes("FROM Metric SELECT max(x) WHERE env = 'prod' AND outcome != 'success'") == [
        "WHERE env = 'prod' AND outcome != 'success' → no WHERE",
        "max(x) → min(x)",
        "max(x) → average(x)",
        "env = 'prod' in AND → left out",
        "outcome != 'success' in AND → left out",
        "env = 'prod' AND outcome != 'success' → env = 'prod' OR outcome != 'success'",
        "env = 'prod' → env != 'prod'",
        "env = 'prod' → env = 'staging'",
        "outcome != 'success' → outcome = 'success'",
        "outcome != 'success' → outcome != 'error'",
        "outcome != 'success' → outcome != 'timeout'",
    ]


def test_a_value_that_is_no_closed_set_becomes_one_that_nothing_has() -> None:
    assert "skillId = 'a' → skillId = 'a-other'" in query_changes("FROM Metric SELECT max(x) WHERE skillId = 'a'")


def test_filters_numbers_and_arithmetic_are_changed() -> None:
    made = query_changes(f"FROM Metric SELECT 100 - {RATE} * 100")
    total = "sum(`Custom/Skills/ExecutionCount`)"
    assert f"filter({total}, WHERE outcome = 'timeout') → {total}" in made
    assert f"/ {total} → * {total}" in made
    assert [one for one in made if "100" in one and RATE not in one] == [
        "100 - → 90 -",
        "100 - → 110 -",
        "* 100 → / 100",
        "* 100 → * 90",
        "* 100 → * 110",
    ]
    assert f"- {RATE} * 100 → + {RATE} * 100" in made


def test_a_floor_is_halved_doubled_and_taken_out() -> None:
    made = query_changes("FROM Metric SELECT clamp_min(sum(x), 25)")
    assert [one for one in made if one.startswith("clamp_min")] == [
        "clamp_min(sum(x), 25) → sum(x)",
        "clamp_min(sum(x), 25) → clamp_min(sum(x), 12.5)",
        "clamp_min(sum(x), 25) → clamp_min(sum(x), 50)",
    ]


def test_percentiles_become_others_and_other_aggregates() -> None:
    assert query_changes("FROM SkillExecution SELECT percentile(executionTime, 95)") == [
        "percentile(executionTime, 95) → average(executionTime)",
        "percentile(executionTime, 95) → max(executionTime)",
        "percentile(executionTime, 95) → percentile(executionTime, 90)",
        "percentile(executionTime, 95) → percentile(executionTime, 99)",
    ]


def test_facets_are_left_out_one_by_one_and_all_together() -> None:
    made = query_changes("FROM Metric SELECT max(x) FACET skillId, model")
    assert [one for one in made if "FACET" in one] == [
        "FACET skillId, model → no FACET",
        "FACET item skillId → left out",
        "FACET item model → left out",
    ]


def test_lists_ranges_patterns_and_null_are_changed() -> None:
    made = query_changes(
        "FROM Metric SELECT max(x) WHERE a IN ('p', 'q') AND b > 5 AND c LIKE 'x%' AND d IS NULL AND NOT e = 1"
    )
    for change in (
        "a IN ('p', 'q') → a NOT IN ('p', 'q')",
        "a IN ('p', 'q') → a IN ('q')",
        "b > 5 → b >= 5",
        "b > 5 → b <= 5",
        "c LIKE 'x%' → c NOT LIKE 'x%'",
        "d IS NULL → d IS NOT NULL",
        "NOT e = 1 → e = 1",
    ):
        assert change in made


def test_the_same_change_at_two_places_is_told_apart() -> None:
    made = query_changes("FROM Metric SELECT max(x) - max(x)")
    assert "max(x) → min(x)" in made
    assert "max(x) (place 2) → min(x)" in made


def test_a_mutant_says_what_a_case_would_have_to_hold() -> None:
    notices = {mutant.title: mutant.notice for mutant in mutants_of(condition())}
    assert notices["critical.value: 200 → 180"] == "a case that holds the signal between 180 and 200 for 5m"
    assert all(notice.startswith(("a case", "one ")) for notice in notices.values())


def test_every_node_of_a_tree_has_a_place_and_can_be_replaced_there() -> None:
    tree = parse("FROM Metric SELECT max(x) / 5 WHERE a IN ('p', 'q') FACET b")
    assert isinstance(tree, Query)
    for spot in spots(tree):
        assert put(tree, spot.path, spot.node) == tree
        if isinstance(spot.node, Number | Text):
            assert put(tree, spot.path, Number(7)) != tree
    assert [type(spot.node).__name__ for spot in spots(tree)][:3] == ["Query", "Selection", "Arithmetic"]
