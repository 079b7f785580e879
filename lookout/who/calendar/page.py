"""The calendar as a page that stands alone: one file, no request to anywhere, no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lookout.who.calendar.asking import stints
from lookout.who.calendar.picture import hues, initials, inline, title
from lookout.who.calendar.words import alike, clock_change, hours, moment, passed_over, share, summary, total
from monitors.standalone import head, safe
from monitors.words import counted

if TYPE_CHECKING:
    from lookout.who.calendar.asking import Answer
    from monitors.alerting.rota import Double, Gap, Load

_STYLE: Final = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_MOST_TOLD: Final = 100  # times of one kind in a table; --json has them all


def page(answer: Answer) -> str:
    """Return the whole page as HTML. Every bar of the picture is told in a table, and reached by keyboard."""
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    found = answer.calendar
    yield from head(title(answer), _STYLE, "")
    yield '<body><a class="skip" href="#loads">To the tables</a><main>'
    yield f"<h1>{safe(title(answer))}</h1>"
    yield f"<p class=quiet>Times are on the clocks of {safe(answer.time_zone)}; nights are 22:00 to 07:00.</p>"
    yield f'<p class="first"><b>Look at this first</b>{safe(summary(answer))}</p>'
    yield '<section class="panel" aria-labelledby="calendar"><h2 id="calendar">Calendar</h2>'
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Calendar, to be scrolled sideways">'
    yield from inline(answer)
    yield "</div>"
    yield from _key(answer)
    for change in found.clock_changes:
        yield f"<p class=quiet>{safe(moment(answer, change.at))}: {safe(clock_change(change))}.</p>"
    yield "</section>"
    yield from _loads(answer)
    yield from _open(answer)
    yield from _turns(answer)
    yield "<footer>Written by <code>lookout who --calendar</code>. This file loads nothing and sends nothing.</footer>"
    yield "</main></body></html>"


def _key(answer: Answer) -> Iterator[str]:
    colours = hues(answer)
    yield '<ul class="key">'
    for user in (user for user in colours if user in {load.user for load in answer.loads}):
        role = answer.role(user)
        yield f'<li><i class="{colours[user]}"></i>{safe(role)} <span class=quiet>{safe(initials(role))}</span>'
    yield '<li><i class="gap"></i>nobody at any level<li><i class="passed"></i>a level is passed over'
    yield '<li><i class="double"></i>one person on two levels<li><i class="clock"></i>clocks change'
    yield "<li>shaded: weekends<li>dashed frame: by an override</ul>"


def _loads(answer: Answer) -> Iterator[str]:
    numbers = sorted({one.level for load in answer.loads for one in load.levels})
    heads = ("On call", "Nights", "Night hours", "Weekends", "Weekend hours", "Longest stretch")
    yield '<section class="panel" aria-labelledby="loads"><h2 id="loads">How the load is shared</h2>'
    yield '<div class="scroll" tabindex="0" role="region" aria-label="How the load is shared"><table><thead><tr>'
    yield '<th scope="col">Person'
    yield "".join(f'<th scope="col" class="number">{name}' for name in heads)
    yield "".join(f'<th scope="col" class="number">Level {number}' for number in numbers)
    yield "</tr></thead><tbody>"
    yield from (_load(answer, load, numbers) for load in answer.loads)
    yield "</tbody></table></div>"
    yield "<p class=quiet>Every moment counts once, on however many schedules somebody is. Shares are of everybody's"
    yield "sum, those of a level of that level's.</p></section>"


def _load(answer: Answer, load: Load, numbers: Sequence[int]) -> str:
    levels = {one.level: f"{hours(one.on_call)} {_bar(one.share)}" for one in load.levels}
    cells = (
        f"{hours(load.on_call)} {_bar(load.share)}",
        f"{load.nights}",
        f"{hours(load.night_time)} {_bar(load.night_share)}",
        f"{load.weekends}",
        f"{hours(load.weekend_time)} {_bar(load.weekend_share)}",
        hours(load.longest_stretch),
        *(levels.get(number, "") for number in numbers),
    )
    told = "".join(f'<td class="number">{cell}' for cell in cells)
    return f'<tr><th scope="row">{safe(answer.role(load.user))}{told}</tr>'


def _bar(part: float) -> str:
    return f'<span class="share" style="--share:{part * 100:.1f}%">{share(part)}</span>'


def _open(answer: Answer) -> Iterator[str]:
    found = answer.calendar
    kinds: tuple[tuple[str, str, Sequence[Gap | Double]], ...] = (
        ("Gaps: nobody is reached", "gap", found.gaps),
        ("Levels that are passed over", "passed", passed_over(found)),
        ("One person on two levels", "double", found.doubles),
    )
    yield '<section class="panel" aria-labelledby="open"><h2 id="open">What is amiss</h2>'
    if not any(times for _, _, times in kinds):
        yield "<p>Nothing: every level of every escalation policy has somebody at every moment, and nobody twice.</p>"
    for heading, kind, times in kinds:
        for what, same in alike(answer, times).items():
            told = f"{counted(len(same), 'time')}, {hours(total(same))} in all"
            yield f'<details><summary><i class="{kind}"></i>{safe(heading)}. {safe(what)}: {told}</summary>'
            yield from _times(answer, same)
            yield "</details>"
    yield "</section>"


def _turns(answer: Answer) -> Iterator[str]:
    yield '<section class="panel" aria-labelledby="turns"><h2 id="turns">Turns</h2>'
    for rota in answer.calendar.rotas:
        key = rota.schedule.key
        yield f"<details><summary>{safe(rota.schedule.name)}</summary><table><thead><tr>"
        yield '<th scope="col">From<th scope="col">To<th scope="col">Person<th scope="col" class="number">On call'
        yield "</tr></thead><tbody>"
        for number, stint in enumerate(stints(rota)):
            who = f"{answer.role(stint.user)}{', in part by an override' if stint.by_override else ''}"
            yield f'<tr id="t-{key}-{number}" tabindex="-1"><td class="time">{moment(answer, stint.start)}'
            yield f'<td class="time">{moment(answer, stint.end)}<td>{safe(who)}'
            yield f'<td class="number">{hours(stint.on_call)}</tr>'
        yield "</tbody></table></details>"
    yield "</section>"


def _times(answer: Answer, times: Sequence[Gap | Double]) -> Iterator[str]:
    heads = '<th scope="col">From<th scope="col">To<th scope="col" class="number">Lasts'
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for one in times[:_MOST_TOLD]:
        yield f'<tr><td class="time">{moment(answer, one.start)}<td class="time">{moment(answer, one.end)}'
        yield f'<td class="number">{hours(one.end - one.start)}</tr>'
    yield "</tbody></table>"
    if len(times) > _MOST_TOLD:
        yield f"<p class=quiet>And {counted(len(times) - _MOST_TOLD, 'more time')}.</p>"
