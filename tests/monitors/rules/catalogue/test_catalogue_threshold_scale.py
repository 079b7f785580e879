"""catalogue/threshold-scale: a percentage compared with a ratio, a figure 1,000 times off its peers."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.catalogue.threshold_scale import CHECK
from service.metrics import Unit

SHARE = (
    "FROM Metric SELECT filter(sum(`Custom/Service/RequestCount`), WHERE outcome != 'success')"
    " / sum(`Custom/Service/RequestCount`) * 100"
)
P95 = "FROM SkillExecution SELECT percentile(executionTime, 95)"


def slow(key: str, value: float) -> spec.NrqlCondition:
    return build.condition(key=key, name=key, query=P95, unit=Unit.MILLISECONDS, critical=build.threshold(value=value))


def test_a_percentage_compared_with_a_ratio_is_found() -> None:
    (found,) = findings(CHECK, build.condition(query=SHARE, critical=build.threshold(value=0.05)))
    assert found.message == "The query gives percent, and the threshold 0.05 is one in 2,000."
    assert found.advice == "Was 5 meant? If 0.05 % is meant, silence this with the reason."
    assert found.field == "critical.value"


def test_a_percentage_that_a_service_level_asks_for_is_fine() -> None:
    level = build.service_level(burn_rates=(build.burn_rate(budget_percent=1),))
    condition = build.condition(key="fast-burn", query=SHARE, critical=build.threshold(value=0.672))
    seen = build.observability(
        policies=(build.policy(conditions=(condition,)),), service_levels=(level,), monitors=(build.ping(),)
    )
    assert messages(CHECK, build.stack(observability=seen)) == []


def test_a_figure_1000_times_smaller_than_its_peers_is_found() -> None:
    found = findings(CHECK, slow("slow-answers", 10_000), slow("slower-answers", 10))
    assert [one.message for one in found] == [
        "The threshold 10000 is compared with milliseconds; others on the same value are 1,000 times smaller.",
        "The threshold 10 is compared with milliseconds; others on the same value are 1,000 times larger.",
    ]
    assert found[1].advice == "Was 10000 meant? If not, silence this with the reason."


def test_the_figures_of_dashboards_count_as_peers() -> None:
    widget = build.billboard(queries=(P95,), critical=10_000)
    (message,) = messages(CHECK, slow("slow-answers", 10), widget)
    assert message.endswith("are 1,000 times larger.")


@pytest.mark.parametrize("value", [1, 5, 1.344])
def test_a_percentage_of_one_and_more_is_fine(value: float) -> None:
    assert messages(CHECK, build.condition(query=SHARE, critical=build.threshold(value=value))) == []


def test_peers_on_another_value_do_not_count() -> None:
    cost = build.condition(
        query="FROM SkillExecution SELECT percentile(cost, 95)", unit=Unit.USD, critical=build.threshold(value=10)
    )
    assert messages(CHECK, slow("slow-answers", 10_000), cost) == []


FAILED = "FROM SyntheticCheck SELECT percentage(count(*), WHERE result = 'FAILED')"
ERRORS = "FROM SkillExecution SELECT percentage(count(*), WHERE outcome = 'error')"


def test_shares_of_different_events_are_different_values() -> None:
    unreachable = build.condition(key="down", name="Down", query=FAILED, critical=build.threshold(value=50))
    errors = build.condition(query=ERRORS, critical=build.threshold(value=5))
    rare = build.condition(key="rare", name="Rare", query=ERRORS, critical=build.threshold(value=0.05))
    assert [found.subject.key for found in findings(CHECK, unreachable, errors, rare)] == ["condition/rare"]


def test_a_percentage_that_is_too_small_does_not_speak_against_the_right_ones() -> None:
    right = build.condition(query=ERRORS, critical=build.threshold(value=5))
    assert messages(CHECK, right, build.billboard(queries=(ERRORS,), critical=0.05)) == []
