"""The alerts' queries: names that exist, one number, one environment, no clause that New Relic refuses in an alert."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from catalog_cases import CONDITIONS, condition
from query_faults import faults, metrics_of, source_of

import monitors.catalog
from monitors.catalog import STACKS, stack
from monitors.rules.problem import Problem
from monitors.rules.registry import CHECKS
from monitors.rules.review import Review
from monitors.rules.runner import judge
from monitors.spec import NrqlCondition, Operator
from service.metrics import METRICS

# What a condition's query may not hold, each by the check that finds it; none of them is silenced in the catalogue.
REFUSED = (
    *("query/syntax", "query/time-range", "query/timeseries", "query/compare-with", "query/slide-by", "query/limit"),
    *("query/order-by", "query/predict", "query/subquery", "query/join", "query/nested-aggregation"),
    *("query/forbidden-function", "query/template-variable", "query/facet-count", "query/timeslice-app"),
)
ONE_NUMBER = ("query/aggregation-count", "query/arguments")
OF_NOTHING = (
    *("condition/never-fires", "condition/null-not-zero", "condition/static-fill-silence"),
    *("condition/down-without-loss-of-signal", "condition/always-fires"),
)
# Nobody is paged, or nothing is bought, on these alone; they are for looking at.
ONLY_SHOWN = {
    "Custom/Claude/ApiCallTime",
    "Custom/Claude/BreakerOpenCount",
    "Custom/Cost/AnomalyCount",
    "Custom/Cost/ProjectedMonthlyCost",
    "Custom/Cost/SavingsPercent",
    "Custom/Experience/SatisfactionPercent",
    "Custom/Rollout/Percentage",
    "Custom/Service/ActiveUsers",
    "Custom/Service/CpuUsedPercent",
    "Custom/Service/MemoryUsed",
    "Custom/Service/RateLimitedCount",
    "Custom/Service/RoutingTime",
    "Custom/Skills/ActiveSkills",
    "Custom/Skills/CacheLookupTime",
    "Custom/Skills/ErrorRate",
    "Custom/Skills/SuccessRate",
    "Custom/Skills/TokenSavings",
    "Custom/Telemetry/SpoolSize",
}
RATES_THAT_PAGE = (
    "high-skill-error-rate",
    "claude-api-success-rate",
    "availability-fast-burn",
    "rollback-error-rate",
    "rollback-skill-error-rate",
)


def found_by(*codes: str) -> list[Problem]:
    """Return what these checks find in both stacks, silences aside."""
    checks = [check for check in CHECKS if check.code in codes]
    assert len(checks) == len(codes)
    return list(judge([Review(stack(name)) for name in STACKS], checks=checks).problems)


@pytest.mark.parametrize("one", CONDITIONS)
def test_a_query_names_only_what_the_service_or_the_vendor_emits(one: NrqlCondition) -> None:
    assert faults(one.query) == []


def test_a_query_holds_nothing_that_is_refused_in_an_alert() -> None:
    assert found_by(*REFUSED) == []


def test_a_query_gives_one_number() -> None:
    assert found_by(*ONE_NUMBER) == []


@pytest.mark.parametrize("name", ["staging", "prod"])
def test_a_query_reads_its_own_environment_alone(name: str) -> None:
    for one in stack(name).observability.conditions:
        if source_of(one.query) == "SyntheticCheck":
            kind = "certificate" if one.key == "web-certificate-expiring" else "health"
            assert f"monitorName = 'Legal platform web {kind} ({name})'" in one.query
        else:
            assert f"WHERE env = '{name}'" in one.query, one.key


def test_every_threshold_can_be_reached_and_silence_hides_none() -> None:
    assert found_by(*OF_NOTHING) == []


@pytest.mark.parametrize("one", CONDITIONS)
def test_no_alert_waits_for_a_count_of_nothing(one: NrqlCondition) -> None:
    """New Relic gives no value, not 0, where no row is found: such an alert could never open."""
    falling = any(term.operator in (Operator.BELOW, Operator.BELOW_OR_EQUALS) for term in one.thresholds)
    counts_alone = re.fullmatch(r"FROM \w+ SELECT (count\(\*\)|sum\([^)]*\)) WHERE .*", one.query) is not None
    assert not (falling and counts_alone)


@pytest.mark.parametrize("key", RATES_THAT_PAGE)
def test_a_single_failure_at_low_traffic_does_not_page(key: str) -> None:
    one = condition(key)
    floor = re.search(r"clamp_min\(.*, (\d+)\)", one.query)
    assert floor, one.query
    assert one.critical is not None
    failure_percent = 100 / int(floor[1])
    allowed = one.critical.value if one.critical.operator is Operator.ABOVE else 100 - one.critical.value
    assert failure_percent <= allowed


def test_canary_alarms_compare_both_sides_of_the_rollout() -> None:
    for key in ("canary-error-rate", "canary-response-time"):
        query = condition(key).query
        assert "variant = 'canary'" in query.partition(" - ")[0]
        assert "variant = 'control'" in query.partition(" - ")[2]


def test_every_metric_is_watched_by_an_alert_or_is_known_to_be_only_shown() -> None:
    watched = {name for one in stack("prod").observability.conditions for name in metrics_of(one.query)}
    # The events of executions hold every value, so the p95 is taken from them and not from the metric.
    assert set(METRICS) - watched == ONLY_SHOWN


def test_no_metric_is_spelt_by_hand_in_the_catalogue() -> None:
    folder = Path(monitors.catalog.__file__).parent
    texts = [
        node.value
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert len(texts) > 100
    assert [text for text in texts if "Custom/" in text] == []
