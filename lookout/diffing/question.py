"""What `lookout diff` was asked, and its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from lookout.diffing.sides import Chosen
from lookout.errors import CouldNotRun
from lookout.moments import written
from lookout.revisions.loading import Sides, reading

if TYPE_CHECKING:
    from lookout.revisions.revival import Revived
    from monitors.nrql.evaluator import Data
    from monitors.review.changes import Diff
    from monitors.review.context import Context

_SAMPLE: Final = "`lookout backtest --sample DIR` writes a made-up week to try it with."


@dataclass(frozen=True)
class Question:
    """What is asked beside both sides: of one stack or all, with recorded data or none, as of which moment.

    `at` None is now; one without a time zone is on the clocks of the people on call.
    """

    stack: str | None = None
    data: Path | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What differs, and both sides of each stack, from which pictures of them can be drawn."""

    diff: Diff
    contexts: tuple[Context, ...]


def moment(text: str | None) -> datetime | None:
    """Return a time as it is written. Raises `CouldNotRun` for what is none, or in no year that schedules are for."""
    return None if text is None else written("--at", text)


def answer(chosen: Chosen, question: Question) -> Answer:
    """Return what differs between two sides. Raises `CouldNotRun` when one of them cannot be read."""
    before, after = chosen.before, chosen.after
    with reading(before, after, chosen.repository) as wait:
        # Imported while processes of their own read the catalogues: both take about as long.
        from monitors.review.compare import compare
        from monitors.review.context import Context

        data = None if question.data is None else _read(question.data)
        found = wait()
    if question.stack is not None:
        found = Sides(_alone(found.before, question.stack), _alone(found.after, question.stack))
    notes = (*found.before.notes, *found.after.notes)
    names, at = (str(before), str(after)), _at(question.at, found.after)
    try:
        diff = compare(found.before.stacks, found.after.stacks, names=names, at=at, data=data)
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        if not notes:
            raise
        # What is read from one vocabulary into another is not checked, and may be nothing that can be compared.
        raise CouldNotRun(
            "\n  ".join((f"{before} and {after} are too far apart in their vocabulary to be compared:", *notes)),
            "Compare with a revision on this side of that change.",
        ) from fault
    contexts = tuple(
        Context(found.before.stacks[name], stack, at, data)
        for name, stack in found.after.stacks.items()
        if name in found.before.stacks
    )
    return Answer(replace(diff, notes=(*diff.notes, *notes)), contexts)


def _alone(side: Revived, stack: str) -> Revived:
    return replace(side, stacks={name: one for name, one in side.stacks.items() if name == stack})


def _at(at: datetime | None, side: Revived) -> datetime:
    if at is None:
        return datetime.now(UTC)
    return at if at.tzinfo is not None else at.replace(tzinfo=_clocks(side))


def _clocks(side: Revived) -> ZoneInfo:
    from monitors.backtest.hours import hours_of

    stack = side.stacks.get("prod") or next(iter(side.stacks.values()), None)
    return ZoneInfo("UTC") if stack is None else hours_of(stack).zone


def _read(path: Path) -> Data:
    from monitors.nrql.evaluator import DataError, read

    try:
        return read(path)
    except DataError as fault:
        raise CouldNotRun(f"{fault}.", _SAMPLE) from fault
