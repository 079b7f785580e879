"""The bench, which keeps what it can, comes to what the condition simulator comes to case by case."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from monitors.alerting import ClosedWindow, Incident, Point, simulate
from monitors.nrql import Query, parse
from monitors.nrql.evaluator import Data, SignalQuery
from monitors.spec import NrqlCondition
from monitors.testing import Case, case, load_cases, series
from monitors.testing.bench import Bench
from monitors.testing.emission import emitted
from monitors.testing.mutation.generation import mutants_of
from monitors.testing.running import condition_of

# One for each way of evaluating: a floor, facets, loss of signal, sliding windows, a percentile, a timer, a baseline.
ALERTS = (
    "high-skill-error-rate",
    "slow-skill",
    "skills-service-down",
    "canary-error-rate",
    "skills-response-time-critical",
    "telemetry-delayed",
    "unexpected-model-distribution",
)


def simulated(condition: NrqlCondition, one: Case) -> tuple[Incident, ...]:
    """Return the incidents of a case alone, nothing shared with others."""
    made = list(emitted(one, "prod"))
    data = Data.of_rows([each.row for each in made])
    tree = parse(condition.query)
    assert isinstance(tree, Query)
    query = SignalQuery(tree)
    found = query.points(data)
    points = [
        Point(time, found.facets[facet], row, made[row].arrives_at)
        for time, facet, row in zip(
            found.timestamps.tolist(), found.facet_of.tolist(), found.rows.tolist(), strict=True
        )
    ]

    def aggregate(windows: Sequence[ClosedWindow]) -> list[float]:
        groups = np.array([at for at, window in enumerate(windows) for _ in window.points], dtype=np.int64)
        rows = np.array([point.row for window in windows for point in window.points], dtype=np.int64)
        values: list[float] = query.aggregate(data, groups, rows).tolist()
        return values

    until = one.start.timestamp() + one.length_seconds
    return simulate(condition, points, until_seconds=until, aggregate=aggregate)


def cases_of(alert: str) -> list[Case]:
    return [one.case for one in load_cases(alerts=[alert], stacks=["prod"])]


@pytest.mark.parametrize("alert", ALERTS)
def test_cases_run_together_come_to_what_each_comes_to_alone(alert: str) -> None:
    condition, cases = condition_of(alert, "prod"), cases_of(alert)
    together = [run.incidents for run in Bench(cases, "prod").run(condition)]
    assert together == [simulated(condition, one) for one in cases]


@pytest.mark.parametrize("alert", ALERTS[1:3])
def test_a_mutant_that_follows_others_comes_to_what_it_comes_to_alone(alert: str) -> None:
    condition, cases = condition_of(alert, "prod"), cases_of(alert)[:1]
    bench = Bench(cases, "prod")
    bench.run(condition)
    for mutant in list(mutants_of(condition))[::2]:
        runs = [run.incidents for run in bench.run(mutant.condition)]
        if mutant.condition.enabled:
            assert runs == [simulated(mutant.condition, one) for one in cases], mutant.title
    assert [run.incidents for run in bench.run(condition)] == [simulated(condition, one) for one in cases]


def test_a_condition_that_is_switched_off_sees_nothing() -> None:
    condition = condition_of("slow-skill", "prod").model_copy(update={"enabled": False})
    (run, *_) = Bench(cases_of("slow-skill"), "prod").run(condition)
    assert run.incidents == ()
    assert run.recording.windows == ()


def test_windows_and_points_that_came_too_late_are_recorded_for_the_picture() -> None:
    one = case(
        "a late point is no news",
        series("0 for 10m", metric="Custom/Service/DatabaseConnectionFailureCount"),
        series("_ x 3, 50 late 7m", metric="Custom/Service/DatabaseConnectionFailureCount"),
    )
    (run,) = Bench([one], "prod").run(condition_of("rollback-database-connections", "prod"))
    start = one.start.timestamp()
    assert run.recording.late == (((), start + 60),)
    assert [(window.end - start, window.value) for window in run.recording.windows][:2] == [(60, 0), (120, 0)]
    assert run.incidents == ()
