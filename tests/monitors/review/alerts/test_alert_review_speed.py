"""A hundred edits among ten thousand alerts are told within seconds: only what differs costs anything."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

from reviewed_stacks import AT, policies

from monitors.review import alerts, objectives, upkeep
from monitors.review.context import Context
from monitors.spec import NrqlCondition, Policy

sys.path.append(str(Path(__file__).parents[4] / "benchmarks"))

from generated_catalogue import stack

ALERTS: Final = 10_000
EDITS: Final = 100
MOST_SECONDS: Final = 3.0


def test_a_hundred_edits_among_ten_thousand_alerts_are_told_in_seconds() -> None:
    before, after = stack(ALERTS), stack(ALERTS)
    every = [one.key for one in after.observability.conditions if one.critical is not None and one.warning is None]
    chosen = {*every[:: len(every) // EDITS][:EDITS]}

    def edit(one: NrqlCondition) -> NrqlCondition:
        if one.key not in chosen or one.critical is None:
            return one
        critical = one.critical.model_copy(update={"value": one.critical.value * 1.5 + 1})
        return one.model_copy(update={"critical": critical, "query": f"{one.query}  "})

    def of(policy: Policy) -> Policy:
        return policy.model_copy(update={"conditions": tuple(map(edit, policy.conditions))})

    context = Context(before, policies(of, after), AT)
    started = time.process_time()
    found = [one for area in (alerts, objectives, upkeep) for one in area.changes(context)]
    taken = time.process_time() - started
    assert {one.subject for one in found} == {f"condition/{key}" for key in chosen}
    assert taken < MOST_SECONDS
