"""Service levels that do not measure one thing: valid and bad events of different kinds, alerts on something else."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.objective.burns import watched_burns
from monitors.rules.problem import Level
from monitors.rules.reading import scopes
from monitors.rules.review import Review
from monitors.spec import Events, ServiceLevel


def _run(review: Review) -> Iterator[Finding]:
    for level in review.stack.observability.service_levels:
        part, name = (level.good, "good") if level.good is not None else (level.bad, "bad")
        if part is not None and _measured(part) != _measured(level.valid):
            message = f"valid is {_measured(level.valid)} and {name} is {_measured(part)}: their quotient is no share."
            advice = f"Take both of the same, and let {name} have a narrower where."
            yield Finding(review.subject("service-level", level), name, message, advice)
        elif part is not None and part.where == level.valid.where:
            message = f"valid and {name} have the same where: the level is always {_always(level)} %."
            yield Finding(
                review.subject("service-level", level), f"{name}.where", message, f"Narrow the where of {name}."
            )
    for watched in watched_burns(review):
        valid = watched.level.valid
        read = {source.name for scope in scopes(watched.condition.query) for source in scope.sources}
        named = {name.text for scope in scopes(watched.condition.query) for name in scope.names}
        if read and (valid.source not in read or (valid.attribute is not None and valid.attribute not in named)):
            message = f'Its query does not read {_measured(valid)}, which "{watched.level.name}" is made of.'
            advice = "Watch the same events as the service level, else the alert and the budget disagree."
            yield Finding(watched.condition.subject, "query", message, advice)


def _measured(events: Events) -> str:
    return f"the sum of {events.attribute}" if events.attribute is not None else f"the count of {events.source}"


def _always(level: ServiceLevel) -> int:
    return 100 if level.good is not None else 0


CHECK = Check(
    code="objective/other-measure",
    level=Level.ERROR,
    summary="A service level or its alerts measure different things.",
    run=_run,
)
