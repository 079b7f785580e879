"""The timeline as one SVG file: a row for each alert that opened, with its signal, threshold and incidents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from monitors.backtest.result import AlertHistory, Backtest
from monitors.backtest.summary import subtitle
from monitors.backtest.timeline.bars import bars
from monitors.backtest.timeline.curve import curve
from monitors.backtest.timeline.scale import Scale, marks, shades
from monitors.backtest.timeline.text import row, summary
from monitors.standalone import safe
from monitors.words import counted

_WIDTH, _GUTTER, _PLOT, _MARGIN = 1200, 336, 840, 24
_TOP, _ROW, _CURVE, _LANES = 108, 50, 28, 10
_COLUMNS: Final = 420  # a line's resolution: two units of the plot each
_MOST_BARS: Final = 500  # of one alert: more could not be told apart, and the file is to stay small
_NAME_LENGTH: Final = 36
_STYLE: Final = (Path(__file__).parent / "svg.css").read_text(encoding="utf-8")


def svg(backtest: Backtest) -> str:
    """Return the picture; it follows the reader's choice of light or dark, and loads nothing."""
    shown = backtest.opened
    bottom = _TOP + max(len(shown), 1) * _ROW
    height = bottom + 86
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{safe(f"What the alerts of {backtest.stack} would have done")}</title>',
        f'<desc id="d">{safe(_described(backtest, shown))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="g" width="{_WIDTH}" height="{height}"/>',
        f'<text class="h" x="{_MARGIN}" y="38">What the alerts of {safe(backtest.stack)} would have done</text>',
        f'<text class="q" x="{_MARGIN}" y="60">{safe(subtitle(backtest))}</text>',
        *_ground(backtest, bottom),
        *(line for place, alert in enumerate(shown) for line in _row(backtest, alert, _TOP + place * _ROW)),
        *([] if shown else [f'<text class="q" x="{_GUTTER + 14}" y="{_TOP + 30}">No alert opened.</text>']),
        *_legend(backtest, bottom + 28),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _described(backtest: Backtest, shown: Sequence[AlertHistory]) -> str:
    rows = "; ".join(f"{alert.condition.name}: {row(alert)}" for alert in shown)
    return f"{subtitle(backtest)}. {rows or 'No alert opened'}."


def _ground(backtest: Backtest, bottom: int) -> Iterator[str]:
    """Yield the plot's ground: nights, working hours, and the axis."""
    scale = Scale(backtest.since, backtest.until, _PLOT)
    tall = bottom - _TOP
    yield f'<g transform="translate({_GUTTER} {_TOP})"><rect class="plot" width="{_PLOT}" height="{tall}"/>'
    for shade in shades(scale, backtest.hours):
        yield f'<rect class="{shade.kind}" x="{shade.x}" width="{shade.width}" height="{tall}"/>'
    for mark in marks(scale, backtest.hours):
        x = scale.x(mark.at)
        yield f'<path class="rule" d="M{x} -6V{tall}"/><text class="q" x="{x + 4}" y="-8">{safe(mark.label)}</text>'
    yield "</g>"


def _row(backtest: Backtest, alert: AlertHistory, top: int) -> Iterator[str]:
    scale = Scale(backtest.since, backtest.until, _PLOT)
    severity = alert.condition.severity
    yield f'<path class="rule" d="M{_MARGIN} {top}H{_GUTTER + _PLOT}"/>'
    yield f'<rect class="{severity}" x="{_MARGIN}" y="{top + 9}" width="36" height="16" rx="3"/>'
    yield f'<text class="chip" x="{_MARGIN + 18}" y="{top + 21}" text-anchor="middle">{severity}</text>'
    yield f'<text class="n" x="{_MARGIN + 44}" y="{top + 22}">{safe(_short(alert.condition.name))}</text>'
    yield f'<text class="q" x="{_MARGIN + 44}" y="{top + 39}">{safe(row(alert))}</text>'
    yield f'<g transform="translate({_GUTTER} {top})">'
    yield from _incidents(backtest, alert, scale)
    line = curve(alert, scale, _CURVE, _COLUMNS)
    if line is not None:
        yield '<g transform="translate(0 4)">'
        for y, kind in ((line.warning_y, "limit mild"), (line.critical_y, "limit")):
            if y is not None:
                yield f'<path class="{kind}" d="M0 {y}H{_PLOT}"/>'
        yield f'<path class="line" d="{line.path}"/></g>'
    yield "</g>"


def _incidents(backtest: Backtest, alert: AlertHistory, scale: Scale) -> Iterator[str]:
    placed, lanes = bars(alert.openings, scale)
    tall = round(_LANES / max(lanes, 1), 2)
    for bar in sorted(placed, key=lambda one: -one.width)[:_MOST_BARS]:
        kind = f"{alert.condition.severity} {bar.opening.priority}"
        wide = max(bar.width, 3)
        y = round(_ROW - 6 - _LANES + bar.lane * tall, 2)
        yield (
            f"<g><title>{safe(summary(alert, bar.opening, backtest.hours))}</title>"
            f'<rect class="{kind} wash" x="{bar.x}" y="1" width="{wide}" height="{_ROW - 8 - _LANES}"/>'
            f'<rect class="{kind}" x="{bar.x}" y="{y}" width="{wide}" height="{max(tall - 0.6, 1):g}" rx="1"/></g>'
        )


def _legend(backtest: Backtest, y: int) -> Iterator[str]:
    quiet = sum(1 for alert in backtest.judged if not alert.openings)
    said = [f"{counted(quiet, 'more alert')} stayed quiet"]
    if backtest.unjudged:
        said.append(f"nothing can be said of {counted(len(backtest.unjudged), 'alert')}")
    if any(len(alert.openings) > _MOST_BARS for alert in backtest.alerts):
        said.append(f"of an alert with more than {_MOST_BARS} incidents the longest are drawn")
    lines = (
        f"{'; '.join(said)}.",
        "Line: the signal (the worst of its facets, cut off where far out). Dashes: its threshold. Gap: no data. "
        "Bars: incidents, paler where only a warning.",
        f"Clocks of {backtest.hours.time_zone}: nights (22:00 to 07:00) are dark, working hours light.",
    )
    yield f'<path class="rule" d="M{_MARGIN} {y - 28}H{_GUTTER + _PLOT}"/>'
    for place, line in enumerate(lines):
        yield f'<text class="q" x="{_MARGIN}" y="{y + place * 19}">{safe(line)}</text>'


def _short(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
