"""Pictures of the pages that look otherwise, before and after, with the widgets that changed in a frame.

This draws, and so it brings the evaluator along: import it only where pictures are wanted.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitors.backtest.hours import hours_of
from monitors.nrql.evaluator import Data
from monitors.pictures import choices
from monitors.pictures.answers import Evaluation
from monitors.pictures.picture import picture
from monitors.pictures.source import Source, end_of
from monitors.pictures.theme import Theme
from monitors.pictures.widgets import DrawnPage, DrawnWidget, drawn
from monitors.review.dashboards import pairs
from monitors.spec import Dashboard, Page, Place, Stack

Pictures = tuple[str, str | None, str | None]
Look = tuple[str, str, tuple[int, int], tuple[str, ...]]


def before_and_after(
    before: Stack,
    after: Stack,
    data: Data,
    *,
    name: str = "recorded data",
    now_seconds: float | None = None,
    theme: Theme = "auto",
) -> tuple[Pictures, ...]:
    """Return for each page that is drawn otherwise its title, and its SVG on both sides, None where it is absent.

    `name` is what people call the data; now is its end unless `now_seconds` says otherwise.
    """
    now = end_of(data) if now_seconds is None else now_seconds
    source = Source(data, name, now, hours_of(after).time_zone)
    return tuple(_of_stack(before, after, Evaluation(source), theme))


def _of_stack(before: Stack, after: Stack, evaluation: Evaluation, theme: Theme) -> Iterator[Pictures]:
    matches = pairs.dashboards(before.observability.dashboards, after.observability.dashboards)
    for old, new in (*matches.pairs, *matches.renamed):
        if old != new:
            yield from _of_dashboard(old, new, evaluation, theme)
    for one in matches.removed:
        yield from (_alone(one, page, evaluation, theme, is_new=False) for page in one.pages)
    for one in matches.added:
        yield from (_alone(one, page, evaluation, theme, is_new=True) for page in one.pages)


def _of_dashboard(old: Dashboard, new: Dashboard, evaluation: Evaluation, theme: Theme) -> Iterator[Pictures]:
    pair = pairs.pair_of(old, new)
    for page in pair.pages:
        was, now = drawn(old, page.old, evaluation), drawn(new, page.new, evaluation)
        if _header(was) != _header(now) or _looks(was) != _looks(now):
            yield (
                now.title,
                picture(was, evaluation.source, theme, marked=_differing(was, now)),
                picture(now, evaluation.source, theme, marked=_differing(now, was)),
            )
    for removed in pair.removed:
        yield _alone(old, removed, evaluation, theme, is_new=False)
    for added in pair.added:
        yield _alone(new, added, evaluation, theme, is_new=True)


def _alone(dashboard: Dashboard, page: Page, evaluation: Evaluation, theme: Theme, *, is_new: bool) -> Pictures:
    shown = drawn(dashboard, page, evaluation)
    svg = picture(shown, evaluation.source, theme)
    return (shown.title, None, svg) if is_new else (shown.title, svg, None)


def _header(page: DrawnPage) -> tuple[object, ...]:
    return page.title, choices.told(page.dashboard)


def _looks(page: DrawnPage) -> list[tuple[Place, Look]]:
    return [(one.place, _look(one)) for one in page.widgets]


def _look(one: DrawnWidget) -> Look:
    """Return all that is seen of a widget, wherever it stands."""
    return one.widget.title, one.range_told, (one.place.width, one.place.height), one.drawing.marks


def _differing(page: DrawnPage, other: DrawnPage) -> frozenset[int]:
    """Return which widgets of a page differ, by their places in it; where all stand elsewhere only, the moved.

    A threshold that the values of the day do not reach looks the same and is still what a reviewer asks about.
    """
    here, there = ([_apart_from_place(one) for one in each.widgets] for each in (page, other))
    changed = frozenset(place for place, one in enumerate(here) if one not in there)
    if changed or any(one not in here for one in there):
        return changed
    stood = _looks(other)
    return frozenset(place for place, look in enumerate(_looks(page)) if look not in stood)


def _apart_from_place(one: DrawnWidget) -> tuple[object, ...]:
    fields = type(one.widget).model_fields
    return _look(one), *(getattr(one.widget, name) for name in fields if name != "place")
