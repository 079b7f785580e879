"""What a comparison tells of alerts: conditions, their thresholds, signals and queries, and their policies."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from monitors.review.alerts import conditions, policies, whole
from monitors.review.alerts.history import Histories, History, compared, histories
from monitors.review.alerts.reach import Routes
from monitors.review.changes import Area, Change
from monitors.review.context import Context
from monitors.review.findings import Finding, changed
from monitors.review.matching import matched
from monitors.spec import NrqlCondition, Stack


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each condition and each policy that differs; only those cost anything."""
    before, after = context.before.observability, context.after.observability
    of_policies = policies.matches_of(before.policies, after.policies)
    was = Routes(context.before)
    now = Routes(context.after, {new.key: old.key for old, new in of_policies.renamed})
    yield from _of_conditions(context, was, now)
    yield from policies.changes(of_policies, was, now)


def _of_conditions(context: Context, was: Routes, now: Routes) -> Iterator[Change]:
    matches = matched(context.before.observability.conditions, context.after.observability.conditions, _essence)
    edited = [
        (old, new)
        for old, new in (*matches.pairs, *matches.renamed)
        if was.of(old).former != now.of(new).former or not (old is new or old == new)
    ]
    if not (edited or matches.added or matches.removed):
        return
    past = _Past.of(
        context, [*(one for one, _ in edited), *matches.removed], [*(one for _, one in edited), *matches.added]
    )
    follows = _objectives_that_moved(context.before, context.after)
    for old, new in edited:
        found = conditions.findings(old, new, was, now, context.at, follows.get(new.key, ""))
        yield changed("condition", Area.ALERTS, old, new, [*found, *past.findings(old, new)])
    for one in matches.added:
        yield whole.added(one, now, context.at, past.findings(None, one))
    for one in matches.removed:
        yield whole.removed(one, was, context.at, past.findings(one, None))


def _essence(condition: NrqlCondition) -> tuple[Hashable, ...]:
    """Return what makes an alert the same under another key, the weightiest first."""
    thresholds = (condition.critical, condition.warning, condition.baseline)
    return (condition.query, thresholds), condition.query, condition.name


@dataclass(frozen=True)
class _Past:
    """What recorded data would have opened, of both sides' conditions; None where there is no data."""

    before: Histories | None
    after: Histories | None

    @classmethod
    def of(cls, context: Context, old: list[NrqlCondition], new: list[NrqlCondition]) -> _Past:
        return cls(
            histories(context.before, context.data, [one.key for one in old]),
            histories(context.after, context.data, [one.key for one in new]),
        )

    def findings(self, old: NrqlCondition | None, new: NrqlCondition | None) -> Iterator[Finding]:
        sides = [side for side in (self.before, self.after) if side is not None]
        if sides:
            days = next((one.days for one in sides if one.days != "no time"), "no time")
            yield from compared(_history(self.before, old), _history(self.after, new), days)


def _history(side: Histories | None, condition: NrqlCondition | None) -> History | None:
    return None if side is None or condition is None else side.of.get(condition.key)


def _objectives_that_moved(before: Stack, after: Stack) -> Mapping[str, str]:
    """Return the service levels' names by the condition whose critical value moved with their objective."""
    old, new = _burn_thresholds(before), _burn_thresholds(after)
    values = [{one.key: one for one in stack.observability.conditions} for stack in (before, after)]
    return {
        key: name
        for key, (name, wanted) in new.items()
        if key in old
        and old[key][1] != wanted
        and _critical(values[0], key) == old[key][1]
        and _critical(values[1], key) == wanted
    }


def _burn_thresholds(stack: Stack) -> dict[str, tuple[str, float]]:
    return {
        burn.condition: (level.name, level.burn_threshold_percent(burn))
        for level in stack.observability.service_levels
        for burn in level.burn_rates
    }


def _critical(conditions: Mapping[str, NrqlCondition], key: str) -> float | None:
    found = conditions.get(key)
    return None if found is None or found.critical is None else found.critical.value
