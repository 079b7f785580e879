"""How long an alert is blind after an edit, and how long an outage lasts until it opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.review.alerts.blindness import blindness, made_anew, resets
from monitors.review.alerts.detection import Detection, detection, silence_seconds
from monitors.review.alerts.edits import Edit
from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.spec import NrqlCondition, Threshold
from monitors.words import duration, listed

# A delay that is small beside the time it took before changes little for people; a quarter of it does.
_GRAVE_SHARE = 0.25
# Where an outage may open it sooner as well as later than before, one that takes twice as long is a delay all the same.
_GRAVE_FACTOR = 2
# What a page of the documentation says, so that nobody waits for a figure.
_LEARNS = "what it has learnt of usual values is lost, and New Relic names no time in which it learns anew"

# What people call the fields that reset an evaluation, by the last part of their path.
_EDITED: Final = {
    "value": "threshold",
    "operator": "operator",
    "duration_seconds": "duration",
    "window_seconds": "window",
    "slide_seconds": "slide",
    "delay_seconds": "delay",
    "timer_seconds": "timer",
    "option": "gap filling",
    "method": "method",
    "direction": "direction",
    "close_incidents": "closing on silence",
    "critical": "critical threshold",
    "warning": "warning threshold",
}


def findings(edit: Edit, policy_before: str, policy_after: str) -> Iterator[Finding]:
    """Yield how long the edited alert is blind, and how much later or earlier it opens; policies are told by key."""
    yield from blind_after(edit, list(made_anew(edit.old, edit.new, policy_before, policy_after)))
    yield from _detection(edit)


def main_term(condition: NrqlCondition) -> Threshold:
    """Return the threshold that people wait for: the critical one where there is one."""
    return condition.thresholds[0]


def of_new(condition: NrqlCondition, danger: Danger) -> Iterator[Finding]:
    """Yield how long a new alert is blind at first, and how long an outage lasts until it opens."""
    if not condition.enabled:
        return
    blind = blindness(condition, main_term(condition))
    says = f"After it is made it can open after {blind} at the soonest"
    meaning = "it has to learn what is usual first" if blind.learns else ""
    yield Finding("blind for", says, danger, meaning, None, str(blind), stands_alone=True)
    found = _told(detection(condition, main_term(condition)), condition)
    yield Finding("detection", f"opens {found} after a total outage has begun", danger, "", None, found)


def blind_after(edit: Edit, anew: Sequence[str]) -> Iterator[Finding]:
    """Yield that the alert's evaluation begins again, why, and how long nothing can open."""
    turned_on = edit.new.enabled and not edit.old.enabled
    if not edit.new.enabled:
        return
    fields = resets(edit.old, edit.new)
    if anew:
        says = f"is made anew at New Relic, because {listed(anew)}"
    elif fields:
        edited = listed(dict.fromkeys(_EDITED.get(one.rpartition(".")[2], one) for one in fields))
        says = f"is evaluated from the start again, because its {edited} changed"
    elif turned_on:
        says = "is evaluated from the start when it is switched on"
    else:
        return
    blind = blindness(edit.new, main_term(edit.new))
    meaning = f"no threshold opens it for {blind}, whatever happens"
    if blind.learns:
        meaning = f"{meaning}; {_LEARNS}"
    yield Finding("blind for", says, edit.more, meaning, None, str(blind), leads=False)


def _detection(edit: Edit) -> Iterator[Finding]:
    if not (edit.old.enabled and edit.new.enabled):
        return
    before, after = (detection(one, main_term(one)) for one in (edit.old, edit.new))
    was, now = _told(before, edit.old), _told(after, edit.new)
    if was != now:
        says = f"opens {now} after a total outage has begun, before {was}"
        later = after.latest_seconds - before.latest_seconds
        is_mixed = later > 0 and after.soonest_seconds <= before.soonest_seconds
        meaning = f"it may be told up to {duration(later)} later" if is_mixed else ""
        yield Finding("detection", says, _danger(edit, before, after), meaning, was, now)


def _told(found: Detection, condition: NrqlCondition) -> str:
    """Return how long an outage lasts; one that silences its source as well is known by its loss of signal."""
    silent = silence_seconds(condition)
    return str(found) if silent is None else f"{found} ({duration(silent)} where its source falls silent)"


def _danger(edit: Edit, before: Detection, after: Detection) -> Danger:
    later = after.latest_seconds - before.latest_seconds
    if later <= 0:
        return Danger.LOW
    if after.soonest_seconds <= before.soonest_seconds:
        return edit.less if after.latest_seconds >= _GRAVE_FACTOR * before.latest_seconds else edit.more
    return edit.less if later >= _GRAVE_SHARE * before.latest_seconds else edit.more
