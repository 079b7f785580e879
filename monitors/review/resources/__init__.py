"""Which of Pulumi's resources a change to the specs creates, updates, replaces and deletes, without asking Pulumi."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from monitors.review.changes import Effect, ResourceChange
from monitors.review.resources.comparing import Renewed, change, compared, in_order, paired
from monitors.review.resources.registered import Identity, Registered, Surroundings
from monitors.review.resources.sections import SECTIONS, Arguments, Section
from monitors.spec import Stack

__all__ = ["Resources", "resource_changes", "resources_between"]

# What infra finds at Render by its name, and keeps under another key of the specs.
_FOUND_BY_NAME: Final = ("EnvironmentGroup", "PrivateService", "WebService")


@dataclass(frozen=True)
class Resources:
    """Every resource that provisioning touches, what is taken away first, and which outputs are other ones than before.

    Outputs are such as keys and addresses.
    """

    changes: tuple[ResourceChange, ...] = ()
    renewed: Renewed = field(default_factory=Renewed)


def resource_changes(before: Stack, after: Stack) -> tuple[ResourceChange, ...]:
    """Return every resource that provisioning touches, what is taken away first."""
    return resources_between(before, after).changes


def resources_between(before: Stack, after: Stack) -> Resources:
    """Return what provisioning does to resources.

    It is what `pulumi preview` would show where `before` is provisioned and the settings' values are the same; a
    schedule is taken to be of the kind that every account has. Only specs that differ do work, and those that refer to
    something that is made anew.
    """
    if before == after:
        return Resources()
    found = _Comparison(Surroundings.of(before), Surroundings.of(after))
    for section in SECTIONS:
        found.compare(section, before, after)
    found.follow_references()
    return Resources(in_order(found.found.values()), found.renewed)


@dataclass
class _Comparison:
    """What was found so far; `unchanged` are specs that refer to others, by their sections."""

    old: Surroundings
    new: Surroundings
    renewed: Renewed = field(default_factory=Renewed)
    found: dict[Identity, ResourceChange] = field(default_factory=dict)
    pairs: list[tuple[Registered, Registered]] = field(default_factory=list)
    unchanged: list[tuple[Section, list[Arguments]]] = field(default_factory=list)

    def compare(self, section: Section, before: Stack, after: Stack) -> None:
        """Compare the specs of a section that differ, and keep those that do not where they refer to others."""
        was, now = section.specs(before), section.specs(after)
        same_around = self.old == self.new
        same = [key for key in now if same_around and key in was and was[key] == now[key]]
        alike = set(same)
        old = [one for key in was if key not in alike for one in section.register(self.old, *was[key])]
        new = [one for key in now if key not in alike for one in section.register(self.new, *now[key])]
        both, gone, fresh = paired(old, new)
        kept = {(one.kind, one.inputs["name"]) for one in fresh if one.kind in _FOUND_BY_NAME}
        self.found |= {
            one.identity: change(one, Effect.DELETE, is_kept=(one.kind, one.inputs.get("name")) in kept) for one in gone
        }
        self.found |= {one.identity: change(one, Effect.CREATE) for one in fresh}
        for one in fresh:
            self.renewed.add(one)
        self.pairs += both
        if section.needs:
            self.unchanged.append((section, [now[key] for key in same]))

    def follow_references(self) -> None:
        """Compare what both sides have, again and again while that renews something that others refer to."""
        known = -1
        followed: set[int] = set()
        while known != len(self.renewed.outputs):
            known = len(self.renewed.outputs)
            for old, new in self.pairs:
                earlier = self.found.get(new.identity)
                if earlier is None or earlier.effect is Effect.UPDATE:
                    told = compared(old, new, self.renewed)
                    if told is not None:
                        self.found[new.identity] = told
            served = self.renewed.served
            for index, (section, specs) in enumerate(self.unchanged):
                if index not in followed and not section.needs.isdisjoint(served):
                    followed.add(index)
                    known = -1
                    self.pairs += [(one, one) for arguments in specs for one in section.register(self.new, *arguments)]
