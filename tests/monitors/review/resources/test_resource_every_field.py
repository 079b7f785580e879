"""Every field of every spec: where infra registers something otherwise, that is told, and nothing else is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from every_field import edits
from registered_programs import disagreements, registered

from monitors import catalog
from monitors.review.resources import resource_changes
from monitors.rules.subjects import keyed_specs
from monitors.spec import Fill, Spec, SpecError, Stack, SupportHours

PROD = catalog.stack("prod")
_FEWEST_EDITS = 150


def exchanged(part: Any, old: Spec, new: Spec) -> Any:
    """Return a spec in which one below it is another, checked again; raises `SpecError` where they do not fit."""
    if part is old:
        return new
    if isinstance(part, tuple):
        return tuple(exchanged(one, old, new) for one in part)
    if not isinstance(part, Spec):
        return part
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    made = {name: exchanged(value, old, new) for name, value in fields.items()}
    return (
        part if all(made[name] is fields[name] or made[name] == fields[name] for name in made) else type(part)(**made)
    )


def queues() -> list[deque[tuple[Spec, Spec]]]:
    """Return, for the first spec of each type, itself with each of its edits."""
    firsts: dict[type[Spec], Spec] = {}
    for _, spec in (*keyed_specs(PROD), *(("", one) for one in PROD.platform.log_streams)):
        firsts.setdefault(type(spec), spec)
    baselined = next(one for one in PROD.observability.conditions if one.baseline)
    return [deque((spec, edited) for _, edited in edits(spec)) for spec in (*firsts.values(), baselined)]


def rounds() -> Iterator[tuple[Stack, int]]:
    """Yield stacks in which as many specs as possible differ in one field each, until every edit had its turn."""
    left = queues()
    while any(left):
        stack, count = PROD, 0
        for queue in left:
            while queue:
                spec, edited = queue.popleft()
                try:
                    stack = exchanged(stack, spec, edited)
                except SpecError:
                    continue  # it leads nowhere, or does not fit the rest
                count += 1
                break
        yield stack, count


def filled(value: float) -> Stack:
    """The stack with an alert whose gaps are filled with a value, which no alert of the catalogue has."""
    alert = PROD.observability.conditions[0]
    signal = alert.signal.model_copy(update={"fill": Fill(option="static", value=value)})
    made: Stack = exchanged(PROD, alert, alert.model_copy(update={"signal": signal}))
    return made


def raised(raise_at_start: bool) -> Stack:
    """The stack with a service that has support hours, as in staging."""
    service = PROD.response.services[0]
    hours = SupportHours(
        time_zone="Europe/Paris", weekdays=(1, 2), start="09:00:00", end="17:00:00", inside="high", outside="low",
        raise_at_start=raise_at_start,
    )  # fmt: skip
    made: Stack = exchanged(PROD, service, service.model_copy(update={"urgency": hours}))
    return made


@pytest.mark.parametrize(
    ("before", "after"), [(filled(0), filled(1)), (raised(False), raised(True))], ids=["fill", "support-hours"]
)
def test_what_the_catalogue_has_nowhere_is_told_as_it_is_registered(before: Stack, after: Stack) -> None:
    told = resource_changes(before, after)
    assert len(told) == 1
    assert disagreements(registered(before), registered(after), told) == []


def test_whatever_field_differs_what_is_told_is_what_is_registered_otherwise() -> None:
    before, tried = registered(PROD), 0
    for stack, count in rounds():
        assert disagreements(before, registered(stack), resource_changes(PROD, stack)) == []
        tried += count
    assert tried > _FEWEST_EDITS
