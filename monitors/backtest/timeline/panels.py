"""The figures and tables of the page: all that the picture shows, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.backtest.result import Backtest
from monitors.backtest.summary import channels, woken
from monitors.backtest.timeline.strip import MOST_DRAWN, Numbered
from monitors.backtest.timeline.text import heading, told
from monitors.backtest.words import duration, number, span
from monitors.standalone import safe
from monitors.words import counted

_MOST_PAIRS: Final = 12  # the rest is folded away
Cell = tuple[str, str, str]  # what the column is called, the text, and the cell's class


def tiles(backtest: Backtest) -> Iterator[str]:
    """Yield the figures of the whole time."""
    pages = list(backtest.pages)
    at_night = sum(backtest.hours.is_night(page.at) for _, _, page in pages if page.woken)
    figures = (
        (len(backtest.openings), "incidents"),
        (sum(1 for alert in backtest.alerts if alert.openings), f"of {len(backtest.alerts)} alerts opened"),
        (len(pages), "pages"),
        (at_night, "of them at night"),
        (len(backtest.brief), f"over within {backtest.brief_minutes:g} min"),
        (len(backtest.unjudged), "could not be judged"),
    )
    yield '<ul class="tiles">'
    yield from (f"<li><b>{count:,}</b>{safe(what)}</li>" for count, what in figures)
    yield "</ul>"


def tables(backtest: Backtest, incidents: Sequence[Numbered]) -> Iterator[str]:
    """Yield the panels below the picture."""
    yield from _unjudged(backtest)
    yield from _people(backtest)
    yield from _overlaps(backtest)
    yield from _incidents(backtest, incidents)


def _unjudged(backtest: Backtest) -> Iterator[str]:
    rows = [
        (
            ("Alert", alert.condition.name, ""),
            ("Severity", str(alert.condition.severity), ""),
            ("Why", alert.coverage.fault or "", ""),
            ("What to do", alert.coverage.next_step, ""),
        )
        for alert in backtest.unjudged
    ]
    yield from _panel("nothing-said", "Alerts that nothing can be said of", rows)


def _people(backtest: Backtest) -> Iterator[str]:
    rows = [
        (
            ("Who", role, ""),
            ("Pages", f"{count:,}", "number"),
            ("At night", f"{nightly:,}" if nightly else "none", "number"),
        )
        for role, count, nightly in woken(backtest)
    ]
    yield from _panel("people", "Who would have been paged first", rows)
    told = [
        (("Channel", channel, ""), ("Kind", kind, ""), ("Messages", f"{count:,}", "number"))
        for channel, kind, count in channels(backtest)
    ]
    yield from _panel("channels", "Which channels would have been told", told)


def _overlaps(backtest: Backtest) -> Iterator[str]:
    names = {alert.condition.key: alert.condition.name for alert in backtest.alerts}
    rows = [
        (
            ("Alert", names[one.first], ""),
            ("And", names[one.second], ""),
            ("Times", f"{one.times:,}", "number"),
            ("Together", duration(one.seconds), "number"),
            ("Alike", f"{one.alike_percent:.0f} %", "number"),
            ("Of the shorter", f"{one.share_percent:.0f} %", "number"),
        )
        for one in backtest.overlaps
    ]
    note = "Alike: of the time that either was open, the share in which both were. Two that are quite alike may be one."
    yield from _panel("overlaps", "Alerts that were open together", rows[:_MOST_PAIRS], note=note)
    if more := rows[_MOST_PAIRS:]:
        yield f'<details class="panel"><summary>{counted(len(more), "pair")} more</summary>'
        yield from _table(more)
        yield "</details>"


def _incidents(backtest: Backtest, incidents: Sequence[Numbered]) -> Iterator[str]:
    rows = [_incident(backtest, one) for one in incidents]
    title = "Every incident"
    if len(backtest.openings) > len(incidents):
        title = f"The {MOST_DRAWN:,} longest of {counted(len(backtest.openings), 'incident')}; --json has all"
    if rows:
        yield from _panel("incidents", title, rows, [f"i{one.number}" for one in incidents])
    else:
        yield '<section class="panel"><h2 id="incidents" tabindex="-1">No incident</h2></section>'


def _incident(backtest: Backtest, one: Numbered) -> tuple[Cell, ...]:
    opening = one.opening
    ended = "still open at the end" if opening.still_open else duration(opening.seconds)
    value = number(opening.value) if opening.value is not None else ""
    return (
        ("Alert", heading(one.alert, opening), ""),
        ("Severity", f"{one.alert.condition.severity} {opening.priority}", ""),
        ("When", span(opening.opened_at, opening.ended_at, backtest.hours), "time"),
        ("Open for", ended, ""),
        ("Because", opening.cause, ""),
        ("Value", f"{value} {one.alert.condition.unit}" if value else "", "time"),
        ("Told", told(opening), ""),
    )


def _panel(
    key: str, title: str, rows: Sequence[Sequence[Cell]], identifiers: Sequence[str] = (), *, note: str = ""
) -> Iterator[str]:
    """Yield a table with its heading; nothing where it has no rows."""
    if not rows:
        return
    yield f'<section class="panel" aria-labelledby="{key}"><h2 id="{key}" tabindex="-1">{safe(title)}</h2>'
    if note:
        yield f'<p class="quiet">{safe(note)}</p>'
    yield from _table(rows, identifiers)
    yield "</section>"


def _table(rows: Sequence[Sequence[Cell]], identifiers: Sequence[str] = ()) -> Iterator[str]:
    names = "".join(f'<th scope="col" class="{kind}">{safe(name)}</th>' for name, _, kind in rows[0])
    yield f'<div class="scroll"><table class="stack"><thead><tr>{names}</tr></thead><tbody>'
    for place, cells in enumerate(rows):
        anchor = f' id="{identifiers[place]}"' if identifiers else ""
        inner = "".join(f'<td data-label="{safe(name)}" class="{kind}">{safe(text)}</td>' for name, text, kind in cells)
        yield f"<tr{anchor}>{inner}</tr>"
    yield "</tbody></table></div>"
