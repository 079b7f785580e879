"""What an edit of a policy changes for all its alerts; the alerts themselves are told one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.review.alerts.reach import Routes
from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.findings import Finding, alone, changed
from monitors.review.matching import Matches, matched
from monitors.review.phrases import quoted
from monitors.spec import IncidentPreference, Policy
from monitors.words import counted

_OPEN: Final = {
    IncidentPreference.PER_POLICY: "one issue at a time for all its alerts",
    IncidentPreference.PER_CONDITION: "one issue at a time for each alert",
    IncidentPreference.PER_CONDITION_AND_TARGET: "an issue for each alert and each signal of it",
}
_FINENESS: Final = tuple(_OPEN)


def matches_of(before: Sequence[Policy], after: Sequence[Policy]) -> Matches[Policy]:
    """Return which policy is which; a renamed one holds the same alerts, or has the same name."""
    return matched(before, after, lambda one: (tuple(each.key for each in one.conditions), one.name))


def changes(matches: Matches[Policy], was: Routes, now: Routes) -> Iterator[Change]:
    """Yield a change for each policy that differs in itself."""
    for old, new in (*matches.pairs, *matches.renamed):
        if old is new or old == new:
            continue
        found = list(_findings(old, new, was, now))
        if found:
            yield changed("policy", Area.ALERTS, old, new, found, told_elsewhere=("conditions",))
    for one in matches.added:
        says = f"is a new policy of {counted(len(one.conditions), 'alert')}"
        facts = [Finding("issues", f"opens {_OPEN[one.incident_preference]}", Danger.LOW)]
        yield alone("policy", Area.ALERTS, one, Operation.ADDED, Danger.LOW, says, facts)
    for one in matches.removed:
        paged = any(was.pages(each) for each in one.conditions)
        says = f"is gone, a policy of {counted(len(one.conditions), 'alert')}"
        meaning = "each of them is told of by itself"
        facts = [Finding("alerts", f"held {counted(len(one.conditions), 'alert')}", Danger.LOW, meaning)]
        yield alone("policy", Area.ALERTS, one, Operation.REMOVED, Danger.MEDIUM if paged else Danger.LOW, says, facts)


def _findings(old: Policy, new: Policy, was: Routes, now: Routes) -> Iterator[Finding]:
    pages = any(was.pages(one) for one in old.conditions) or any(now.pages(one) for one in new.conditions)
    if old.incident_preference is not new.incident_preference:
        yield _preference(old.incident_preference, new.incident_preference, pages=pages)
    if old.key != new.key:
        says = f"is provisioned under the key {new.key}, before {old.key}"
        meaning = f"New Relic makes it anew with {counted(len(new.conditions), 'alert')}, which are blind at first"
        danger = Danger.MEDIUM if pages else Danger.LOW
        yield Finding("key", says, danger, meaning, old.key, new.key, "key")
    if old.name != new.name:
        says = f"is the policy that was called {quoted(old.name)}"
        yield Finding("name", says, Danger.HARMLESS, "", old.name, new.name, "name")
    if old.conditions != new.conditions and _is_reordered(old, new):
        says = "lists its alerts in another order"
        yield Finding("order", says, Danger.HARMLESS, "nothing else differs for it", field="conditions")


def _preference(old: IncidentPreference, new: IncidentPreference, *, pages: bool) -> Finding:
    was, now = _OPEN[old], _OPEN[new]
    if _FINENESS.index(new) < _FINENESS.index(old):
        meaning = "an incident that opens while the issue is open joins it, and nobody is told of it"
        danger = Danger.HIGH if pages else Danger.MEDIUM
    else:
        meaning, danger = "people are told of more incidents by themselves", Danger.MEDIUM if pages else Danger.LOW
    return Finding("issues", f"opens {now}, before {was}", danger, meaning, str(old), str(new), "incident_preference")


def _is_reordered(old: Policy, new: Policy) -> bool:
    """Say whether the alerts that both sides have stand in another order."""
    keys = ([one.key for one in policy.conditions] for policy in (old, new))
    before, after = keys
    in_both = {*before} & {*after}
    return [one for one in before if one in in_both] != [one for one in after if one in in_both]
