"""What provisioning does to a resource: both sides of it compared, and references to what is new followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from monitors.review.changes import Effect, ResourceChange
from monitors.review.resources.kinds import kind_of
from monitors.review.resources.losses import loses
from monitors.review.resources.registered import Identity, Ref, Registered, refs_in

_EVERYTHING: Final = "*"
# What says nothing, and so is no change from nothing.
_NOTHING: Final[tuple[Any, ...]] = (None, "", (), {})
_ORDER: Final = (Effect.DELETE, Effect.REPLACE, Effect.CREATE, Effect.UPDATE)


@dataclass
class Renewed:
    """Outputs that are other ones than before: all of a resource that is made, some of one that is updated."""

    outputs: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, one: Registered, output: str = _EVERYTHING) -> None:
        """Note one output of a resource, or all of them."""
        self.outputs.add((*one.served_as, output))

    def has(self, ref: Ref) -> bool:
        """Say whether what a reference gives is another one."""
        return not self.outputs.isdisjoint(((ref.serves, ref.name, ref.output), (ref.serves, ref.name, _EVERYTHING)))

    @property
    def served(self) -> set[str]:
        """What of which something is renewed."""
        return {serves for serves, _, _ in self.outputs}


Pair = tuple[Registered, Registered]


def paired(
    before: Iterable[Registered], after: Iterable[Registered]
) -> tuple[list[Pair], list[Registered], list[Registered]]:
    """Return what both sides have, what is only before and what is only after."""
    old: dict[Identity, Registered] = {one.identity: one for one in before}
    new: dict[Identity, Registered] = {one.identity: one for one in after}
    both = [(old[identity], one) for identity, one in new.items() if identity in old]
    return (
        both,
        [one for key, one in old.items() if key not in new],
        [one for key, one in new.items() if key not in old],
    )


def compared(old: Registered, new: Registered, renewed: Renewed) -> ResourceChange | None:
    """Return what becomes of a resource that both sides have, None for nothing; what it renews is noted."""
    kind = kind_of(new.kind, new.type)
    names = tuple(changed_inputs(old.inputs, new.inputs, kind.computed, renewed))
    if not names:
        return None
    because = tuple(name for name in names if name in kind.replaces)
    if because:
        renewed.add(new)
        return change(old, Effect.REPLACE, because)
    for output, inputs in kind.follows.items():
        if inputs.intersection(names):
            renewed.add(new, output)
    return change(new, Effect.UPDATE)


def changed_inputs(
    before: Mapping[str, Any], after: Mapping[str, Any], computed: frozenset[str], renewed: Renewed
) -> Iterator[str]:
    """Yield the names of the inputs that differ, or that hold what is renewed."""
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if _says_nothing(new) and (_says_nothing(old) or name in computed):
            continue
        if old != new or (renewed.outputs and any(renewed.has(ref) for ref in refs_in(new))):
            yield name


def change(one: Registered, effect: Effect, because: Sequence[str] = (), *, is_kept: bool = False) -> ResourceChange:
    """Return a change of a resource with what is lost by it; `is_kept` says that another one takes the object over."""
    lost = "" if is_kept else loses(one.kind, effect, is_protected=one.is_protected)
    return ResourceChange(kind_of(one.kind, one.type).type, one.name, effect, tuple(because), lost)


def in_order(changes: Iterable[ResourceChange]) -> tuple[ResourceChange, ...]:
    """Return changes as a reviewer reads them: what is taken away first."""
    return tuple(sorted(changes, key=lambda one: (_ORDER.index(one.effect), one.type, one.name)))


def _says_nothing(value: Any) -> bool:
    return any(value is nothing or value == nothing for nothing in _NOTHING) and value is not False
