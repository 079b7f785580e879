"""The calendar as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from lookout.who.calendar.asking import stints
from lookout.who.calendar.words import alike, clock_change, hours, moment, passed_over, share, summary, total
from lookout.who.layout import Style, styled, wrapped
from monitors.words import counted

if TYPE_CHECKING:
    from lookout.who.calendar.asking import Answer
    from monitors.alerting.rota import Double, Gap

_MOST_TOLD: Final = 5  # times of one kind; --json and the page have them all
_COLUMN: Final = 9


def lines(answer: Answer, *, columns: int) -> Iterator[str]:
    """Yield the calendar in lines of so many columns."""
    title = f"Who is on call in {answer.stack.name}: {counted(answer.days, 'day')} from {answer.start}"
    yield from wrapped(title, columns, style="title")
    found = answer.calendar
    yield from wrapped(summary(answer), columns, style="nobody" if found.gaps or found.doubles else None)
    if answer.start.note is not None:
        yield from wrapped(answer.start.note, columns, style="doubt")
    for change in found.clock_changes:
        yield from wrapped(f"{moment(answer, change.at)}: {clock_change(change)}.", columns, style="doubt")
    yield from _schedules(answer)
    yield from _times(answer, "Gaps", found.gaps, columns, "nobody")
    yield from _times(answer, "Levels that are passed over", passed_over(found), columns, "doubt")
    yield from _times(answer, "On two levels at once", found.doubles, columns, "nobody")
    yield from _loads(answer)


def _schedules(answer: Answer) -> Iterator[str]:
    roles = max(len(user.role) for user in answer.stack.response.users)
    for rota in answer.calendar.rotas:
        yield ""
        yield styled(rota.schedule.name, "title")
        for stint in stints(rota):
            note = "  by an override" if stint.by_override else ""
            times = _from_to(answer, stint.start, stint.end)
            yield f"  {times}  {answer.role(stint.user):{roles}}  {hours(stint.on_call):>8}{note}"
        if all(shift.user is None for shift in rota.shifts):
            yield "  nobody"


def _times(answer: Answer, title: str, found: Sequence[Gap | Double], columns: int, style: Style) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield styled(title, "title")
    for what, same in alike(answer, found).items():
        told = f"{what}: {counted(len(same), 'time')}, {hours(total(same))} in all"
        yield from wrapped(told, columns, first="  ", rest="    ", style=style)
        for one in same[:_MOST_TOLD]:
            yield f"    {_from_to(answer, one.start, one.end)}  {hours(one.end - one.start):>8}"
        if len(same) > _MOST_TOLD:
            yield f"    and {counted(len(same) - _MOST_TOLD, 'more time')}"


def _loads(answer: Answer) -> Iterator[str]:
    """Yield the table of loads: hours, their share of everybody's, and the hours on each level."""
    roles = max(len(user.role) for user in answer.stack.response.users)
    numbers = sorted({one.level for load in answer.loads for one in load.levels})
    heads = ("on call", "share", "nights", "weekends", "longest", *(f"level {number}" for number in numbers))
    yield ""
    yield styled("How the load is shared", "title")
    yield f"  {'':{roles}}{_cells(heads)}"
    for load in answer.loads:
        by_level = {one.level: hours(one.on_call) for one in load.levels}
        cells = (hours(load.on_call), share(load.share), str(load.nights), str(load.weekends))
        levels = (by_level.get(number, "") for number in numbers)
        yield f"  {answer.role(load.user):{roles}}{_cells((*cells, hours(load.longest_stretch), *levels))}".rstrip()


def _cells(cells: Sequence[str]) -> str:
    return "".join(f"{cell:>{_COLUMN}}" for cell in cells)


def _from_to(answer: Answer, start: datetime, end: datetime) -> str:
    return f"{moment(answer, start):<16} to {moment(answer, end):<16}"
