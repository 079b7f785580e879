"""synthetics/unwatched-monitor: somebody hears when a check fails."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages
from check_on_health import on_health

from monitors.catalog import stack
from monitors.rules.synthetics.unwatched_monitor import CHECK


def test_a_monitor_that_no_alert_reads_is_found() -> None:
    (found,) = findings(CHECK, build.condition(), build.ping())
    assert found.message == "No alert reads the monitor's results: when it fails, nobody is told."
    assert found.advice == "Add a condition on SyntheticCheck WHERE monitorName = 'Health'."


def test_a_dashboard_is_no_alert() -> None:
    query = "FROM SyntheticCheck SELECT count(*) WHERE monitorName = 'Health'"
    assert len(messages(CHECK, build.ping(), build.billboard(queries=(query,)))) == 1


def test_an_alert_on_it_or_on_all_monitors_is_enough() -> None:
    every = build.condition(query="FROM SyntheticCheck SELECT count(*) WHERE result = 'FAILED' FACET monitorName")
    assert messages(CHECK, on_health(), build.ping()) == []
    assert messages(CHECK, every, build.ping(), build.certificate()) == []


def test_every_monitor_of_the_catalogue_is_watched() -> None:
    assert findings(CHECK, stack("prod")) == []
