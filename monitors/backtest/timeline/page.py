"""The timeline as a page that stands alone: one file, no request to anywhere, of use without its script too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from monitors.backtest.result import AlertHistory, Backtest
from monitors.backtest.summary import look_first, subtitle
from monitors.backtest.timeline.panels import tables, tiles
from monitors.backtest.timeline.scale import Scale, hour_marks, marks
from monitors.backtest.timeline.strip import STRIP_WIDTH, Numbered, numbered, strip
from monitors.backtest.timeline.text import row, thresholds
from monitors.standalone import head, safe
from monitors.words import counted

_FOLDER: Final = Path(__file__).parent
_STYLE: Final = (_FOLDER / "page.css").read_text(encoding="utf-8")
_SCRIPT: Final = (_FOLDER / "page.js").read_text(encoding="utf-8")
_MOST_DAYS: Final = 14  # buttons to look at one day; of a longer time each is for several


def page(backtest: Backtest) -> str:
    """Return the whole page as HTML. Every incident in it is drawn, told in a table, and reached by keyboard."""
    return "\n".join(_lines(backtest)) + "\n"


def _lines(backtest: Backtest) -> Iterator[str]:
    title = f"What the alerts of {backtest.stack} would have done"
    yield from head(title, _STYLE, _SCRIPT)
    yield f'<body data-width="{STRIP_WIDTH}"><a class="skip" href="#incidents">To the table of incidents</a><main>'
    yield f"<h1>{safe(title)}</h1><p class=quiet>{safe(subtitle(backtest))}</p>"
    if backtest.source.made_up:
        yield "<p><span class=made-up>This data is made up; nobody measured it.</span></p>"
    yield f'<p class="first"><b>Look at this first</b>{safe(look_first(backtest))}</p>'
    yield from tiles(backtest)
    incidents = numbered(backtest)
    yield from _timeline(backtest, incidents)
    yield from tables(backtest, incidents)
    yield "<footer>Written by <code>lookout backtest</code>. This file loads nothing and sends nothing.</footer>"
    yield f'</main><div id="about" class="about" role="status" hidden></div><script>{_SCRIPT}</script></body></html>'


def _timeline(backtest: Backtest, incidents: Sequence[Numbered]) -> Iterator[str]:
    opened = backtest.opened
    quiet = [alert for alert in backtest.judged if not alert.openings]
    yield '<section class="panel" aria-labelledby="timeline"><h2 id="timeline">When each alert was open</h2>'
    yield from _zoom(backtest)
    yield from _axis(backtest)
    for alert in opened:
        yield from _row(backtest, alert, incidents)
    if not opened:
        yield "<p>No alert opened.</p>"
    yield from _key(backtest)
    yield "</section>"
    if quiet:
        yield f'<details class="panel"><summary>{counted(len(quiet), "alert")} stayed quiet</summary>'
        yield "<div>"
        yield from _axis(backtest)
        for alert in quiet:
            yield from _row(backtest, alert, incidents)
        yield "</div></details>"


def _row(backtest: Backtest, alert: AlertHistory, incidents: Sequence[Numbered]) -> Iterator[str]:
    condition = alert.condition
    own = [one for one in incidents if one.alert is alert]
    yield f'<div class="row {condition.severity}"><div><h3 class="name"><span class="chip">{condition.severity}</span>'
    yield f"<span>{safe(condition.name)}</span></h3>"
    yield f"<p>{safe(row(alert))}</p><p>{safe(thresholds(condition))}</p></div>"
    yield strip(backtest, alert, own)
    yield "</div>"


def _axis(backtest: Backtest) -> Iterator[str]:
    scale = Scale(backtest.since, backtest.until, STRIP_WIDTH)
    yield '<div class="row axis" aria-hidden="true"><div></div><div>'
    for mark in marks(scale, backtest.hours):
        yield _mark(scale, mark.at, mark.label, "day")
    for mark in hour_marks(scale, backtest.hours):
        yield _mark(scale, mark.at, mark.label, "hour")
    yield "</div></div>"


def _mark(scale: Scale, at: float, label: str, kind: str) -> str:
    hidden = " hidden" if kind == "hour" else ""
    place = f'style="left:{scale.percent(at)}%" data-x="{scale.x(at)}"'
    return f'<span class="{kind}" {place}{hidden}>{safe(label)}</span>'


def _zoom(backtest: Backtest) -> Iterator[str]:
    """Yield the buttons for single days; they need the script, which shows them."""
    scale = Scale(backtest.since, backtest.until, STRIP_WIDTH)
    inside = [moment for moment in backtest.hours.midnights(backtest.since, backtest.until) if moment > backtest.since]
    starts = [backtest.since, *inside]
    if len(starts) < 2:
        return
    step = -(-len(starts) // _MOST_DAYS)
    starts = starts[::step]
    yield '<div class="zoom" role="group" aria-label="Part of the time that is shown" hidden>'
    yield f'<button aria-pressed="true" data-left="0" data-width="{STRIP_WIDTH}">All</button>'
    for start, end in zip(starts, [*starts[1:], backtest.until], strict=True):
        left, local = scale.x(start), backtest.hours.local(start)
        width = round(scale.x(end) - left, 2)
        label = f"{local:%a} {local.day}"
        yield f'<button aria-pressed="false" data-left="{left}" data-width="{width}">{label}</button>'
    yield "</div>"


def _key(backtest: Backtest) -> Iterator[str]:
    zone = safe(backtest.hours.time_zone)
    yield '<ul class="key"><li><i class="line"></i>the signal (the worst of its facets, cut off where far out)'
    yield '<li><i class="limit"></i>threshold<li class="SEV1"><i class="severity"></i>incident'
    yield '<li class="SEV1"><i class="severity warning"></i>paler: a warning only'
    yield f'<li><i class="night"></i>night (22:00 to 07:00, {zone})<li><i class="working"></i>working hours'
    yield "<li>gap in a line: no data<li>Tab to a bar, then arrow keys; Enter leads to its row below</ul>"
