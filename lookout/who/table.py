"""Every alert of a stack at one moment: those that go the same way together, and who is first, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lookout.who.layout import styled, wrapped
from lookout.who.rounds import rounds
from lookout.who.text import Writer
from monitors.alerting.paths.words import duration, moment
from monitors.words import counted, listed

if TYPE_CHECKING:
    from lookout.who.asking import Answer
    from monitors.alerting.paths import Path, Proof
    from monitors.spec import NrqlCondition

_MOST_NAMED: Final = 12


@dataclass(frozen=True)
class Group:
    """Alerts that go the same way: the same people at the same times, by the same destinations."""

    proofs: tuple[Proof, ...]

    @property
    def first(self) -> Proof:
        """The first of them, which stands for all."""
        return self.proofs[0]


def groups(proofs: Sequence[Proof]) -> tuple[Group, ...]:
    """Return proofs by the ways they go, those that page first."""
    of_way: dict[object, object] = {}
    found: dict[object, list[Proof]] = {}
    for proof in proofs:
        way = proof.way
        if way is None:
            signature = _signature(proof)
        else:  # those of one policy and priority go one way, so it is worked out once
            signature = of_way[way] if way in of_way else of_way.setdefault(way, _signature(proof))
        found.setdefault(signature, []).append(proof)
    return tuple(Group(tuple(same)) for same in sorted(found.values(), key=lambda same: not same[0].pages))


def lines(answer: Answer, *, columns: int) -> Iterator[str]:
    """Yield the answer for every alert in lines of so many columns."""
    writer = Writer(answer.stack, columns)
    conditions = {condition.key: condition for condition in answer.stack.observability.conditions}
    title = f"{counted(len(answer.proofs), 'alert')} of {answer.stack.name} at {answer.moment}"
    yield from wrapped(title, columns, style="title")
    if answer.moment.note is not None:
        yield from wrapped(answer.moment.note, columns, style="doubt")
    for group in groups(answer.proofs):
        yield ""
        yield from _named(group, conditions, columns)
        if not group.first.paths:
            yield f"  -> {styled('nobody is told', 'nobody')}"
        for path in group.first.paths:
            yield from _path(path, writer, answer.moment.time_zone, columns)
        for hop in group.first.refusals:
            says = hop.says if hop.kind == "condition" else f"{hop.title}: {hop.says}"
            yield from wrapped(says, columns, first="     ", rest="     ", style="aside")
    yield ""
    for sentence in coverage(answer, writer):
        yield from wrapped(sentence, columns)


def coverage(answer: Answer, writer: Writer) -> Iterator[str]:
    """Yield in words who is first at the moment, and what pages nobody."""
    conditions = {condition.key: condition for condition in answer.stack.observability.conditions}
    paging = [proof for proof in answer.proofs if conditions[proof.subject.key].severity.pages and proof.pages]
    first: dict[tuple[str, ...], int] = {}
    for proof in paging:
        first[proof.first] = first.get(proof.first, 0) + 1
    for users, count in first.items():
        share = "all" if count == len(paging) > 1 else f"{count:,} of"
        alerts = f"{share} {counted(len(paging), 'alert')} that page{'s' if len(paging) == 1 else ''}"
        if users:
            yield f"First for {alerts}: {listed(writer.role(user) for user in users)}."
        else:
            yield f"First for {alerts}: nobody."
    rest = len(answer.proofs) - len(paging)
    if rest:
        yield f"{counted(rest, 'alert')} {'pages' if rest == 1 else 'page'} nobody: {_others(answer.proofs)}."


def _others(proofs: Sequence[Proof]) -> str:
    """Return how many are told by each kind of channel."""
    kinds: dict[str, int] = {}
    for proof in proofs:
        if not proof.pages:
            kind = " and ".join(dict.fromkeys(path.kind for path in proof.paths))
            kinds[kind] = kinds.get(kind, 0) + 1
    told = (f"{count:,} told {f'by {kind}' if kind else 'not at all'}" for kind, count in kinds.items())
    return listed(told) or "none"


def _named(group: Group, conditions: dict[str, NrqlCondition], columns: int) -> Iterator[str]:
    named = [conditions[proof.subject.key] for proof in group.proofs]
    severities = sorted({str(one.severity) for one in named})
    names = [one.name for one in named[:_MOST_NAMED]]
    more = len(named) - len(names)
    text = f"{'; '.join(names)}{f'; and {more:,} more' if more else ''}"
    yield styled(f"{counted(len(named), 'alert')}, {listed(severities)}, {group.first.priority}", "title")
    yield from wrapped(text, columns, first="  ", rest="  ")


def _path(path: Path, writer: Writer, time_zone: str, columns: int) -> Iterator[str]:
    target = next(hop for hop in reversed(path.hops) if hop.kind in ("destination", "pagerduty-service"))
    later = f" after {duration(path.after_seconds)}" if path.after_seconds else ""
    yield from wrapped(
        f"{path.kind}{later}: {target.title}",
        columns,
        first="  -> ",
        rest="     ",
        style="page" if path.reaches else "nobody",
    )
    if path.kind == "page":
        yield from wrapped(_people(path, writer, time_zone), columns, first="     ", rest="     ")
    for doubt in path.unsure:
        yield from wrapped(doubt, columns, first="     ", rest="     ", style="doubt")


def _people(path: Path, writer: Writer, time_zone: str) -> str:
    if not path.notified:
        if path.next is None:
            return "nobody is notified"
        who, when = writer.role(path.next.user), moment(path.next.at, time_zone)
        return f"nobody is notified; next on call is {who}, from {when}"
    parts: list[str] = []
    for part in rounds(path.notified):
        for one in part.notified:
            urgency = ", low urgency" if one.urgency == "low" else ""
            people = listed(writer.role(user) for user in one.users)
            parts.append(f"{duration(one.after_seconds)} {people}{urgency}")
        if part.again:
            parts.append(f"the same again at {listed(map(duration, part.again))}")
    return "; ".join(parts)


def _signature(proof: Proof) -> object:
    """Return what proofs share that go the same way, whatever their policies and workflows are called."""
    ways = tuple(
        (
            path.kind,
            path.after_seconds,
            path.service or path.hops[-1].key,
            tuple((one.after_seconds, one.users, one.by, one.urgency) for one in path.notified),
            path.next,
            path.unsure,
        )
        for path in proof.paths
    )
    # Alerts that open nothing of the priority are told together, whichever they are.
    refusals = tuple((hop.kind, hop.kind != "condition" and hop.key, hop.says) for hop in proof.refusals)
    return (
        ways,
        refusals if not proof.paths or any(path.after_seconds for path in proof.paths) else (),
        proof.priority,
    )
