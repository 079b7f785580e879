"""Makes one change of what its kind's module tells, and sees to it that no field that differs is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from monitors.review.changes import Area, Change, Danger, Fact, Operation
from monitors.review.fields import Difference, differences
from monitors.review.phrases import quoted
from monitors.review.remainder import shown
from monitors.review.routing.keys import key_means
from monitors.rules.subjects import Subject, named
from monitors.spec import Spec

if TYPE_CHECKING:
    from monitors.review.routing.sides import Sides

KIND_FIELD: Final = "kind"  # names the difference of two specs that are not even of one class
_NAMES: Final = ("name", "role")
_TEXTS: Final = ("name", "role", "description")


@dataclass(frozen=True, slots=True)
class Told:
    """One consequence and how dangerous it is; `covers` are the fields, by the beginning of their paths, that it tells.

    `topic`, `text`, `before` and `after` are those of a fact.
    """

    topic: str
    text: str
    danger: Danger = Danger.HARMLESS
    covers: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None

    def fact(self) -> Fact:
        """Return it as a change holds it."""
        first, *others = self.covers or ("",)
        field = first if first and all(first.startswith(f"{one}[") for one in others) else None
        return Fact(self.topic, self.text, self.before, self.after, field)


@dataclass(frozen=True, slots=True)
class Kind:
    """What tells of one kind of spec, named as in `monitors.rules.subjects.keyed_specs`.

    `changed` is given both sides of one spec, the old with today's keys in its references; what it leaves out is told
    field by field. `added` and `removed` tell of one that only one side has. Effects on people that were found for the
    spec as a whole are told beside them.
    """

    name: str
    area: Area
    changed: Callable[[Sides, Any, Any], Iterable[Told]]
    added: Callable[[Sides, Any], Iterable[Told]]
    removed: Callable[[Sides, Any], Iterable[Told]]


def changes_of(kind: Kind, sides: Sides) -> Iterator[Change]:
    """Yield a change for each spec of a kind that differs, in the order of the new side, then what is gone."""
    matches = sides.matches[kind.name]
    for before, after in (*matches.pairs, *matches.renamed):
        if before != after:
            yield _changed(kind, sides, before, after)
    for one in matches.added:
        told = [*sides.effects(kind.name, one.key), *kind.added(sides, one)]
        yield _alone(kind, one, Operation.ADDED, told)
    for one in matches.removed:
        told = [*sides.effects(kind.name, one.key), *kind.removed(sides, one)]
        yield _alone(kind, one, Operation.REMOVED, told)


def _changed(kind: Kind, sides: Sides, before: Spec, after: Spec) -> Change:
    old = sides.with_todays_keys(before)
    found = list(differences(before, after))
    if type(before) is type(after):
        effects = sides.effects(kind.name, getattr(after, "key"))  # noqa: B009  # all of them have one
        told = [*effects, *kind.changed(sides, old, after)] if _beside_key(old, after) else []
        told = [*told, *_rest(kind.name, found, old, after, told)]
    else:
        told = [_another_kind(before, after)]
    renamed = any(one.path in ("key", *_NAMES) for one in found)
    subject, former = _named(kind.name, after), _named(kind.name, before)
    weightiest = _weightiest(told)
    danger = weightiest[0].danger
    nobody = " Nobody is told otherwise." if danger is Danger.HARMLESS else ""
    return Change(
        subject.key,
        subject.title,
        kind.area,
        Operation.RENAMED if renamed else Operation.CHANGED,
        danger,
        f"{_headed(subject, weightiest[0].text)}{nobody}",
        tuple(one.fact() for one in weightiest[1:]),
        tuple(dict.fromkeys(one.path or KIND_FIELD for one in found)),
        former.key if former.key != subject.key else None,
        subject.place,
    )


def _alone(kind: Kind, one: Spec, operation: Operation, told: Sequence[Told]) -> Change:
    subject = _named(kind.name, one)
    weightiest = _weightiest(told)
    how = "is new" if operation is Operation.ADDED else "is gone"
    return Change(
        subject.key,
        subject.title,
        kind.area,
        operation,
        max((one.danger for one in told), default=Danger.LOW),
        f"{_title(subject)} {how}.{f' {weightiest[0].text}' if weightiest else ''}",
        tuple(one.fact() for one in weightiest[1:]),
        place=subject.place,
    )


def _weightiest(told: Iterable[Told]) -> list[Told]:
    return sorted(dict.fromkeys(told), key=lambda one: -one.danger)


def _rest(kind: str, found: Sequence[Difference], old: Spec, after: Spec, told: Sequence[Told]) -> Iterator[Told]:
    """Yield what nothing told yet says: texts, keys, and at last every field by both of its values."""
    covered = tuple(path for one in told for path in one.covers)
    left = [one for one in found if not any(_within(one.path, path) for path in covered)]
    real = {one.path for one in differences(old, after)}
    for one in left:
        if one.path == "key":
            means, danger = key_means(kind)
            text = f"Its key was {one.before} and is {one.after}: {means}."
            yield Told("key", text, danger, ("key",), one.before, one.after)
        elif one.path not in real and not any(_within(path, one.path) or _within(one.path, path) for path in real):
            yield Told(one.path, "What it refers to has another key and is the same.", covers=(one.path,))
        elif one.path in _NAMES:
            text = f'It was called "{one.before}" and is called "{one.after}".'
            yield Told("name", text, covers=(one.path,), before=one.before, after=one.after)
        else:
            yield _by_value(one)


def _by_value(one: Difference) -> Told:
    danger = Danger.HARMLESS if one.path in _TEXTS else Danger.LOW
    before, after = (quoted(value) if isinstance(value, str) else shown(value) for value in (one.before, one.after))
    return Told(one.path, f"{_words(one.path)} was {before} and is {after}.", danger, (one.path,), before, after)


def _words(path: str) -> str:
    return f"Its {path.replace('_', ' ')}"


def _another_kind(before: Spec, after: Spec) -> Told:
    text = f"It was a {before.LABEL} and is a {after.LABEL}: provisioning makes another one in its place."
    return Told(KIND_FIELD, text, Danger.MEDIUM, ("",), before.LABEL, after.LABEL)


def _beside_key(old: Spec, after: Spec) -> bool:
    return any(one.path != "key" for one in differences(old, after))


def _within(path: str, prefix: str) -> bool:
    return path == prefix or (path.startswith(prefix) and (not prefix or path[len(prefix)] in ".["))


def _named(kind: str, spec: Spec) -> Subject:
    """Return a spec as what is told of; people are called by their role, never by a key."""
    subject, role = named(kind, spec), getattr(spec, "role", None)
    return subject if role is None else replace(subject, title=f'{spec.LABEL} "{role}"')


def _title(subject: Subject) -> str:
    return f"{subject.title[:1].upper()}{subject.title[1:]}"


def _headed(subject: Subject, text: str) -> str:
    return f"{_title(subject)}: {text}"
