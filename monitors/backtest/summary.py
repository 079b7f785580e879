"""What a backtest comes to in a sentence: its subject, and what to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from monitors.backtest.result import AlertHistory, Backtest
from monitors.backtest.words import duration, moment
from monitors.words import counted

_FLAPPING = 3  # so many short incidents of one alert are a pattern


def subtitle(backtest: Backtest) -> str:
    """Return what was replayed: which data, how much of it, from when to when."""
    source = backtest.source
    start, end = backtest.hours.local(backtest.since), backtest.hours.local(backtest.until)
    made_up = "made-up data, " if source.made_up else ""
    days = f"{start:%-d %b %Y %H:%M} to {end:%-d %b %Y %H:%M} ({backtest.hours.time_zone})"
    return f"{made_up}{days}, {counted(source.rows, 'row')} of {source.name}"


def look_first(backtest: Backtest) -> str:
    """Return the one sentence of what to look at first; the gravest that applies."""
    for ask in (_no_data_at_all, _woken_for_nothing, _unjudged_page, _noisy, _still_open, _longest, _unjudged):
        said = ask(backtest)
        if said:
            return said
    return f"No alert would have opened in {duration(backtest.until - backtest.since)}."


def _no_data_at_all(backtest: Backtest) -> str:
    if backtest.judged or not backtest.alerts:
        return ""
    return "No alert found data that it could be judged by: see below which data each one asks for."


def _woken_for_nothing(backtest: Backtest) -> str:
    """Nights: the dearest false alarm is one that wakes somebody."""
    at_night = Counter(
        alert.condition.name
        for alert, opening, page in backtest.pages
        if page.woken and backtest.hours.is_night(page.at) and opening.is_brief(backtest.brief_minutes)
    )
    if not at_night:
        return ""
    name, count = at_night.most_common(1)[0]
    return (
        f'"{name}" would have woken somebody at night {_times(count)} for trouble that was over within '
        f"{backtest.brief_minutes:g} min: look at its duration or threshold first."
    )


def _unjudged_page(backtest: Backtest) -> str:
    blind = [alert.condition.name for alert in backtest.unjudged if alert.condition.severity.pages]
    if not blind:
        return ""
    more = f" and {len(blind) - 1} more that page" if len(blind) > 1 else ", which pages"
    return f'Nothing can be said of "{blind[0]}"{more}: record its data first (the reason is below).'


def _noisy(backtest: Backtest) -> str:
    alert = _most(backtest, lambda one: len(one.brief(backtest.brief_minutes)))
    short = len(alert.brief(backtest.brief_minutes)) if alert else 0
    if alert is None or short < _FLAPPING:
        return ""
    return (
        f'"{alert.condition.name}" would have opened {_times(len(alert.openings))}, {short} of them over within '
        f"{backtest.brief_minutes:g} min: it may be noise; look at its threshold, duration or floor first."
    )


def _still_open(backtest: Backtest) -> str:
    ongoing = [(alert, opening) for alert, opening in backtest.openings if opening.still_open]
    if not ongoing:
        return ""
    alert, opening = ongoing[0]
    since = moment(opening.opened_at, backtest.hours)
    return f'"{alert.condition.name}" has been open since {since} and was so when the data ended: look there first.'


def _longest(backtest: Backtest) -> str:
    alert = _most(backtest, lambda one: one.longest_seconds)
    if alert is None or not alert.openings:
        return ""
    when = max(alert.openings, key=lambda opening: opening.seconds).opened_at
    return (
        f'The longest incident is one of "{alert.condition.name}", {duration(alert.longest_seconds)} from '
        f"{moment(when, backtest.hours)} on: look there first."
    )


def _unjudged(backtest: Backtest) -> str:
    if not backtest.unjudged:
        return ""
    return f"No alert opened, but nothing can be said of {len(backtest.unjudged)}: see below why."


def _most(backtest: Backtest, measure: Callable[[AlertHistory], float]) -> AlertHistory | None:
    return max(backtest.alerts, key=measure, default=None)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def woken(backtest: Backtest) -> Iterator[tuple[str, int, int]]:
    """Yield each role that pages reach first, with how many, and how many of those at night; the most first."""
    all_day: Counter[str] = Counter()
    nightly: Counter[str] = Counter()
    for _, _, page in backtest.pages:
        for role in page.woken:
            all_day[role] += 1
            nightly[role] += backtest.hours.is_night(page.at)
    yield from ((role, count, nightly[role]) for role, count in all_day.most_common())


def channels(backtest: Backtest) -> Iterator[tuple[str, str, int]]:
    """Yield each channel with its kind and how many messages it would have got; the busiest first.

    A page that was grouped with another is none of its own.
    """
    told = Counter(
        (notice.channel, notice.kind)
        for _, opening in backtest.openings
        for notice in opening.notices
        if not notice.grouped
    )
    yield from ((channel, kind, count) for (channel, kind), count in told.most_common())
