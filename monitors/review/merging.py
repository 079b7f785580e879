"""Tells what is the same in several stacks once: they are alike but for their names and what is said of people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from monitors.review.changes import Change, Fact

_SPOKEN_OF: Final = "prod"  # the stack whose names stand in what is told of several


def told_once(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield each change once, with its stacks.

    Changes are the same when they say the same of the same spec, but for the stack's name. Facts that not all stacks of
    such a change have are told with the stack that has them.
    """
    groups: dict[object, list[Change]] = {}
    seen: Counter[object] = Counter()
    for change in changes:
        core = (_essence(change), change.environments)
        seen[core] += 1
        groups.setdefault((_essence(change), seen[core]), []).append(change)
    yield from (_merged(group) for group in groups.values())


def _essence(change: Change) -> tuple[object, ...]:
    names = change.environments
    return (
        plain(change.subject, names),
        change.operation,
        change.danger,
        plain(change.headline, names),
        tuple(sorted(plain(field, names) for field in change.fields)),
    )


def _merged(group: Sequence[Change]) -> Change:
    if len(group) == 1:
        return group[0]
    chosen = next((one for one in group if _SPOKEN_OF in one.environments), group[0])
    environments = tuple(name for one in group for name in one.environments)
    return replace(chosen, environments=environments, facts=tuple(_facts(chosen, group)))


def _facts(chosen: Change, group: Sequence[Change]) -> Iterator[Fact]:
    """Yield the facts of all, those that not every stack has with the stack's name."""
    holders = Counter(said for one in group for said in {_said(fact, one) for fact in one.facts})
    for one in (chosen, *(other for other in group if other is not chosen)):
        for fact in one.facts:
            is_shared = holders[_said(fact, one)] == len(group)
            if is_shared and one is chosen:
                yield fact
            elif not is_shared:
                yield replace(fact, text=f"In {' and '.join(one.environments)}: {fact.text}")


def _said(fact: Fact, change: Change) -> tuple[object, ...]:
    texts = (fact.topic, fact.text, fact.before or "", fact.after or "", fact.field or "")
    return tuple(plain(text, change.environments) for text in texts)


def plain(text: str, names: Iterable[str]) -> str:
    """Return a text without the names of stacks, by which specs of several differ."""
    for name in names:
        text = re.sub(rf" \({name}\)|[-_]{name}\b|\b{name}\b", "", text)
    return text
