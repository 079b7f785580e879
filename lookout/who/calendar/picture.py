"""The calendar as one SVG picture: schedules, escalation policies and people in rows, weeks across."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lookout.who.calendar.asking import stints
from lookout.who.calendar.words import amiss, clock_change, hours, moment, passed_over, summary
from monitors.alerting.rota.clock import instant
from monitors.standalone import safe
from monitors.words import counted

if TYPE_CHECKING:
    from lookout.who.calendar.asking import Answer
    from monitors.alerting.rota import Double, Gap, Rota, Shift

_STYLE: Final = (Path(__file__).parent / "picture.css").read_text(encoding="utf-8")
_WIDTH, _GUTTER, _PLOT, _MARGIN = 1200, 210, 974, 16
_TOP, _ROW, _BAR, _TITLE = 46, 30, 20, 34
_LEAST: Final = 1.5  # how wide the shortest time is drawn
_LETTER: Final = 7.2
_HUES: Final = 8
_MOST_LABEL: Final = 27
_MOST_DATES: Final = 120  # days of which every Monday's date has room
_AMISS: Final = (
    ("gap", "nobody at any level"),
    ("passed", "a level is passed over"),
    ("double", "one person on two levels"),
)


@dataclass(frozen=True)
class _Plot:
    """Where moments and rows stand; `links` says that bars lead to the rows of the page's tables."""

    answer: Answer
    links: bool

    def x(self, at: datetime) -> float:
        found = self.answer.calendar
        return round(_GUTTER + (at - found.start) / (found.end - found.start) * _PLOT, 2)

    def bar(self, start: datetime, end: datetime, y: float, kind: str, height: float = _BAR) -> str:
        left = self.x(start)
        width = round(max(self.x(end) - left, _LEAST), 2)
        return f'<rect class="{kind}" x="{left}" y="{y}" width="{width}" height="{height}"/>'

    def time(self, start: datetime, end: datetime) -> str:
        return f"{moment(self.answer, start)} to {moment(self.answer, end)}"


def svg(answer: Answer) -> str:
    """Return the picture as a file of its own; it follows the reader's choice of light or dark, and loads nothing."""
    body = [*drawn(answer, links=False)]
    people = [*_key(answer, _height(answer) + 24)]
    height = _height(answer) + 130
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -70 {_WIDTH} {height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{safe(title(answer))}</title><desc id="d">{safe(summary(answer))}</desc>',
        f'<style>{_STYLE}</style><rect class="ground" x="0" y="-70" width="{_WIDTH}" height="{height}"/>',
        f'<text class="head" x="{_MARGIN}" y="-38">{safe(title(answer))}</text>',
        f'<text class="quiet" x="{_MARGIN}" y="-16">{safe(summary(answer))}</text>',
    )
    return "\n".join((*head, *body, *people, "</svg>")) + "\n"


def title(answer: Answer) -> str:
    """Return what the picture and the page are called."""
    return f"Who is on call in {answer.stack.name}: {counted(answer.days, 'day')} from {answer.start}"


def inline(answer: Answer) -> Iterator[str]:
    """Yield the picture as part of a page, whose tables its bars lead to."""
    yield f'<svg viewBox="0 0 {_WIDTH} {_height(answer)}" role="group" aria-label="{safe(summary(answer))}">'
    yield f"<style>{_STYLE}</style>"
    yield from drawn(answer, links=True)
    yield "</svg>"


def hues(answer: Answer) -> dict[str, str]:
    """Return the class of each user's colour, for those whom some policy reaches."""
    users = [user.key for user in answer.stack.response.users]
    return {user: f"p{number % _HUES}" for number, user in enumerate(users)}


def initials(role: str) -> str:
    """Return the first letters of a role's words: AEA for AI engineer A."""
    return "".join(word[0].upper() for word in role.split())


def drawn(answer: Answer, *, links: bool) -> Iterator[str]:
    """Yield the picture's elements."""
    plot = _Plot(answer, links)
    y = _TOP
    yield from _ground(plot)
    for heading, rows in _sections(plot):
        y += _TITLE
        yield f'<text class="section" x="{_MARGIN}" y="{y - 10}">{heading}</text>'
        for label, bars in rows:
            yield f'<path class="rule" d="M{_MARGIN} {y}H{_GUTTER + _PLOT}"/>'
            yield f'<text class="label" x="{_MARGIN}" y="{y + 20}">{safe(_short(label))}</text>'
            yield f'<rect class="track" x="{_GUTTER}" y="{y + 5}" width="{_PLOT}" height="{_BAR}"/>'
            yield from bars(y + 5)
            y += _ROW
    yield from _changes(plot, y)


_Row = tuple[str, Callable[[int], Iterator[str]]]  # what it is called, and its bars from a height on


def _sections(plot: _Plot) -> Iterator[tuple[str, list[_Row]]]:
    answer = plot.answer
    policies = answer.stack.response.escalation_policies
    yield "Schedules", [(rota.schedule.name, partial(_rota, plot, rota)) for rota in answer.calendar.rotas]
    yield "Escalation policies", [(policy.name, partial(_policy, plot, policy.key)) for policy in policies]
    yield "People", [(answer.role(load.user), partial(_person, plot, load.user)) for load in answer.loads]


def _height(answer: Answer) -> int:
    rows = len(answer.calendar.rotas) + len(answer.stack.response.escalation_policies) + len(answer.loads)
    return _TOP + 3 * _TITLE + rows * _ROW + 8


def _ground(plot: _Plot) -> Iterator[str]:
    """Yield weekends as shades, and a line with its date for Mondays, of many weeks for every second or later one."""
    found, zone = plot.answer.calendar, plot.answer.zone
    bottom = _height(plot.answer) - 8
    step = 1 + plot.answer.days // _MOST_DATES
    mondays = 0
    for day, midnight, following in _days(plot.answer):
        if day.isoweekday() > 5:
            yield plot.bar(max(midnight, found.start), min(following, found.end), _TOP, "weekend", bottom - _TOP)
        if day.isoweekday() == 1 and midnight >= found.start:
            if mondays % step == 0:
                x = plot.x(midnight)
                yield f'<path class="week" d="M{x} {_TOP - 8}V{bottom}"/>'
                yield f'<text class="quiet" x="{x + 3}" y="{_TOP - 12}">{day.day} {midnight.astimezone(zone):%b}</text>'
            mondays += 1


def _days(answer: Answer) -> Iterator[tuple[date, datetime, datetime]]:
    """Yield the days of a calendar with their two midnights."""
    day = answer.calendar.start.astimezone(answer.zone).date()
    midnight = instant(datetime.combine(day, time(0)), answer.zone)
    while midnight < answer.calendar.end:
        following = instant(datetime.combine(day + timedelta(days=1), time(0)), answer.zone)
        yield day, midnight, following
        day, midnight = day + timedelta(days=1), following


def _rota(plot: _Plot, rota: Rota, y: int) -> Iterator[str]:
    answer = plot.answer
    for number, stint in enumerate(stints(rota)):
        lasts = f"{plot.time(stint.start, stint.end)}, {hours(stint.on_call)}"
        said = f"{rota.schedule.name}: {answer.role(stint.user)}, {lasts}"
        shifts = (one for one in rota.shifts if one.user == stint.user and stint.start <= one.start < stint.end)
        bars = "".join(_shift(plot, one, stint.user, y) for one in shifts)
        yield _linked(plot, f"t-{rota.schedule.key}-{number}", said, bars)


def _shift(plot: _Plot, shift: Shift, user: str, y: int) -> str:
    """Return a shift's bar, with the person's initials where there is room."""
    kind = hues(plot.answer).get(user, "p0")
    bar = plot.bar(shift.start, shift.end, y, f"{kind} override" if shift.layer is None else kind)
    text = initials(plot.answer.role(user))
    left, right = plot.x(shift.start), plot.x(shift.end)
    if right - left < len(text) * _LETTER + 8:
        return bar
    middle = round((left + right) / 2, 2)
    return f'{bar}<text class="on" x="{middle}" y="{y + 14.5}" text-anchor="middle">{safe(text)}</text>'


def _policy(plot: _Plot, key: str, y: int) -> Iterator[str]:
    found = plot.answer.calendar
    kinds: tuple[tuple[str, Sequence[Gap | Double]], ...] = (
        ("passed", passed_over(found)),
        ("double", found.doubles),
        ("gap", found.gaps),
    )
    for kind, times in kinds:
        for one in times:
            if one.policy == key:
                lasts = f"{plot.time(one.start, one.end)}, {hours(one.end - one.start)}"
                yield _linked(
                    plot, "open", f"{amiss(plot.answer, one)}, {lasts}", plot.bar(one.start, one.end, y, kind)
                )


def _person(plot: _Plot, user: str, y: int) -> Iterator[str]:
    kind = hues(plot.answer).get(user, "p0")
    for rota in plot.answer.calendar.rotas:
        yield from (plot.bar(one.start, one.end, y, kind) for one in rota.shifts if one.user == user)


def _linked(plot: _Plot, target: str, said: str, content: str) -> str:
    if not plot.links:
        return f"<g><title>{safe(said)}</title>{content}</g>"
    return f'<a href="#{target}" aria-label="{safe(said)}"><title>{safe(said)}</title>{content}</a>'


def _changes(plot: _Plot, bottom: int) -> Iterator[str]:
    for one in plot.answer.calendar.clock_changes:
        x = plot.x(one.at)
        said = f"{moment(plot.answer, one.at)}: {clock_change(one)}"
        sign = "+" if one.by > timedelta(0) else "-"
        label = f"clocks {sign}{hours(abs(one.by))}"
        yield f'<g><title>{safe(said)}</title><path class="clock" d="M{x} 14V{bottom}"/>'
        yield f'<text class="clock" x="{x + 4}" y="14">{safe(label)}</text></g>'


def _key(answer: Answer, y: int) -> Iterator[str]:
    """Yield what the colours stand for, in two lines: people, then what is amiss."""
    users = {load.user for load in answer.loads}
    people = [(kind, answer.role(user)) for user, kind in hues(answer).items() if user in users]
    for entries in (people, _AMISS):
        x = float(_MARGIN)
        for kind, said in entries:
            yield f'<rect class="{kind}" x="{round(x, 1)}" y="{y - 10}" width="12" height="12"/>'
            yield f'<text class="quiet" x="{round(x + 17, 1)}" y="{y}">{safe(said)}</text>'
            x += 17 + len(said) * 6.6 + 16
        y += 20


def _short(name: str) -> str:
    return name if len(name) <= _MOST_LABEL else f"{name[: _MOST_LABEL - 1]}…"
