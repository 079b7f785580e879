"""Data of cloud integrations by event flow or cadence: they are polled, and come late and in bursts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute
from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import EventTimer

POLLED: Final = re.compile(r"(Aws|Azure|Gcp)\w*Sample")
_POLLED_METRICS: Final = ("aws.", "azure.", "gcp.")


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    query = one.query.query
    if query is None or isinstance(one.spec.signal.method, EventTimer):
        return
    names = [*query.source.event_types, *(node.name for node in one.query.all(Attribute))]
    for name in names:
        if POLLED.fullmatch(name) or name.startswith(_POLLED_METRICS):
            yield Finding(
                one.subject,
                "signal.method",
                f"{name} comes from a cloud integration that is polled every few minutes, late and in bursts: with "
                f"{one.spec.signal.method.kind} windows close before their points are there, or long after.",
                f"Use EventTimer(timer_seconds={min(max(one.spec.signal.window_seconds, 300), 1200)}).",
            )
            return


CHECK = Check(
    code="condition/cloud-polling",
    level=Level.WARNING,
    summary="Polled cloud data are aggregated by another method than a timer.",
    run=of_conditions(_judge),
)
