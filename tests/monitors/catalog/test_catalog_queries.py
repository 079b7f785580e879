"""The builders of queries: they refuse what the metric catalogue does not hold."""

from __future__ import annotations

import pytest

from monitors.catalog.environments import ENVIRONMENTS
from monitors.catalog.queries import differs, equals, field, from_metrics, of, percent_with_floor, total
from service.metrics import ENV, EXECUTION_COUNT, OUTCOME, SKILL_EXECUTION, SKILL_ID


def test_a_value_that_an_attribute_never_has_is_refused_with_those_it_has() -> None:
    with pytest.raises(ValueError, match=r"^outcome is never failed; it is one of success, error, timeout$"):
        equals(OUTCOME, "failed")


def test_a_value_of_an_open_attribute_is_taken_as_it_is() -> None:
    assert equals(SKILL_ID, "contract-review") == "skillId = 'contract-review'"


def test_several_values_become_a_list() -> None:
    assert equals(ENV, "staging", "prod") == "env IN ('staging', 'prod')"


def test_the_opposite_of_a_value_is_refused_like_the_value() -> None:
    assert differs(OUTCOME, "success") == "outcome != 'success'"
    with pytest.raises(ValueError, match="outcome is never ok"):
        differs(OUTCOME, "ok")


def test_an_attribute_that_an_event_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^SkillExecution has no attribute duration$"):
        field(SKILL_EXECUTION, "duration")


def test_a_query_is_of_one_environment_and_names_its_metric_in_backquotes() -> None:
    query = from_metrics(total(EXECUTION_COUNT), ENVIRONMENTS["staging"], facet=SKILL_ID.name)
    assert query == f"FROM Metric SELECT sum({of(EXECUTION_COUNT)}) WHERE env = 'staging' FACET skillId"


def test_a_share_with_a_floor_is_taken_of_no_less_than_the_floor() -> None:
    assert percent_with_floor("bad", "every", 20) == "bad / clamp_min(every, 20) * 100"
