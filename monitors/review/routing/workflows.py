"""Workflows: which alerts are told where, for which priorities, at which moments, and while they are muted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.routing.channels import channel_facts
from monitors.review.routing.reach import (
    alerts_in_words,
    alerts_of,
    are,
    does_page,
    pages_elsewhere,
    place,
    places,
)
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.words import quoted
from monitors.rules.routes import opens
from monitors.spec import Priority, Trigger, Workflow
from monitors.words import listed

_TRIGGERS: Final = {
    Trigger.ACTIVATED: "when an issue opens",
    Trigger.ACKNOWLEDGED: "when somebody acknowledges it",
    Trigger.PRIORITY_CHANGED: "when a warning becomes critical",
    Trigger.CLOSED: "when it is over",
}
_MUTED: Final = {
    "NOTIFY_ALL_ISSUES": "Muted issues are told all the same",
    "DONT_NOTIFY_FULLY_MUTED_ISSUES": "Issues that are muted whole are not told",
    "DONT_NOTIFY_FULLY_OR_PARTIALLY_MUTED_ISSUES": "Issues that are muted in part are not told either",
}
_QUIETER: Final = tuple(_MUTED)  # each keeps more to itself than the one before


def changed(sides: Sides, before: Workflow, after: Workflow) -> Iterator[Told]:
    """Yield which alerts are told where otherwise, then how."""
    yield from _policies(sides, before, after)
    yield from channel_facts(sides, before, after)
    if set(before.priorities) != set(after.priorities):
        yield from _priorities(sides, before, after)
    yield from _triggers(before, after)
    if before.muted_issues != after.muted_issues:
        yield _muted(sides, before, after)
    if set(before.severities) != set(after.severities):
        was, now = listed(list(before.severities)), listed(list(after.severities))
        text = f"It is meant for {now}; was {was}. New Relic chooses by policy and priority alone."
        yield Told("severities", text, covers=("severities",), before=was, after=now)
    for field in ("policies", "priorities", "triggers", "severities"):
        was, now = getattr(before, field), getattr(after, field)
        if was != now and set(was) == set(now):
            yield Told(field, f"Its {field} stand in another order.", covers=(field,))


def added(sides: Sides, one: Workflow) -> Iterator[Told]:
    """Yield which alerts a new workflow tells where."""
    alerts = alerts_of(sides.new, one.policies)
    where = listed([place(sides.new, channel) for channel in one.channels])
    text = f"{alerts_in_words(alerts)} {are(alerts)} told to {where}."
    yield Told("routes", text, Danger.MEDIUM if does_page(one) else Danger.LOW)


def removed(sides: Sides, one: Workflow) -> Iterator[Told]:
    """Yield which alerts a workflow told that is gone, and where they are told now."""
    for policy in sides.with_todays_keys(one).policies:
        yield _ended(sides, one, policy, sides.todays_key["workflow"].get(one.key, one.key))


def _policies(sides: Sides, before: Workflow, after: Workflow) -> Iterator[Told]:
    for policy in (one for one in before.policies if one not in after.policies):
        yield _ended(sides, before, policy, after.key)
    for policy in (one for one in after.policies if one not in before.policies):
        alerts = alerts_of(sides.new, [policy])
        where = listed([place(sides.new, channel) for channel in after.channels])
        was, besides = places(sides.old, policy), places(sides.new, policy, after.key)
        text = f"{alerts_in_words(alerts)} {are(alerts)} told to {where}"
        if besides:
            text += f" too, beside {listed(besides)}."
        else:
            text += f"; before to {listed(was)}." if was else "; before nowhere."
        danger = Danger.MEDIUM if does_page(after) and alerts else Danger.LOW
        yield Told("routes", text, danger, ("policies",), before=listed(was or ["nowhere"]), after=where)


def _ended(sides: Sides, before: Workflow, policy: str, key: str) -> Told:
    """Return where the alerts of a policy are told that a workflow carries no longer."""
    alerts = alerts_of(sides.new, [policy]) if policy in sides.new["policy"] else alerts_of(sides.old, [policy])
    was = listed([place(sides.old, channel) for channel in sides.with_todays_keys(before).channels])
    if policy not in sides.new["policy"]:
        text = f'The alerts of the policy "{sides.called("policy", policy)}", which is gone, were told to {was}.'
        return Told("routes", text, Danger.LOW, ("policies",), before=was, after="nowhere")
    now = places(sides.new, policy, key)
    text = f"{alerts_in_words(alerts)} {are(alerts)} no longer told to {was}"
    text += f", but to {listed(now)}." if now else " and reach nobody."
    paged_no_more = does_page(before) and not pages_elsewhere(sides.new, policy, key)
    danger = Danger.HIGH if alerts and (paged_no_more or not now) else Danger.LOW
    return Told("routes", text, danger, ("policies",), before=was, after=listed(now or ["nowhere"]))


def _priorities(sides: Sides, before: Workflow, after: Workflow) -> Iterator[Told]:
    covers = ("priorities",)
    for priority, what in ((Priority.CRITICAL, "critical issues"), (Priority.HIGH, "warnings")):
        if (priority in before.priorities) == (priority in after.priorities):
            continue
        alerts = [one for one in alerts_of(sides.new, after.policies) if priority in opens(one)]
        where = listed([place(sides.new, channel) for channel in after.channels])
        if priority in after.priorities:
            yield Told("priorities", f"It tells {what} too: {alerts_in_words(alerts)} to {where}.", Danger.LOW, covers)
        else:
            serious = priority is Priority.CRITICAL and bool(alerts)
            text = f"It no longer tells {what}: {alerts_in_words(alerts)} to {where}."
            yield Told("priorities", text, Danger.HIGH if serious else Danger.LOW, covers)


def _triggers(before: Workflow, after: Workflow) -> Iterator[Told]:
    gone = [_TRIGGERS[one] for one in before.triggers if one not in after.triggers]
    new = [_TRIGGERS[one] for one in after.triggers if one not in before.triggers]
    was, now = (listed([_TRIGGERS[one] for one in side.triggers]) for side in (before, after))
    if gone:
        yield Told("triggers", f"Nobody is told any more {listed(gone)}.", Danger.LOW, ("triggers",), was, now)
    if new:
        yield Told("triggers", f"People are also told {listed(new)}.", Danger.LOW, ("triggers",), was, now)


def _muted(sides: Sides, before: Workflow, after: Workflow) -> Told:
    rules = [one for one in sides.new["muting-rule"].values() if one.enabled]
    touching = [sides.called("muting-rule", one.key) for one in rules if set(one.policies) & set(after.policies)]
    now, was = _MUTED[after.muted_issues], _MUTED[before.muted_issues]
    effect = (
        f"the muting rule {listed(quoted(touching))} mutes its alerts" if touching else "no rule mutes its alerts now"
    )
    quieter = _QUIETER.index(after.muted_issues) > _QUIETER.index(before.muted_issues)
    danger = Danger.HIGH if quieter and touching and does_page(after) else Danger.LOW
    text = f"{now}; before: {was[:1].lower()}{was[1:]} ({effect})."
    return Told("muted issues", text, danger, ("muted_issues",), was, now)


KIND: Final = Kind("workflow", Area.ROUTING, changed, added, removed)
