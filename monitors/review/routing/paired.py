"""Which part of one list is which of the other: by what it is called, else, for a renamed one, by what it does."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

P = TypeVar("P")


@dataclass(frozen=True)
class Paired(Generic[P]):
    """Pairs in the old order, then what only one side has."""

    pairs: tuple[tuple[P, P], ...]
    new: tuple[P, ...]
    gone: tuple[P, ...]


def paired(
    before: Sequence[P], after: Sequence[P], called: Callable[[P], str], does: Callable[[P], Hashable]
) -> Paired[P]:
    """Match parts by name; of those whose name only one side has, two that do the same are one renamed."""
    left = list(after)
    partners: dict[int, P] = {}
    both = {called(one) for one in before} & {called(one) for one in after}
    for place, one in enumerate(before):
        other = next((each for each in left if called(each) == called(one)), None)
        if other is not None:
            left.remove(other)
            partners[place] = other
    for place, one in enumerate(before):
        other = next((each for each in left if called(each) not in both and does(each) == does(one)), None)
        if place not in partners and other is not None:
            left.remove(other)
            partners[place] = other
    return Paired(
        tuple((one, partners[place]) for place, one in enumerate(before) if place in partners),
        tuple(left),
        tuple(one for place, one in enumerate(before) if place not in partners),
    )
