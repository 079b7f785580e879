"""The colours of a picture, light and dark, and the style sheet made of them.

Every colour of a series is told from the ground (3 to 1 and better, as WCAG 2.2 asks of graphics, criterion 1.4.11),
and text reads at 4.5 to 1 and better (1.4.3); tests hold both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Theme = Literal["auto", "light", "dark"]
Severity = Literal["success", "warning", "unavailable", "severe", "critical"]


@dataclass(frozen=True)
class Palette:
    """The colours of one theme. `series` are in the order in which they are given out; `boxes` fill a billboard."""

    ground: str
    surface: str
    line: str
    grid: str
    text: str
    quiet: str
    sunken: str
    mark: str
    series: tuple[str, ...]
    severities: Mapping[Severity, str]
    boxes: Mapping[Severity, str]
    on_box: str
    note: str


LIGHT: Final = Palette(
    ground="#f3f4f4",
    surface="#ffffff",
    line="#d9dee0",
    grid="#e6eaeb",
    text="#1d252c",
    quiet="#5b6770",
    sunken="#eef1f2",
    mark="#8a3ffc",
    series=(
        "#1273e6",
        "#c2470b",
        "#0f8a5a",
        "#a03bc4",
        "#96750a",
        "#d6246e",
        "#0a8794",
        "#5c6b77",
        "#7b4b21",
        "#4a44c4",
    ),
    severities={
        "success": "#0f8a5a",
        "warning": "#b07a00",
        "unavailable": "#5c6b77",
        "severe": "#c2470b",
        "critical": "#d02b27",
    },
    boxes={"success": "#cdeedd", "warning": "#ffdf7a", "critical": "#f9b4ae"},
    on_box="#1d252c",
    note="#fff3d6",
)
DARK: Final = Palette(
    ground="#11171a",
    surface="#1a2226",
    line="#35424a",
    grid="#2a353b",
    text="#e6ecef",
    quiet="#a2b1b9",
    sunken="#232d32",
    mark="#c4a1ff",
    series=(
        "#5aa5ff",
        "#ff8f5e",
        "#3ecb93",
        "#cf93f2",
        "#d8b03c",
        "#ff7fb2",
        "#3fc3cf",
        "#a9b7c0",
        "#c99a6c",
        "#8f85ff",
    ),
    severities={
        "success": "#3ecb93",
        "warning": "#e8b93d",
        "unavailable": "#a9b7c0",
        "severe": "#ff8f5e",
        "critical": "#ff6f68",
    },
    boxes={"success": "#15503a", "warning": "#6b5208", "critical": "#7f2320"},
    on_box="#ffffff",
    note="#3a2f12",
)
FONT: Final = "Inter,'Open Sans',system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif"
SERIES: Final = len(LIGHT.series)


def style(theme: Theme, scope: str = ".nr") -> str:
    """Return the rules of a picture; they reach nothing outside elements of class `scope`."""
    if theme != "auto":
        return _shapes(scope) + _colours(LIGHT if theme == "light" else DARK, scope)
    dark = _colours(DARK, scope)
    return f"{_shapes(scope)}{_colours(LIGHT, scope)}@media (prefers-color-scheme:dark){{{dark}}}"


def _shapes(scope: str) -> str:
    rules = {
        "text": f"font:12px {FONT};font-variant-numeric:tabular-nums",
        ".h": "font-size:22px;font-weight:650",
        ".t": "font-size:14px;font-weight:600",
        ".b": "font-weight:650",
        ".i": "font-style:italic",
        ".c": "font-family:ui-monospace,'DejaVu Sans Mono',monospace",
        ".s": "font-size:11px",
        ".l": "fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round",
        ".then": "stroke-dasharray:4 3;stroke-opacity:.75",
        ".a": "fill-opacity:.55",
        ".band": "fill-opacity:.13",
        ".edge": "fill:none;stroke-width:1;stroke-dasharray:4 3",
        ".grid,.axis": "fill:none;stroke-width:1",
        ".mark": "fill:none;stroke-width:4",
    }
    return "".join(f"{_scoped(name, scope)}{{{rule}}}" for name, rule in rules.items())


def _colours(palette: Palette, scope: str) -> str:
    return "".join(f"{_scoped(name, scope)}{{{rule}}}" for name, rule in _coloured(palette))


def _coloured(palette: Palette) -> Iterator[tuple[str, str]]:
    yield "text", f"fill:{palette.text}"
    yield ".q", f"fill:{palette.quiet}"
    yield ".ground", f"fill:{palette.ground}"
    yield ".box", f"fill:{palette.surface};stroke:{palette.line}"
    yield ".sunken", f"fill:{palette.sunken}"
    yield ".note", f"fill:{palette.note};stroke:{palette.severities['warning']}"
    yield ".grid", f"stroke:{palette.grid}"
    yield ".axis", f"stroke:{palette.line}"
    yield ".limit", f"stroke:{palette.text}"
    yield ".mark", f"stroke:{palette.mark}"
    yield ".markt", f"fill:{palette.mark}"
    yield ".cell", f"fill:{palette.series[0]}"
    yield ".on", f"fill:{palette.on_box}"
    for number, colour in enumerate(palette.series):
        yield f".s{number}", f"fill:{colour}"
        yield f".l{number}", f"stroke:{colour}"
    for severity, colour in palette.severities.items():
        yield f".{severity}", f"fill:{colour}"
        yield f".edge-{severity}", f"stroke:{colour}"
    for severity, colour in palette.boxes.items():
        yield f".box-{severity}", f"fill:{colour}"


def _scoped(names: str, scope: str) -> str:
    return ",".join(f"{scope} {name}" for name in names.split(","))
