"""Figures as people read them, in the unit that a widget or its title names."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from monitors.spec import MarkdownWidget, Widget

# `Errors (%)`, `p95 (ms)`, `Routing (ms of 100)`; words such as `(28 days)` are no unit.
_IN_TITLE: Final = re.compile(r"\((%|ms|s|min|h|USD|MB|GB|kB|bytes|tokens|points)(?: [^)]*)?\)")
# New Relic's names of a widget's units, as dashboards write them, and how each is written beside a figure.
_NAMES: Final = {
    "PERCENTAGE": "%",
    "MS": "ms",
    "SECONDS": "s",
    "BYTES": "bytes",
    "BITS": "bits",
    "COUNT": "",
    "HERTZ": "Hz",
    "CELSIUS": "°C",
    "REQUESTS_PER_SECOND": "requests/s",
    "REQUESTS_PER_MINUTE": "requests/min",
    "PAGES_PER_SECOND": "pages/s",
    "MESSAGES_PER_SECOND": "messages/s",
    "OPERATIONS_PER_SECOND": "operations/s",
    "BYTES_PER_SECOND": "bytes/s",
    "BITS_PER_SECOND": "bits/s",
    "APDEX": "",
}
# Metric steps of a thousand, as New Relic counts bytes too ("Use your charts", docs.newrelic.com).
_SIZES: Final = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_MOST_PLACES: Final = 12
_HUGE, _TINY = 1e16, 1e-6  # beyond them figures are told with a power of ten
_BYTES: Final = ("bytes", "bytes/s", "bits", "bits/s")


@dataclass(frozen=True)
class UnitOf:
    """What figures of a widget are in; empty where nothing says so. `after_title` marks one that the title tells."""

    name: str = ""
    after_title: bool = False


def unit_of(widget: Widget) -> UnitOf:
    """Return the unit of a widget's figures: its own, else the one in its title."""
    if isinstance(widget, MarkdownWidget):
        return UnitOf()
    if widget.unit is not None:
        return UnitOf(_NAMES.get(widget.unit.upper(), widget.unit))
    found = _IN_TITLE.search(widget.title)
    return UnitOf(found[1], after_title=True) if found else UnitOf()


def figure(value: float, unit: str = "") -> str:
    """Return a value as a billboard shows it: three digits or so, large ones in steps of a thousand."""
    if not math.isfinite(value):
        return "no number"
    if abs(value) >= _HUGE:
        return _with_unit(f"{value:.3g}", unit)
    if unit in _BYTES:
        return _sized(value, unit)
    if abs(value) >= 1e6:
        short = next((f"{_digits(value / size)} {letter}" for size, letter in _SIZES if abs(value) >= size), "")
        return _with_unit(short, unit)
    return _with_unit(_digits(value), unit)


def exact(value: float, unit: str = "") -> str:
    """Return a value as a table of the numbers has it: with up to six digits that matter."""
    if not math.isfinite(value):
        return "no number"
    if abs(value) >= _HUGE:
        return _with_unit(f"{value:.6g}", unit)
    return _with_unit(f"{value:,.0f}" if float(value).is_integer() else _trimmed(value, _places(value, 6)), unit)


def axis(values: tuple[float, ...], unit: str) -> tuple[str, ...]:
    """Return the marks of an axis; the last and greatest carries the unit, which the others share."""
    top = max((abs(value) for value in values), default=0.0)
    if top >= _HUGE or (0 < top < _TINY):
        short = [f"{value:.3g}" for value in values]
        return (*short[:-1], _with_unit(short[-1], unit))
    size, letter = next(((size, letter) for size, letter in _SIZES if top >= size * 10), (1.0, ""))
    if unit in _BYTES:
        size, letter = next(((size, letter) for size, letter in _SIZES if top >= size), (1.0, ""))
        unit = {"bytes": f"{letter}B", "bits": f"{letter}b"}.get(unit, f"{letter}{unit}") if letter else unit
        letter = ""
    places = min(max((_decimals(value / size) for value in values), default=0), 6)
    texts = [f"{value / size:,.{places}f}{letter if value else ''}" for value in values]
    return (*texts[:-1], _with_unit(texts[-1], unit)) if texts else ()


def _sized(value: float, unit: str) -> str:
    base = "B" if unit.startswith("bytes") else "b"
    rest = unit.partition("/")[2]
    for size, letter in _SIZES:
        if abs(value) >= size:
            return f"{_digits(value / size)} {letter}{base}{'/' + rest if rest else ''}"
    return f"{_digits(value)} {unit}"


def _digits(value: float) -> str:
    """Return a value with three digits that matter, whole from a hundred on."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return _trimmed(value, _places(value, 3))


def _trimmed(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if places else text


def _places(value: float, digits: int) -> int:
    return min(max(0, digits - 1 - math.floor(math.log10(abs(value)))), _MOST_PLACES) if value else 0


def _decimals(value: float) -> int:
    text = f"{value:.9f}".rstrip("0")
    return len(text.partition(".")[2])


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text
