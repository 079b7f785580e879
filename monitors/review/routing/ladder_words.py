"""Tells the difference between whom pages asked before and whom they ask after, and how dangerous it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitors.review.changes import Danger
from monitors.review.routing.ladders import Asked, Ladder
from monitors.review.routing.telling import Told
from monitors.review.routing.weekly import ALWAYS, when
from monitors.review.routing.words import after as after_minutes
from monitors.review.routing.words import hours
from monitors.rules.coverage import Span
from monitors.spec import Severity
from monitors.words import listed

Names = Callable[[Asked], str]


@dataclass(frozen=True, slots=True)
class Page:
    """What a kind of page is called at the beginning of a sentence, and its severities."""

    called: str
    severities: tuple[Severity, ...]

    @property
    def acknowledged_within_minutes(self) -> int:
        """By when somebody has to answer, for the severity that is in the greatest hurry."""
        return min((one.acknowledge_within_seconds for one in self.severities), default=0) // 60


def told_difference(
    page: Page,
    pairs: Sequence[tuple[Ladder, Ladder]],
    spans: Sequence[Span],
    names: tuple[Names, Names],
    edge_seconds: int,
) -> Told:
    """Return who is asked otherwise at some times of a week; `names` are what people call whom either side asks.

    `pairs` are what is asked before and after at those times, told in the same sentence, the most frequent first.
    `edge_seconds` of the week, at the edges of these times, something of both is so.
    """
    before, after = pairs[0]
    text = sentence(page.called, before, after, when(spans), names)
    if edge_seconds:
        text += f" For {hours(edge_seconds)} a week around handovers it is a mixture of both."
    danger = max(_danger(page, *pair) for pair in pairs)
    return Told("wakes", text, danger, (), _shown(before, names[0]), _shown(after, names[1]))


def sentence(page: str, before: Ladder, after: Ladder, times: str, names: tuple[Names, Names]) -> str:
    """Return in words who is asked otherwise at some times."""
    return " ".join(_sentences(page, before, after, times, names))


def _sentences(page: str, before: Ladder, after: Ladder, times: str, names: tuple[Names, Names]) -> Iterator[str]:
    sometimes = "" if times == ALWAYS else f" {times}"
    was, now = names
    if before.woken and not after.woken:
        quiet = f" and tells {_all(after.quiet, now)} in silence" if after.quiet else ""
        yield f"{page} wakes nobody {times}{quiet}; it woke {_all(before.woken[0][1], was)} at once."
    elif after.woken and not before.woken:
        yield f"{page} wakes {_all(after.woken[0][1], now)} {times}; it woke nobody."
    elif not after.woken:
        told, former = _all(after.quiet, now), _all(before.quiet, was)
        yield f"{page} still wakes nobody{sometimes}; it tells {told} in silence, was {former}."
    else:
        yield from _woken_otherwise(page, before, after, sometimes, names)


def _woken_otherwise(
    page: str, before: Ladder, after: Ladder, sometimes: str, names: tuple[Names, Names]
) -> Iterator[str]:
    old, new = before.earliest, after.earliest
    was, now = names
    said: set[Asked] = set()
    subject = f"{page} that nobody answers"
    if set(before.woken[0][1]) != set(after.woken[0][1]):
        said = {*before.woken[0][1], *after.woken[0][1]}
        yield f"{page} wakes {_all(after.woken[0][1], now)} first{sometimes}, was {_all(before.woken[0][1], was)}."
        subject, sometimes = "Unanswered, it", ""
    found = {
        "reaches": _moved(old, new, said, now),
        "also reaches": [f"{now(one)} {after_minutes(new[one])}" for one in new if one not in old and one not in said],
        "no longer reaches": [
            f"{was(one)}, who was asked {after_minutes(old[one])}" for one in old if one not in new and one not in said
        ],
    }
    for verb, reached in found.items():
        if reached:
            yield f"{subject} {verb} {listed(reached)}{sometimes}."
            subject, sometimes = "It", ""
    if not said and not any(found.values()):  # some are asked again later, or in silence, and none for the first time
        told, former = _shown(after, now), _shown(before, was)
        yield f"{page} asks the same people in another order{sometimes}: {told}; was {former}."


def _moved(old: Mapping[Asked, int], new: Mapping[Asked, int], said: set[Asked], names: Names) -> list[str]:
    """Return who is asked at another time, in the order of it; whoever was or is asked first is told of already."""
    moved = [one for one in new if old.get(one, new[one]) != new[one] and not (one in said and new[one] == 0)]
    if len(moved) == 1:
        (one,) = moved
        return [f"{names(one)} {after_minutes(new[one])}, was {after_minutes(old[one])}"]
    moved.sort(key=lambda one: new[one])
    return [f"{names(one)} {after_minutes(new[one])} (was {after_minutes(old[one])})" for one in moved]


def _danger(page: Page, before: Ladder, after: Ladder) -> Danger:
    if before.woken and not after.woken:
        return Danger.HIGH
    if not before.woken and not after.woken:
        return Danger.LOW
    if before.woken and len(after.woken) < len(before.woken):
        return Danger.HIGH
    late = page.acknowledged_within_minutes
    old, new = before.earliest, after.earliest
    # Who was asked in time to answer within the severity's time, and is asked when it is over.
    too_late = any(one in old and old[one] <= late < new[one] for one in new)
    return Danger.HIGH if before.woken and too_late else Danger.MEDIUM


def _shown(ladder: Ladder, names: Names) -> str:
    if not ladder.woken:
        return f"{_all(ladder.quiet, names)} in silence" if ladder.quiet else "nobody"
    return ", ".join(f"{_all(asked, names)} {after_minutes(minutes)}" for minutes, asked in ladder.woken)


def _all(asked: Iterable[Asked], names: Names) -> str:
    return listed([names(one) for one in asked] or ["nobody"])
