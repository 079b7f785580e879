"""What every format says of a diff: names of dangers, counts, environments, the order of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from monitors.review.changes import Area, Change, Danger, Diff, Effect, by_weight
from monitors.words import counted, listed

DANGERS: Final = tuple(sorted(Danger, reverse=True))
TITLES: Final = {
    Danger.HIGH: "Dangerous",
    Danger.MEDIUM: "Needs care",
    Danger.LOW: "Small",
    Danger.HARMLESS: "Harmless",
}
MEANINGS: Final = {
    Danger.HIGH: "Trouble may be told later or never, a page reach nobody, data be lost, or the service stop.",
    Danger.MEDIUM: "Other people are woken, or at other times, or more often; or it costs more.",
    Danger.LOW: "Slack or mail differ, something restarts without downtime, or something new comes.",
    Danger.HARMLESS: "Nobody is told otherwise, and nothing restarts.",
}
# One change, several, and further ones in a list.
_COUNTED: Final = {
    Danger.HIGH: ("dangerous change", "dangerous changes", "dangerous"),
    Danger.MEDIUM: ("change to be taken with care", "changes to be taken with care", "to be taken with care"),
    Danger.LOW: ("small change", "small changes", "small"),
    Danger.HARMLESS: ("harmless change", "harmless changes", "harmless"),
}
_DONE: Final = {Effect.REPLACE: "replaces", Effect.DELETE: "deletes"}
_AREAS: Final = tuple(Area)
_MOST_NAMES: Final = 8


def by_danger(changes: Iterable[Change]) -> list[tuple[Danger, list[Change]]]:
    """Return changes in their order, grouped by danger, the highest first."""
    return [(danger, list(group)) for danger, group in groupby(by_weight(changes), key=lambda one: one.danger)]


def by_area(changes: Iterable[Change]) -> list[tuple[Area, list[Change]]]:
    """Return changes of one danger grouped by area."""
    return [(area, list(group)) for area, group in groupby(by_weight(changes), key=lambda one: one.area)]


def counts(changes: Iterable[Change]) -> str:
    """Return how many changes there are of which danger: `1 dangerous change, 2 harmless`; empty for none."""
    found = Counter(one.danger for one in changes)
    told = [(found[danger], _COUNTED[danger]) for danger in DANGERS if found[danger]]
    return ", ".join(
        f"{count:,} {more}" if place else counted(count, one, several)
        for place, (count, (one, several, more)) in enumerate(told)
    )


def verdict(diff: Diff) -> tuple[str, str]:
    """Return the two sentences to read first: how much of which danger, and who or what is affected."""
    if not diff.changes:
        return "Nothing changes for anybody.", _beside(diff) or "Both sides declare the same."
    areas = listed(area for area in _AREAS if any(one.area is area for one in diff.changes))
    met = {name for one in diff.changes for name in one.environments}
    where = environments([name for name in diff.stacks if name in met] or sorted(met), diff.stacks)
    affected = f"Affected: {areas}{f'; {where}' if where else ''}."
    return f"{counts(diff.changes)}.", " ".join(filter(None, (affected, _beside(diff))))


def environments(names: Sequence[str], stacks: Sequence[str]) -> str:
    """Return where something holds: `staging and prod`, `prod only` where it could be in more; empty where unknown."""
    told = listed(names) if names else ""
    return f"{told} only" if told and set(names) < set(stacks) else told


@dataclass(frozen=True, slots=True)
class Heavy:
    """Resources of one kind to which Pulumi does the same for the same reason: it replaces or deletes them."""

    kind: str
    names: tuple[str, ...]
    effect: Effect
    because: tuple[str, ...]
    loses: str
    environments: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """Their names, of many the first ones."""
        return self.names[:_MOST_NAMES]

    @property
    def left_out(self) -> int:
        """How many names there are beside those that are shown."""
        return len(self.names) - len(self.shown)

    @property
    def says(self) -> str:
        """What happens to them, as a sentence without their names."""
        done = "replaced" if self.effect is Effect.REPLACE else "deleted"
        forced = f", because of {listed(self.because)}" if self.because else ""
        return f"{'is' if len(self.names) == 1 else 'are'} {done}{forced}"


def heavy(diff: Diff) -> list[Heavy]:
    """Return the resources that Pulumi deletes or replaces; those with which something is lost come first."""
    groups: dict[Heavy, list[str]] = {}
    for one in diff.resources:
        if one.effect in _DONE:
            kind = one.type.rpartition(":")[2]
            alike = Heavy(kind, (), one.effect, one.because, one.loses, one.environments)
            groups.setdefault(alike, []).append(one.name)
    found = [replace(alike, names=tuple(names)) for alike, names in groups.items()]
    return sorted(found, key=lambda one: (not one.loses, one.effect is not Effect.DELETE))


def is_shared(diff: Diff) -> bool:
    """Say whether every change holds in the same environments, so that the verdict alone has to name them."""
    return len({one.environments for one in diff.changes}) == 1


def _beside(diff: Diff) -> str:
    found = Counter(one.effect for one in diff.resources)
    told = [(verb, found[effect]) for effect, verb in _DONE.items() if found[effect]]
    parts = [f"{verb} {count if place else counted(count, 'resource')}" for place, (verb, count) in enumerate(told)]
    return f"Pulumi {listed(parts)}." if parts else ""
