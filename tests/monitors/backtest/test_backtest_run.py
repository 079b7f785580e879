"""The whole backtest: over the made-up week, and over a part of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from backtest_cases import load

from monitors import catalog
from monitors.backtest.document import VERSION, document
from monitors.backtest.result import AlertHistory, Backtest, Opening
from monitors.backtest.run import NothingToReplay, backtest
from monitors.backtest.sample import TROUBLES, Trouble, write_sample
from monitors.nrql.evaluator import Data, read

PROD = catalog.stack("prod")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Data:
    folder = tmp_path_factory.mktemp("week")
    write_sample(folder, PROD)
    return read(folder)


@pytest.fixture(scope="module")
def found(week: Data) -> Backtest:
    return backtest(PROD, week, name="week")


def _of(found: Backtest, key: str) -> AlertHistory:
    return next(alert for alert in found.alerts if alert.condition.key == key)


def _during(alert: AlertHistory, trouble: Trouble) -> list[Opening]:
    """The incidents that a trouble opened: while it lasted, or as long after it as windows and delays take."""
    return [one for one in alert.openings if trouble.start_seconds <= one.opened_at <= trouble.end_seconds + 75 * 60]


@pytest.mark.parametrize(
    ("trouble", "keys"),
    [
        ("The service fails at night", ("skills-service-down", "rollback-health-checks", "web-unreachable")),
        ("Its process is gone", ("skills-service-down", "rollback-health-checks")),
        ("The database refuses connections", ("rollback-database-connections",)),
        (
            "The vendor is slow for an hour",
            ("skills-response-time-critical", "average-ai-response-time", "slow-skill", "rollback-skill-response-time"),
        ),
        ("A caller sends whole archives", ("cost-spike-detected", "daily-cost", "cost-per-request")),
        ("Failures that are over in seven minutes", ("high-skill-error-rate", "availability-fast-burn")),
        (
            "The vendor is overloaded",
            ("high-skill-error-rate", "claude-api-success-rate", "fallback-rate", "rollback-error-rate"),
        ),
        ("Memory runs full", ("rollback-memory",)),
        ("Nothing is heard of the service", ("skills-service-down", "rollback-health-checks")),
    ],
)
def test_every_trouble_of_the_week_opens_the_alerts_that_are_there_for_it(
    found: Backtest, trouble: str, keys: tuple[str, ...]
) -> None:
    (meant,) = [one for one in TROUBLES if one.name == trouble]
    assert [key for key in keys if not _during(_of(found, key), meant)] == []


def test_silence_opens_by_loss_of_signal(found: Backtest) -> None:
    silent = [trouble for trouble in TROUBLES if trouble.silent]
    alert = _of(found, "skills-service-down")
    assert all("loss of signal" in {one.cause for one in _during(alert, trouble)} for trouble in silent)


def test_an_alert_whose_metric_never_occurred_is_named_and_not_called_quiet(found: Backtest) -> None:
    (unjudged,) = found.unjudged
    assert unjudged.condition.key == "telemetry-dropped"
    assert unjudged.coverage.fault == "the data holds no metric Custom/Telemetry/DroppedCount."


def test_every_alert_of_the_stack_is_in_the_result_once_and_in_its_policy(found: Backtest) -> None:
    expected = [
        (condition.key, policy.key) for policy in PROD.observability.policies for condition in policy.conditions
    ]
    assert [(alert.condition.key, alert.policy) for alert in found.alerts] == expected


def test_made_up_data_is_known_as_such(found: Backtest) -> None:
    assert found.source.made_up
    assert not backtest(PROD, load([1.0] * 60), name="x", alerts=["high-skill-error-rate"]).source.made_up


def test_alerts_that_watch_the_same_are_found_alike(found: Backtest) -> None:
    alike = {frozenset((one.first, one.second)) for one in found.overlaps if one.alike_percent == 100}
    assert frozenset(("skills-service-down", "rollback-health-checks")) in alike


def test_a_single_alert_is_judged_as_among_all(found: Backtest, week: Data) -> None:
    alone = backtest(PROD, week, name="week", alerts=["slow-skill"])
    assert [alert.condition.key for alert in alone.alerts] == ["slow-skill"]
    assert alone.alerts[0].openings == _of(found, "slow-skill").openings


def test_what_was_opened_before_the_time_asked_for_and_is_still_open_then_is_reported(
    found: Backtest, week: Data
) -> None:
    (long,) = _of(found, "daily-cost").openings
    middle = long.opened_at + 600
    part = backtest(PROD, week, name="week", alerts=["daily-cost"], since=middle)
    assert part.alerts[0].openings == (long,)
    assert part.since == middle
    assert backtest(PROD, week, name="week", alerts=["daily-cost"], since=long.ended_at).openings == ()


def test_what_is_open_at_the_end_asked_for_is_still_open(found: Backtest, week: Data) -> None:
    (long,) = _of(found, "daily-cost").openings
    middle = long.opened_at + 600
    (cut,) = backtest(PROD, week, name="week", alerts=["daily-cost"], until=middle).alerts[0].openings
    assert (cut.still_open, cut.ended_at, cut.closed_because) == (True, middle, None)
    assert replace(long, ended_at=middle, over_at=middle, still_open=True, closed_because=None) == cut


def test_a_time_without_data_is_refused_with_the_times_there_are(week: Data) -> None:
    with pytest.raises(NothingToReplay) as refusal:
        backtest(PROD, week, name="week", since=1_900_000_000, until=1_900_003_600)
    assert str(refusal.value) == (
        "the data is from 2026-10-05 00:00 to 2026-10-12 00:00 (America/Los_Angeles), and nothing of it is from "
        "2030-03-17 10:46 to 2030-03-17 11:46"
    )


def test_the_document_holds_the_fields_that_are_promised(found: Backtest) -> None:
    made = json.loads(json.dumps(document(found)))
    assert made["version"] == VERSION == 1
    assert list(made) == [
        *("version", "stack", "since", "until", "time_zone", "data", "brief_minutes", "look_first", "totals"),
        *("alerts", "overlaps", "channels", "people"),
    ]
    assert list(made["alerts"][0]) == [
        *("key", "name", "severity", "policy", "data", "opened", "total_seconds", "longest_seconds"),
        *("median_seconds", "brief", "incidents"),
    ]
    assert list(made["alerts"][0]["incidents"][0]) == [
        *("facet", "priority", "cause", "opened_at", "closed_at", "closed_because", "seconds", "well_again_at"),
        *("value", "brief", "at_night", "muted_by", "joined", "told"),
    ]
    assert made["since"] == "2026-10-05T07:00:00Z"
    assert made["data"] == {"name": "week", "rows": found.source.rows, "made_up": True}


def test_the_documents_totals_are_the_sums_of_its_alerts(found: Backtest) -> None:
    made = document(found)
    assert made["totals"]["incidents"] == sum(alert["opened"] for alert in made["alerts"])
    assert made["totals"]["brief"] == sum(alert["brief"] for alert in made["alerts"])
    assert made["totals"]["open_seconds"] == sum(alert["total_seconds"] for alert in made["alerts"])
    told = [notice for alert in made["alerts"] for one in alert["incidents"] for notice in one["told"]]
    pages = [notice for notice in told if notice["kind"] == "page" and not notice["grouped"]]
    assert made["totals"]["pages"] == len(pages) == sum(person["pages"] for person in made["people"])
