"""Compares what accounts hold with what is declared: by meaning where a spec can say it, else property by property."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from lookout.drift.altering import is_sayable, with_replaced
from lookout.drift.lifting import LIFTS
from lookout.drift.lifting.references import References
from lookout.drift.reading import TAGS, Object, Reading
from lookout.drift.strangers import Inventory, apart, touching
from monitors.review.changes import Area, Change, Danger, Diff, Effect, Fact, Operation, ResourceChange
from monitors.review.compare import compare, in_order
from monitors.rules.subjects import keyed_specs
from monitors.spec import Spec, Stack
from monitors.words import counted

_SHOWN_CHARACTERS: Final = 160
# What a missing object is told as by the comparison of specs; the rest names others, and stays in the compared stack.
_REMOVABLE: Final = frozenset({"condition", "muting-rule", "service-level", "dashboard"})
_DASHBOARD: Final = "OneDashboard"
_SOURCE: Final = "as Pulumi read them, changing nothing"
_MASK: Final = "[secret]"


@dataclass
class _Account:
    """The account's side while it is put together: specs read back, and what no spec can say."""

    replacements: dict[tuple[str, str], Spec | None] = field(default_factory=dict)
    untold: list[tuple[Object, tuple[str, ...]]] = field(default_factory=list)


def drift(declared: Stack, reading: Reading, inventory: Inventory, at: datetime) -> Diff:
    """Return what differs in the accounts from what is declared; `before` is declared, `after` what accounts hold."""
    account = _account(declared, reading)
    other = with_replaced(declared, account.replacements)
    found = compare(
        {declared.name: declared}, {declared.name: other}, names=("what is declared", "what the accounts hold"), at=at
    )
    plain = [
        replace(one, environments=(declared.name,))
        for one in (*_plain(declared, account), *_missing(reading), *touching(reading, inventory))
    ]
    by_hand = [one for one in plain if one.subject.startswith("by-hand/")]
    notes = (*found.notes, *inventory.unseen, *_others(apart(reading, inventory, by_hand)))
    changes = tuple(in_order((*found.changes, *plain)))
    return replace(found, changes=changes, resources=tuple(_resources(declared, reading)), notes=notes, source=_SOURCE)


def _account(declared: Stack, reading: Reading) -> _Account:
    every: Iterable[tuple[str, Any]] = keyed_specs(declared)  # each has a key
    specs = {(kind, spec.key): spec for kind, spec in every}
    references, found = References(reading), _Account()
    for one in reading.changed:
        lift, kind = LIFTS.get(one.kind), _kind(one)
        if one.account is None:
            if kind in _REMOVABLE and (kind, one.name) in specs:
                found.replacements[kind, one.name] = None
            continue
        spec = found.replacements.get((kind, one.name)) or specs.get((kind, one.name))
        if lift is None or spec is None or one.declared is None:
            found.untold.append((one, one.differing))
            continue
        read = _read(spec, one, references)
        told: frozenset[str] = frozenset()
        if read is not None and read != spec:
            found.replacements[kind, one.name], told = read, lift.properties
        if rest := tuple(name for name in one.differing if name not in told):
            found.untold.append((one, rest))
    return found


def _kind(one: Object) -> str:
    """Return the kind of the spec that an object is made from, empty where that is none of its own."""
    if one.kind == _DASHBOARD:
        return "dashboard"
    return LIFTS[one.kind].kind if one.kind in LIFTS else ""


def _read(spec: Spec, one: Object, references: References) -> Spec | None:
    """Return the spec as the account has it, None where it holds what no spec can say."""
    try:
        read = LIFTS[one.kind].read(spec, one.account or {}, references)
    except (KeyError, ValueError, TypeError, IndexError):
        return None
    return read if is_sayable(read, spec) else None


def _plain(declared: Stack, account: _Account) -> Iterator[Change]:
    """Yield a change for what no spec can say, property by property; what only follows from others is left out."""
    for one, properties in account.untold:
        if _only_follows(one):
            continue
        if one.declared is None:
            yield _undeclared(one)
        elif properties:
            yield _differing(one, properties)


def _only_follows(one: Object) -> bool:
    """Say whether tags are replaced for the one reason that what they are on is made again."""
    return one.effect == "replace" and one.kind in TAGS and set(one.because) <= {"guid"}


def _undeclared(one: Object) -> Change:
    return _change(
        one,
        Operation.ADDED,
        Danger.LOW,
        f"The account still has the {_words(one)}, which is declared no longer; `lookout up` deletes it.",
    )


def _differing(one: Object, properties: tuple[str, ...]) -> Change:
    facts = tuple(_facts(one, properties))
    told = ", ".join(dict.fromkeys(fact.topic for fact in facts))
    return _change(one, Operation.CHANGED, _danger(one), f"The account's {_words(one)} differs in {told}.", facts)


def _missing(reading: Reading) -> Iterator[Change]:
    """Yield a change for each object that is gone from the account and that no comparison of specs tells of."""
    gone = {one.name for one in reading.changed if one.account is None and one.kind not in TAGS}
    for one in reading.changed:
        if one.account is not None or _kind(one) in _REMOVABLE:
            continue
        if one.kind in TAGS and any(one.name.endswith(name) for name in gone):
            continue  # they went with what they are on
        yield _change(
            one,
            Operation.REMOVED,
            Danger.HIGH if _area(one) in (Area.ROUTING, Area.ON_CALL, Area.HOSTING) else Danger.LOW,
            f"The {_words(one)} is declared and not in the account; `lookout up` makes it again.",
        )


def _facts(one: Object, properties: tuple[str, ...]) -> Iterator[Fact]:
    account, declared = one.account or {}, one.declared or {}
    for name in properties:
        for path, there, here in _leaves(name, account.get(name), declared.get(name)):
            where = _widget(declared, path) if one.kind == _DASHBOARD else path
            text = f"{where} is {_shown(there)} in the account and declared as {_shown(here)}."
            yield Fact(where, text, _shown(here), _shown(there), path)


def _leaves(path: str, there: Any, here: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield the innermost values that differ, with their paths."""
    if there == here:
        return
    if isinstance(there, Mapping) and isinstance(here, Mapping):
        for name in dict.fromkeys((*here, *there)):
            yield from _leaves(f"{path}.{name}", there.get(name), here.get(name))
    elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        for index, (one, other) in enumerate(zip(there, here, strict=True)):
            yield from _leaves(f"{path}[{index}]", one, other)
    else:
        yield path, there, here


def _widget(declared: Mapping[str, Any], path: str) -> str:
    """Return a dashboard's path with pages and widgets by their titles instead of their numbers."""
    steps = re.findall(r"([A-Za-z]+)(?:\[(\d+)\])?", path)
    part: Any = declared
    words: list[str] = []
    for name, number in steps:
        part = part.get(name) if isinstance(part, Mapping) else None
        if number and isinstance(part, list) and int(number) < len(part):
            part = part[int(number)]
        title = part.get("title") or part.get("name") if number and isinstance(part, Mapping) else None
        words.append(f'"{title}"' if title else f"{name}[{number}]" if number else name)
    return ".".join(words)


def _shown(value: Any) -> str:
    if value is None:
        return "absent"
    text = str(value)
    if _MASK in text:
        return "a secret"
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."


def _change(one: Object, operation: Operation, danger: Danger, headline: str, facts: tuple[Fact, ...] = ()) -> Change:
    fields = tuple(fact.field or fact.topic for fact in facts)
    return Change(
        f"resource/{one.kind}/{one.name}", _words(one), _area(one), operation, danger, headline, facts, fields
    )


def _words(one: Object) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", one.kind)
    kind = spaced if spaced.startswith("Nrql") else spaced.lower()
    return f'{kind} "{one.name}"'


def _area(one: Object) -> Area:
    if one.type.startswith("render:"):
        return Area.HOSTING
    if one.kind == "Tag" or one.kind in TAGS:
        return Area.SETTINGS
    if one.kind in ("User", "Team", "TeamMembership", "Schedule", "Schedulev2", "EscalationPolicy"):
        return Area.ON_CALL
    if one.type.startswith("pagerduty:") or "Notification" in one.kind or one.kind == "Workflow":
        return Area.ROUTING
    if one.kind == _DASHBOARD:
        return Area.DASHBOARDS
    return Area.ALERTS if "Alert" in one.kind and "Muting" not in one.kind else Area.UPKEEP


def _danger(one: Object) -> Danger:
    area = _area(one)
    if area in (Area.DASHBOARDS, Area.SETTINGS):
        return Danger.HARMLESS
    return Danger.HIGH if area is Area.ROUTING else Danger.MEDIUM


def _resources(declared: Stack, reading: Reading) -> Iterator[ResourceChange]:
    for one in reading.changed:
        if _only_follows(one):
            continue
        yield ResourceChange(one.type, one.name, Effect(one.effect), one.because, environments=(declared.name,))


def _others(count: int) -> tuple[str, ...]:
    if count < 1:
        return ()
    return (f"{counted(count, 'other object')} in the accounts that nobody declared here touch nothing of ours.",)
