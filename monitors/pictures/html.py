"""A dashboard as a page that stands alone: one file, no request to anywhere, no script, every number in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from monitors.pictures import choices
from monitors.pictures.kinds.markdown import as_html
from monitors.pictures.picture import MADE_UP, MARK, told_time
from monitors.pictures.source import Source
from monitors.pictures.tables import html_table
from monitors.pictures.theme import DARK, FONT, LIGHT, Palette, Theme, style
from monitors.pictures.widgets import DrawnPage, DrawnWidget
from monitors.rules.widgets import kind_of
from monitors.spec import Dashboard, MarkdownWidget, Page
from monitors.standalone import safe
from monitors.words import counted

_STYLE: Final = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_AS_TABLE: Final = ("table", "log_table")
_SMALL: Final = 2  # columns; two widgets so wide stand side by side on a phone
_NARROW: Final = 520  # drawings up to this width are shrunk to a phone's; wider ones are scrolled


def page(pages: Sequence[DrawnPage], source: Source, theme: Theme = "auto") -> str:
    """Return all pages of one dashboard as HTML."""
    return "\n".join(_lines(pages, source, theme)) + "\n"


def index(dashboards: Sequence[tuple[Dashboard, str]], source: Source, title: str, theme: Theme = "auto") -> str:
    """Return the page that leads to all dashboards; each comes with the name of its file."""
    lines = [*_head(title, theme), "<main>", f"<h1>{safe(title)}</h1>", *_about(source), '<ul class="cards">']
    for dashboard, file in dashboards:
        widgets = sum(len(one.widgets) for one in dashboard.pages)
        lines.append(f'<li><h2><a href="{safe(file)}">{safe(dashboard.name)}</a></h2>')
        lines.append(f"<p>{safe(dashboard.description)}</p>")
        lines.append(f"<p class=quiet>{counted(len(dashboard.pages), 'page')}, {counted(widgets, 'widget')}</p>")
        lines.append(f'<div class="map" aria-hidden="true">{"".join(map(_map, dashboard.pages))}</div></li>')
    return "\n".join([*lines, "</ul>", *_foot()]) + "\n"


def _lines(pages: Sequence[DrawnPage], source: Source, theme: Theme) -> Iterator[str]:
    dashboard = pages[0].dashboard
    yield from _head(dashboard.name, theme)
    yield '<a class="skip" href="#first">To the first page</a><main>'
    yield f"<h1>{safe(dashboard.name)}</h1>"
    if dashboard.description:
        yield f"<p>{safe(dashboard.description)}</p>"
    yield from _about(source)
    if dashboard.variables:
        chosen = (f"<li><span>{safe(title)}:</span> {safe(value)}</li>" for title, value in choices.told(dashboard))
        yield f'<ul class="variables">{"".join(chosen)}</ul>'
    yield '<nav aria-label="Pages"><a class="up" href="index.html">All dashboards</a>'
    yield "".join(f'<a href="#{_anchor(number)}">{safe(one.page.name)}</a>' for number, one in enumerate(pages))
    yield "</nav>"
    for number, one in enumerate(pages):
        yield f'<section aria-labelledby="{_anchor(number)}"><h2 id="{_anchor(number)}">{safe(one.page.name)}</h2>'
        yield '<div class="grid">'
        for place, widget in enumerate(one.widgets):
            yield from _widget(widget, f"{_anchor(number)}-{place}")
        yield "</div></section>"
    yield from _foot()


def _head(title: str, theme: Theme) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="generator" content="{MARK}">'
    yield f'<title>{safe(title)}</title><link rel="icon" href="data:,">'
    yield f"<style>{_variables(theme)}{_STYLE}{style(theme)}</style></head><body>"


def _foot() -> Iterator[str]:
    yield (
        f"<footer>{MARK} from the specs, without an account. This file loads nothing and sends nothing.</footer>"
        "</main></body></html>"
    )


def _about(source: Source) -> Iterator[str]:
    if source.made_up:
        yield f'<p><span class="note">{MADE_UP}</span></p>'
    yield f"<p class=quiet>{safe(told_time(source))}</p>"


def _anchor(number: int) -> str:
    return "first" if number == 0 else f"page-{number + 1}"


def _widget(one: DrawnWidget, name: str) -> Iterator[str]:
    place = one.place
    area = f"{place.row}/{place.column}/span {place.height}/span {place.width}"
    named = f'aria-labelledby="{name}"' if one.widget.title else 'aria-label="Text"'
    kind = f"widget {kind_of(one.widget)}{' small' if place.width <= _SMALL else ''}"
    yield f'<article class="{kind}" tabindex="0" {named} style="grid-area:{area}">'
    if one.widget.title:
        yield f'<header><h3 id="{name}" title="{safe(one.widget.title)}">{safe(one.widget.title)}</h3>'
        yield f'<p class="range">{safe(one.range_told)}</p></header>'
    yield from _content(one)
    yield "</article>"


def _content(one: DrawnWidget) -> Iterator[str]:
    title = one.widget.title
    if isinstance(one.widget, MarkdownWidget):
        yield f'<div class="draw prose">{as_html(one.widget.text)}</div>'
    elif kind_of(one.widget) in _AS_TABLE and one.drawing.state == "drawn":
        label = f'role="region" aria-label="{safe(title)}: rows"'
        yield f'<div class="draw rows" tabindex="0" {label}>{"".join(html_table(one.drawing.table, title))}</div>'
    else:
        yield f'<div class="draw">{_svg(one)}</div>'
        if one.drawing.table.rows:
            rows = "".join(html_table(one.drawing.table, title))
            region = f'class="numbers" tabindex="0" role="region" aria-label="{safe(title)}: numbers"'
            yield f'<details><summary title="Numbers">⋯<span class=hidden> Numbers of {safe(title)}</span></summary>'
            yield f"<div {region}>{rows}</div></details>"


def _svg(one: DrawnWidget) -> str:
    room = one.room
    kind = "nr narrow" if room.width <= _NARROW else "nr"
    said = one.drawing.says or f"{kind_of(one.widget).replace('_', ' ')}: {one.widget.title}"
    return (
        f'<svg class="{kind}" viewBox="0 0 {room.width:g} {room.height:g}" width="{room.width:g}" '
        f'height="{room.height:g}" role="img" aria-label="{safe(said)}">{"".join(one.drawing.marks)}</svg>'
    )


def _map(one: Page) -> str:
    """Return where the widgets of a page stand, in small."""
    rows = max(widget.place.row + widget.place.height - 1 for widget in one.widgets)
    marks = "".join(
        f'<rect x="{place.column - 1 + 0.06:g}" y="{place.row - 1 + 0.06:g}" width="{place.width - 0.2:g}" '
        f'height="{place.height - 0.2:g}" rx=".15"/>'
        for place in (widget.place for widget in one.widgets)
    )
    tall = max(rows, 1)
    return f'<svg viewBox="0 0 12 {tall}">{marks}</svg>'


def _variables(theme: Theme) -> str:
    if theme != "auto":
        scheme = f"color-scheme:{theme};"
        return f":root{{{scheme}{_named(LIGHT if theme == 'light' else DARK)}}}"
    dark = f"@media (prefers-color-scheme:dark){{:root{{{_named(DARK)}}}}}"
    return f":root{{color-scheme:light dark;--font:{FONT};{_named(LIGHT)}}}{dark}"


def _named(palette: Palette) -> str:
    plain = ("ground", "surface", "line", "grid", "text", "quiet", "sunken", "note")
    values: dict[str, str] = {
        **{name: getattr(palette, name) for name in plain},
        **{str(name): colour for name, colour in palette.severities.items()},
        "link": palette.series[0],
        "focus": palette.mark,
    }
    return f"--font:{FONT};" + "".join(f"--{name}:{value};" for name, value in values.items())
