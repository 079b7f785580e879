"""Compares stacks, area by area, and tells each change once for all stacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from monitors.review import alerts, assertions, dashboards, hosting, objectives, remainder, routing, upkeep
from monitors.review.changes import Change, Diff, ResourceChange, by_weight
from monitors.review.context import Context
from monitors.review.merging import told_once
from monitors.review.resources.comparing import in_order as in_order_of_effect
from monitors.spec import Stack

if TYPE_CHECKING:
    from monitors.nrql.evaluator import Data

Changes = Callable[[Context], Iterable[Change]]


@dataclass(frozen=True)
class Part:
    """What tells of the specs of some kinds, named as in `monitors.rules.subjects.keyed_specs`."""

    kinds: tuple[str, ...]
    changes: Changes


# By hand; kinds that no part tells of are told field by field.
PARTS: Final[tuple[Part, ...]] = (
    Part(kinds=("condition", "policy"), changes=alerts.changes),
    Part(kinds=("service-level",), changes=objectives.changes),
    Part(kinds=("assertion",), changes=assertions.changes),
    Part(kinds=("monitor", "data-rule", "traffic"), changes=upkeep.changes),
    Part(kinds=routing.KINDS, changes=routing.changes),
    Part(kinds=("dashboard",), changes=dashboards.changes),
    Part(kinds=hosting.KINDS, changes=hosting.changes),
)


def compare(
    before: Mapping[str, Stack],
    after: Mapping[str, Stack],
    *,
    names: tuple[str, str],
    at: datetime,
    data: Data | None = None,
) -> Diff:
    """Return everything that differs between two sets of stacks by name; `names` are what people call both sides.

    A stack that only one side has is told of in a note. `at` has a time zone.
    """
    shared = [name for name in after if name in before]
    contexts = [Context(before[name], after[name], at, data) for name in shared]
    changes = [change for context in contexts for change in _of_stack(context)]
    notes = [
        f'The stack "{name}" is in {here} alone and is not compared.'
        for here, one, other in ((names[0], before, after), (names[1], after, before))
        for name in one
        if name not in other
    ]
    told = in_order(told_once(changes))
    return Diff(names[0], names[1], tuple(told), _resources(contexts), tuple(notes), tuple(shared))


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Return changes as a reviewer reads them: the most dangerous first, then by area, then by subject."""
    return by_weight(sorted(changes, key=lambda one: (one.subject, one.environments)))


def _of_stack(context: Context) -> Iterator[Change]:
    if context.before == context.after:
        return
    told: set[str] = {kind for part in PARTS for kind in part.kinds}
    for part in PARTS:
        for change in part.changes(context):
            yield replace(change, environments=(context.after.name,))
    for change in remainder.changes(context, told):
        yield replace(change, environments=(context.after.name,))


def _resources(contexts: Iterable[Context]) -> tuple[ResourceChange, ...]:
    """Return what provisioning does to resources, each told once with its stacks; what is taken away comes first."""
    found: dict[object, ResourceChange] = {}
    for context in contexts:
        seen = Counter[ResourceChange]()  # two entities of one kind and name may have tags
        for change in context.resources.changes:
            seen[change] += 1
            same = (change, seen[change])
            earlier = found.get(same, change)
            found[same] = replace(earlier, environments=(*earlier.environments, context.after.name))
    return in_order_of_effect(found.values())
