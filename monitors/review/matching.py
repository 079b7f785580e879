"""Which spec of one side is which of the other: by key, else, for a renamed one, by what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from monitors.spec import Spec

S = TypeVar("S", bound=Spec)
Essence = Callable[[Any], Sequence[Hashable]]


@dataclass(frozen=True)
class Matches(Generic[S]):
    """The pairs of both sides, unequal or not; `renamed` are those whose keys differ; the rest stands alone."""

    pairs: tuple[tuple[S, S], ...]
    renamed: tuple[tuple[S, S], ...]
    added: tuple[S, ...]
    removed: tuple[S, ...]


def matched(before: Sequence[S], after: Sequence[S], essence: Essence) -> Matches[S]:
    """Match specs that have keys, in the order of the new side.

    `essence` returns what makes a spec what it is apart from its key, the weightiest first, such as query, threshold
    and name: two without a partner are one renamed when they share at least one part of it and more than any other
    two do. Time grows with the number of specs, not with its square.
    """
    old = {_key(one): one for one in before}
    new = {_key(one): one for one in after}
    pairs = [(old[key], one) for key, one in new.items() if key in old]
    gone = [one for key, one in old.items() if key not in new]
    fresh = [one for key, one in new.items() if key not in old]
    renamed = _renamed(gone, fresh, essence)
    former = {_key(one) for one, _ in renamed}
    present = {_key(one) for _, one in renamed}
    return Matches(
        pairs=tuple(pairs),
        renamed=tuple(renamed),
        added=tuple(one for one in fresh if _key(one) not in present),
        removed=tuple(one for one in gone if _key(one) not in former),
    )


def _renamed(gone: Sequence[S], fresh: Sequence[S], essence: Essence) -> list[tuple[S, S]]:
    """Pair by the weightiest shared part first; what several share is left to the next part."""
    essences = {id(one): tuple(essence(one)) for one in (*gone, *fresh)}
    parts = max((len(one) for one in essences.values()), default=0)
    left, right, found = list(gone), list(fresh), list[tuple[S, S]]()
    for part in range(parts):
        if not left or not right:
            break
        holders: dict[Hashable, tuple[list[S], list[S]]] = defaultdict(lambda: ([], []))
        for side, specs in enumerate((left, right)):
            for one in specs:
                holders[essences[id(one)][part]][side].append(one)
        pairs = [(olds[0], news[0]) for olds, news in holders.values() if len(olds) == len(news) == 1]
        found += pairs
        taken = {id(one) for pair in pairs for one in pair}
        left = [one for one in left if id(one) not in taken]
        right = [one for one in right if id(one) not in taken]
    return found


def _key(spec: Spec) -> str:
    key: str = getattr(spec, "key")  # noqa: B009  # every spec that is matched has one
    return key
