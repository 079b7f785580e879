"""Expected terminations without an entity: there is nothing whose ending could be expected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute
from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition

_ENTITIES: Final = frozenset(
    {
        "entity.guid",
        "entityGuid",
        "entity.name",
        "host",
        "hostname",
        "host.hostname",
        "containerId",
        "podName",
        "appName",
    }
)


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    loss = one.spec.loss_of_signal
    if loss is None or not loss.ignore_expected_termination or one.query.query is None:
        return
    if not any(node.name in _ENTITIES for node in one.query.all(Attribute)):
        yield Finding(
            one.subject,
            "loss_of_signal.ignore_expected_termination",
            "The query names no entity, and only an entity can be expected to end: by its tag termination: "
            "expected, or a "
            "host that was shut down.",
            "Leave ignore_expected_termination out, or FACET by entity.guid.",
        )


CHECK = Check(
    code="condition/expected-termination",
    level=Level.WARNING,
    summary="An expected termination is asked of a query without an entity.",
    run=of_conditions(_judge),
)
