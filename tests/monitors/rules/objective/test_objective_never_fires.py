"""objective/never-fires: a share of errors can reach its threshold at the stated traffic."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages
from objective_cases import busy, share

from monitors import spec
from monitors.catalog import stack
from monitors.rules.objective.never_fires import CHECK
from monitors.rules.problem import Level

BELOW = build.threshold(value=95, operator=spec.Operator.BELOW)


def test_a_floor_above_all_traffic_is_an_error() -> None:
    (found,) = findings(CHECK, busy(build.condition(query=share(2000)), peak=50, typical=20, quiet=1))
    assert found.message == (
        "1 minute of the busiest hours holds 50 (50 a minute), and with every one of them failing the query gives 2.5 "
        "%, where the threshold is 5 %: it never opens."
    )
    assert found.advice == "Take the share of at most 1,000 (clamp_min), or lengthen the window."
    assert found.level is Level.ERROR


@pytest.mark.parametrize(
    ("floor", "level", "hours"),
    [(1000, Level.WARNING, "usual"), (100, Level.NOTE, "quietest")],
)
def test_a_floor_above_some_traffic_is_milder(floor: int, level: Level, hours: str) -> None:
    (found,) = findings(CHECK, busy(build.condition(query=share(floor)), peak=200, typical=20, quiet=1))
    assert (found.level, f"of the {hours} hours" in found.message) == (level, True)
    assert found.message.endswith("it does not open then.")


def test_a_share_of_what_went_well_is_small_by_itself_at_night() -> None:
    query = share(20).replace("!= 'success'", "= 'success'")
    (found,) = findings(CHECK, busy(build.condition(query=query, critical=BELOW), quiet=5))
    assert found.message == (
        "The part is what went well, of at least 20: in the quietest hours, with 5 in 1 minute and none failing, the "
        "query gives 25 %, and the alert opens."
    )
    assert found.level is Level.ERROR


def test_a_share_of_what_went_well_without_a_floor_is_fine() -> None:
    query = share().replace("!= 'success'", "= 'success'")
    assert messages(CHECK, busy(build.condition(query=query, critical=BELOW), quiet=5)) == []


def test_a_floor_that_the_quiet_hours_reach_is_fine() -> None:
    assert messages(CHECK, busy(build.condition(query=share(20)), quiet=20)) == []


def test_every_alert_of_the_catalogue_can_open_at_every_hour() -> None:
    assert findings(CHECK, stack("prod")) == []
