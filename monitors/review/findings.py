"""What was found out about one spec that differs, and the change that is told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from monitors.review.changes import Area, Change, Danger, Fact, Operation, values_alone
from monitors.review.fields import ABSENT, Difference, differences
from monitors.review.phrases import sentence
from monitors.review.remainder import shown
from monitors.rules.subjects import Subject, named
from monitors.spec import Spec


@dataclass(frozen=True, slots=True)
class Finding:
    """One consequence. `says` goes on after the spec's name or `It`, as in `opens above 7 %, before above 5 %`.

    `meaning` is what follows from it, a clause of its own, "" where `says` is all there is to say. `stands_alone` marks
    a `says` that is a whole sentence already; one that does not `lead` is no headline where there is another.
    """

    topic: str
    says: str
    danger: Danger
    meaning: str = ""
    before: str | None = None
    after: str | None = None
    field: str | None = None
    stands_alone: bool = False
    leads: bool = True

    @property
    def clause(self) -> str:
        """What it says with what it means."""
        return f"{self.says}: {self.meaning}" if self.meaning else self.says

    def fact(self, *, in_headline: bool = False) -> Fact:
        """Return it as a fact; one that the headline tells whole adds only what it means."""
        text = self._rest if in_headline else self._whole
        return Fact(self.topic, sentence(text), self.before, self.after, self.field)

    @property
    def _rest(self) -> str:
        """What is left to say where the headline says the rest."""
        if self.meaning:
            return self.meaning
        return self._whole if self.before is None or self.after is None else values_alone(self.before, self.after)

    @property
    def _whole(self) -> str:
        return self.clause if self.stands_alone else f"It {self.clause}"

    def headline(self, name: str) -> str:
        """Return it as a sentence about a spec by name."""
        return sentence(f"{name}: {self.clause}" if self.stands_alone else f"{name} {self.clause}")


def changed(
    kind: str, area: Area, old: Spec, new: Spec, findings: Iterable[Finding], *, told_elsewhere: Collection[str] = ()
) -> Change:
    """Return the change of a spec that has a key from what was found out; the gravest finding is the headline.

    A field that differs and that no finding is of is told with both values, so that none is left out;
    `told_elsewhere` are fields that changes of other specs tell.
    """
    subject, former = named(kind, new), named(kind, old)
    paths = list(_own_differences(old, new, told_elsewhere))
    every = list(findings)
    told = {one.field for one in every if one.field is not None}
    every += [plain(one.path, one.before, one.after, Danger.MEDIUM) for one in paths if not _is_told(one.path, told)]
    every.sort(key=lambda one: (-one.danger, one.field is None and one.topic != "wakes"))
    first = next((one for one in every if one.leads), every[0])
    own_fields = [one.path for one in paths]
    return Change(
        subject=subject.key,
        title=subject.title,
        area=area,
        operation=Operation.RENAMED if is_renamed(old, new) else Operation.CHANGED,
        danger=every[0].danger,
        headline=first.headline(name_of(subject)),
        facts=tuple(one.fact(in_headline=one is first) for one in every),
        fields=tuple(dict.fromkeys((*own_fields, *(one.field for one in every if one.field)))),
        former=former.key if former.key != subject.key else None,
        place=subject.place,
    )


def alone(
    kind: str, area: Area, spec: Spec, operation: Operation, danger: Danger, headline: str, facts: Iterable[Finding]
) -> Change:
    """Return the change of a spec that only one side has."""
    subject = named(kind, spec)
    return Change(
        subject=subject.key,
        title=subject.title,
        area=area,
        operation=operation,
        danger=danger,
        headline=sentence(f"{name_of(subject)} {headline}"),
        facts=tuple(one.fact() for one in facts),
        place=subject.place,
    )


def plain(path: str, before: object, after: object, danger: Danger, topic: str = "") -> Finding:
    """Return what is said of a field whose two values say all."""
    was, now = ("no value" if one is ABSENT or one is None else shown(one) for one in (before, after))
    return Finding(
        topic or path, f"has {now} as {topic or path}, before {was}", danger, before=was, after=now, field=path
    )


def is_renamed(old: Spec, new: Spec) -> bool:
    """Say whether a spec has another key or name."""
    return any(getattr(old, one, None) != getattr(new, one, None) for one in ("key", "name"))


def name_of(subject: Subject) -> str:
    """Return what people call a subject, in quotes, without its kind."""
    return subject.title[subject.title.index('"') :]


def _own_differences(old: Spec, new: Spec, told_elsewhere: Collection[str]) -> Iterator[Difference]:
    if type(old) is not type(new):
        yield Difference("type", old, new)
        return
    for name in type(new).model_fields:
        if name not in told_elsewhere:
            yield from differences(getattr(old, name), getattr(new, name), name)


def _is_told(path: str, told: Collection[str]) -> bool:
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in told)
