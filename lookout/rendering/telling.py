"""What `lookout render` prints: each dashboard with its files, what could not be drawn and why, and the data."""

from __future__ import annotations

from collections.abc import Iterator

from lookout.rendering.run import Rendered, Rendering
from monitors.words import counted


def lines(found: Rendering) -> Iterator[str]:
    """Yield the lines for people."""
    for one in found.rendered:
        yield f"{one.dashboard.key}: {_counts(one)}"
        yield from (f"  {path}" for path in one.files)
        for title, says in _refused(one):
            yield f'  not drawn: "{title}": {says}'
    yield ""
    if found.source.made_up:
        yield "Made-up sample data: nobody measured it. --data PATH draws recorded data."
    count = len(found.rendered)
    yield f"{counted(count, 'dashboard')} of {found.stack} in {found.seconds:.1f} s."
    if found.index is not None:
        yield f"Open {found.index.resolve().as_uri()}"


def document(found: Rendering) -> dict[str, object]:
    """Return everything as data."""
    return {
        "stack": found.stack,
        "data": found.source.name,
        "made_up": found.source.made_up,
        "now_seconds": found.source.now_seconds,
        "index": None if found.index is None else str(found.index),
        "seconds": round(found.seconds, 3),
        "dashboards": [_dashboard(one) for one in found.rendered],
    }


def _dashboard(one: Rendered) -> dict[str, object]:
    pages = [
        {
            "name": page.page.name,
            "widgets": [
                {"title": widget.widget.title, "state": widget.drawing.state, "says": widget.drawing.says}
                for widget in page.widgets
            ],
        }
        for page in one.pages
    ]
    files = [str(path) for path in one.files]
    return {"key": one.dashboard.key, "name": one.dashboard.name, "files": files, "pages": pages}


def _counts(one: Rendered) -> str:
    widgets = [widget for page in one.pages for widget in page.widgets]
    told = [counted(len(one.pages), "page"), counted(len(widgets), "widget")]
    for state, words in (("empty", "without data"), ("refused", "not drawn")):
        count = sum(widget.drawing.state == state for widget in widgets)
        told += [f"{count} {words}"] if count else []
    return ", ".join(told)


def _refused(one: Rendered) -> Iterator[tuple[str, str]]:
    for page in one.pages:
        for widget in page.widgets:
            if widget.drawing.state == "refused":
                yield widget.widget.title, widget.drawing.says
