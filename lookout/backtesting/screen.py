"""A backtest on the terminal: one table that fits 100 columns, and what to look at first as the last line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from monitors.backtest.result import AlertHistory, Backtest
from monitors.backtest.summary import channels, look_first, subtitle, woken
from monitors.backtest.words import duration
from monitors.words import counted

if TYPE_CHECKING:
    from rich.console import Console

_NAME_WIDTH: Final = 36
_MOST_OVERLAPS: Final = 6
_INDENT: Final = "  "
_STYLES: Final = {"SEV1": "bold red", "SEV2": "bold yellow", "SEV3": "blue", "SEV4": "dim"}


def show(backtest: Backtest, console: Console) -> None:
    """Print everything. Names and values are printed as they are: nothing in them is read as markup."""
    console.print(Text(f"{backtest.stack}: {subtitle(backtest)}"))
    if backtest.source.made_up:
        console.print(Text("This data is made up: nobody measured it."), style="yellow")
    console.print()
    if backtest.opened:
        console.print(_table(backtest))
    for line in (*_totals(backtest), *_quiet(backtest), *_unjudged(backtest), *_people(backtest), *_overlaps(backtest)):
        console.print(Text(line))
    console.print()
    console.print(Text.assemble(("Look first: ", "bold"), look_first(backtest)))


def _table(backtest: Backtest) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    table.add_column("Alert", width=_NAME_WIDTH, overflow="ellipsis", no_wrap=True)
    table.add_column("Sev", width=4)
    for name, width in (("Opened", 6), ("Open for", 8), ("Longest", 7), ("Median", 7), ("Brief", 5)):
        table.add_column(name, width=width, justify="right", no_wrap=True)
    table.add_column("Told", max_width=12, no_wrap=True)
    for alert in backtest.opened:
        severity = str(alert.condition.severity)
        table.add_row(
            Text(alert.condition.name),
            Text(severity, style=_STYLES[severity]),
            f"{len(alert.openings):,}",
            _short(alert.total_seconds),
            _short(alert.longest_seconds),
            _short(alert.median_seconds),
            f"{len(alert.brief(backtest.brief_minutes)) or '-'}",
            Text(_told(alert)),
        )
    return table


def _short(seconds: float) -> str:
    """Return a duration in six characters or so: 17h46m."""
    return duration(seconds).replace(" min", "m").replace(" ", "")


def _told(alert: AlertHistory) -> str:
    """Return the kinds of channels that an alert's incidents reached."""
    kinds = dict.fromkeys(notice.kind for opening in alert.openings for notice in opening.notices)
    return "+".join(kinds) or "nobody"


def _totals(backtest: Backtest) -> Iterator[str]:
    brief = f"{len(backtest.brief)} over within {backtest.brief_minutes:g} min of opening"
    seconds = sum(alert.total_seconds for alert in backtest.alerts)
    yield ""
    yield (
        f"{counted(len(backtest.openings), 'incident')} of {counted(len(backtest.opened), 'alert')}, "
        f"open for {duration(seconds)} in all; {brief}."
    )
    muted = sum(1 for _, opening in backtest.openings if opening.muted_by)
    still = sum(1 for _, opening in backtest.openings if opening.still_open)
    if muted:
        yield f"{counted(muted, 'incident')} muted: nobody was told."
    if still:
        yield f"{counted(still, 'incident')} still open when the data ended."


def _quiet(backtest: Backtest) -> Iterator[str]:
    keys = [alert.condition.key for alert in backtest.judged if not alert.openings]
    if keys:
        yield ""
        yield f"{counted(len(keys), 'alert')} stayed quiet:"
        yield from _filled(keys)


def _filled(words: list[str]) -> Iterator[str]:
    """Yield words joined by commas, in lines of at most 100 columns."""
    line = _INDENT
    for place, word in enumerate(words):
        piece = word + ("," if place < len(words) - 1 else "")
        if len(line) + len(piece) + 1 > 100:
            yield line.rstrip()
            line = _INDENT
        line += piece + " "
    yield line.rstrip()


def _unjudged(backtest: Backtest) -> Iterator[str]:
    if not backtest.unjudged:
        return
    yield ""
    yield f"Nothing can be said of {counted(len(backtest.unjudged), 'alert')}:"
    for alert in backtest.unjudged:
        yield f"{_INDENT}{alert.condition.key}: {alert.coverage.fault}"
        if alert.coverage.next_step:
            yield f"{_INDENT * 2}{alert.coverage.next_step}"


def _people(backtest: Backtest) -> Iterator[str]:
    told = [f"{channel} {counted(count, 'time')}" for channel, _, count in channels(backtest)]
    if told:
        yield ""
        yield "Told:"
        yield from _filled(told)
    pages = list(backtest.pages)
    if not pages:
        return
    unanswered = sum(1 for _, _, page in pages if not page.woken)
    yield ""
    yield f"{counted(len(pages), 'page')}, first to:"
    for role, count, nightly in woken(backtest):
        yield f"{_INDENT}{role}: {count:,}" + (f", {nightly:,} at night" if nightly else "")
    if unanswered:
        yield f"{_INDENT}nobody at once (nobody on call, or low urgency): {unanswered:,}"


def _overlaps(backtest: Backtest) -> Iterator[str]:
    if not backtest.overlaps:
        return
    names = {alert.condition.key: alert.condition.name for alert in backtest.alerts}
    yield ""
    yield "Open together, most alike first (the share of the time that either was open):"
    for one in backtest.overlaps[:_MOST_OVERLAPS]:
        share = f"{one.alike_percent:.0f} % alike"
        yield (
            f"{_INDENT}{names[one.first]} and {names[one.second]}: {counted(one.times, 'time')}, "
            f"{duration(one.seconds)} ({share})"
        )
    more = len(backtest.overlaps) - _MOST_OVERLAPS
    if more > 0:
        yield f"{_INDENT}and {counted(more, 'pair')} more, which --json and --html list"
