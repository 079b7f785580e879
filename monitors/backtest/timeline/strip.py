"""One alert's strip of the page: its signal, its thresholds, and each incident as a link to its row in the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitors.backtest.result import AlertHistory, Backtest, Opening
from monitors.backtest.timeline.bars import Bar, bars
from monitors.backtest.timeline.curve import curve
from monitors.backtest.timeline.scale import Scale, shades
from monitors.backtest.timeline.text import row, summary
from monitors.standalone import safe

STRIP_WIDTH: Final = 1400
_HEIGHT, _CURVE, _LANES = 54, 36, 11
MOST_DRAWN: Final = 2000  # incidents in one page; more would make it slow to open


@dataclass(frozen=True)
class Numbered:
    """An incident with the number by which its bar finds its row."""

    number: int
    alert: AlertHistory
    opening: Opening


def numbered(backtest: Backtest) -> tuple[Numbered, ...]:
    """Return the incidents that the page holds, in the order of time: all, or the longest where they are too many."""
    every = list(backtest.openings)
    if len(every) > MOST_DRAWN:
        least = sorted((opening.seconds for _, opening in every), reverse=True)[MOST_DRAWN - 1]
        every = [pair for pair in every if pair[1].seconds >= least][:MOST_DRAWN]
    return tuple(Numbered(number, alert, opening) for number, (alert, opening) in enumerate(every))


def strip(backtest: Backtest, alert: AlertHistory, incidents: Sequence[Numbered]) -> str:
    """Return the strip as SVG that stretches to the width it is given."""
    return "".join(_parts(backtest, alert, incidents))


def _parts(backtest: Backtest, alert: AlertHistory, incidents: Sequence[Numbered]) -> Iterator[str]:
    scale = Scale(backtest.since, backtest.until, STRIP_WIDTH)
    label = safe(f"{alert.condition.name}: {row(alert)}")
    yield f'<svg class="strip" viewBox="0 0 {STRIP_WIDTH} {_HEIGHT}" preserveAspectRatio="none" '
    yield f'role="group" aria-label="{label}">'
    for shade in shades(scale, backtest.hours):
        yield f'<rect class="{shade.kind}" x="{shade.x:g}" width="{shade.width:g}" height="{_HEIGHT}"/>'
    for moment in backtest.hours.midnights(backtest.since, backtest.until):
        yield f'<path class="rule" d="M{scale.x(moment):g} 0V{_HEIGHT}"/>'
    line = curve(alert, scale, _CURVE, STRIP_WIDTH)
    if line is not None:
        yield '<g transform="translate(0 3)">'
        for y, kind in ((line.warning_y, "limit mild"), (line.critical_y, "limit")):
            if y is not None:
                yield f'<path class="{kind}" d="M0 {y:g}H{STRIP_WIDTH}"/>'
        yield f'<path class="line" d="{line.path}"/></g>'
    placed, lanes = bars([one.opening for one in incidents], scale)
    numbers = {id(one.opening): one.number for one in incidents}
    for bar in placed:
        yield _bar(backtest, alert, bar, lanes, numbers[id(bar.opening)])
    yield "</svg>"


def _bar(backtest: Backtest, alert: AlertHistory, bar: Bar, lanes: int, number: int) -> str:
    tall = _LANES / lanes
    y = _HEIGHT - 2 - _LANES + bar.lane * tall
    box = f'x="{bar.x:g}" width="{max(bar.width, 0.2):g}"'
    kind = f"{alert.condition.severity} {bar.opening.priority}"
    return (
        f'<a class="{kind}" href="#i{number}" data-x="{bar.x + bar.width / 2:g}" '
        f'aria-label="{safe(summary(alert, bar.opening, backtest.hours))}">'
        f'<rect class="wash" {box} height="{_HEIGHT}"/>'
        f'<rect class="bar" {box} y="{y:.4g}" height="{tall - 1:.4g}"/>'
        f'<rect class="reach" {box} height="{_HEIGHT}"/></a>'
    )
