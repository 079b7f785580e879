"""Makes stacks of today's vocabulary from what the dumper wrote, whatever the vocabulary of its tree was.

Nothing is validated: a rule that is stricter today must not stop a comparison with yesterday. What today's vocabulary
cannot say, and what it asks for and the tree does not say, is noted in a sentence each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lookout.revisions.shapes import built, enumerations, kinds_of_specs, least, shapes_of
from monitors.spec import Spec, Stack
from monitors.spec.places import Place
from monitors.spec.values import FrozenDict
from monitors.spec.written import CLASS, ENUMERATION, TABLE, UNKNOWN
from monitors.words import counted

Document = Mapping[str, Any]
Identity = tuple[str, str, str]  # the stack, the class and the key
_LOST: Final = object()  # stands for what today's vocabulary has no word for
_PLACE: Final = "declared_at"


@dataclass(frozen=True, slots=True)
class _Known:
    """A spec that was revived before: what it was written as, and how many specs are in it."""

    written: Mapping[str, Any]
    spec: Spec
    specs: int


@dataclass(frozen=True)
class Revived:
    """Stacks by name, and a sentence for each thing that could not be brought over as it was."""

    stacks: Mapping[str, Stack]
    notes: tuple[str, ...] = ()
    known: Mapping[Identity, _Known] = field(default_factory=dict, repr=False, compare=False)


def revive(document: Document, name: str, other: Revived | None = None) -> Revived:
    """Return the stacks of a document that the dumper wrote; `name` is what notes call its revision.

    Specs that have a key and are the same in the `other` side are the very same objects as there: comparing then costs
    what differs, not what there is. What this side does not say and today's vocabulary must, is taken from the other
    where that has the same spec. A place in a revision is relative to its tree.
    """
    reader = _Reader(document["files"], {} if other is None else other.known)
    stacks = [reader.stack(one["content"], one["places"]) for one in document["stacks"]]
    notes = tuple(reader.notes(name))
    return Revived({one.name: one for one in stacks if isinstance(one, Stack)}, notes, reader.found)


class _Reader:
    """Reads one document, stack by stack, and keeps count of what it could not bring over."""

    def __init__(self, files: list[str], known: Mapping[Identity, _Known]) -> None:
        self._files, self._known = files, known
        self._places: list[int] = []
        self._next = 0
        self._stack = ""
        self._unsaid: Counter[str] = Counter()
        self.found: dict[Identity, _Known] = {}

    def stack(self, content: Any, places: list[int]) -> Any:
        self._places, self._next, self._stack = places, 0, str(content.get("name"))
        return self._value(content)

    def notes(self, name: str) -> Iterator[str]:
        for what, count in self._unsaid.items():
            times = "" if count == 1 else f" ({counted(count, 'time')})"
            yield f"At {name} {what}{times}."

    def _value(self, written: Any) -> Any:
        """Return a value; `_LOST` for a spec of a kind that today's vocabulary does not have."""
        if isinstance(written, list):
            parts = [self._value(part) for part in written]
            return tuple(part for part in parts if part is not _LOST)
        if not isinstance(written, dict):
            return written
        if CLASS in written:
            return self._spec(written)
        if ENUMERATION in written:
            return self._member(*written[ENUMERATION])
        if TABLE in written:
            pairs = [(self._value(key), self._value(part)) for key, part in written[TABLE]]
            return FrozenDict({key: part for key, part in pairs if part is not _LOST})
        kind, text = written[UNKNOWN]
        self._unsaid[f"a value is a {kind}, which no spec holds today: it is compared as text"] += 1
        return text

    def _spec(self, written: dict[str, Any]) -> Any:
        identity = (self._stack, written[CLASS], str(written.get("key")))
        known = self._known.get(identity) if "key" in written else None
        if known is not None and known.written == written:
            self._next += known.specs
            self.found[identity] = known
            return known.spec
        first = self._next
        place = self._place()
        fields = {name: self._value(part) for name, part in written.items() if name != CLASS}
        kind = kinds_of_specs().get(written[CLASS])
        if kind is None:
            self._unsaid[f"there is a {written[CLASS]}, a kind of spec that is not known today: it is left out"] += 1
            return _LOST
        spec = built(kind, self._completed(kind, fields, None if known is None else known.spec), **{_PLACE: place})
        if "key" in written:
            self.found[identity] = _Known(written, spec, self._next - first)
        return spec

    def _completed(self, kind: type[Spec], fields: dict[str, Any], like: Spec | None) -> dict[str, Any]:
        """Return every field that a kind of spec has today, in its order."""
        shapes = shapes_of(kind)
        for name in fields:
            if name not in shapes:
                self._unsaid[f'"{name}" of {kind.LABEL} is not known today: it is not compared'] += 1
        return {
            name: fields[name]
            if name in fields and shape.fits(fields[name])
            else self._stand_in(kind, name, name in fields, like)
            for name, shape in shapes.items()
        }

    def _stand_in(self, kind: type[Spec], name: str, is_said: bool, like: Spec | None) -> Any:
        info = kind.model_fields[name]
        if not is_said and not info.is_required():
            return info.get_default(call_default_factory=True)
        other = getattr(like, name, None)
        how = "is said otherwise than today" if is_said else "is not said, as it must be today"
        compared = "it is not compared" if other is not None else "it is compared as if it were empty"
        self._unsaid[f'"{name}" of {kind.LABEL} {how}: {compared}'] += 1
        return least(info.annotation) if other is None else other

    def _member(self, kind: str, value: Any) -> Any:
        """Return a member of an enumeration; one that it has no longer is made for this comparison alone."""
        enumeration = enumerations().get(kind)
        if enumeration is None:
            return value
        try:
            return enumeration(value)
        except ValueError:
            self._unsaid[f"{value!r} is a {kind}, which it is no longer today: what follows from it is not known"] += 1
        member = str.__new__(enumeration, value) if issubclass(enumeration, str) else object.__new__(enumeration)
        member._name_ = member._value_ = str(value)
        return member

    def _place(self) -> Place | None:
        number, line = self._places[2 * self._next : 2 * self._next + 2] or (0, 0)
        self._next += 1
        return Place(self._files[number], line) if line else None
