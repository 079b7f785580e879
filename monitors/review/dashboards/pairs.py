"""Which page and which widget of one side is which of the other, though neither has a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from monitors.nrql import NrqlSyntaxError, parse
from monitors.nrql.tree import Query
from monitors.review.matching import Matches, matched
from monitors.rules.widgets import kind_of
from monitors.spec import Dashboard, MarkdownWidget, Page, Widget

T = TypeVar("T")
Key = Callable[[T], Hashable | None]


@dataclass(frozen=True)
class Pairs(Generic[T]):
    """What belongs together, in the order of the new side; the rest stands alone."""

    both: tuple[tuple[T, T], ...]
    removed: tuple[T, ...]
    added: tuple[T, ...]


@dataclass(frozen=True)
class Moved:
    """A widget that is on another page than before."""

    old: Widget
    new: Widget
    old_page: Page
    new_page: Page


@dataclass(frozen=True)
class PagePair:
    """A page of both sides with its widgets; those that moved to or from another page are in neither list."""

    old: Page
    new: Page
    widgets: Pairs[Widget]


@dataclass(frozen=True)
class DashboardPair:
    """A dashboard of both sides, with everything that belongs together in it."""

    old: Dashboard
    new: Dashboard
    pages: tuple[PagePair, ...]
    removed: tuple[Page, ...]
    added: tuple[Page, ...]
    moved: tuple[Moved, ...]


def dashboards(before: Sequence[Dashboard], after: Sequence[Dashboard]) -> Matches[Dashboard]:
    """Return which dashboard is which: by key, else by its pages, its name, its widgets' titles, or its description."""
    return matched(before, after, lambda one: (one.pages, one.name, _titles(one), one.description or one.key))


def _titles(dashboard: Dashboard) -> Hashable:
    return frozenset(_words(widget) for page in dashboard.pages for widget in page.widgets)


def pair_of(old: Dashboard, new: Dashboard) -> DashboardPair:
    """Return what of two dashboards belongs together."""
    pages = _pages(old.pages, new.pages)
    pairs = [(one, other, _widgets(one.widgets, other.widgets)) for one, other in pages.both]
    moved = _moved([(*one[:2], one[2]) for one in pairs])
    gone = {id(one.old) for one in moved}
    come = {id(one.new) for one in moved}
    return DashboardPair(
        old,
        new,
        tuple(PagePair(one, other, _without(widgets, gone, come)) for one, other, widgets in pairs),
        pages.removed,
        pages.added,
        tuple(moved),
    )


def paired(before: Sequence[T], after: Sequence[T], keys: Sequence[Key[T]]) -> Pairs[T]:
    """Pair by the first key first, what is left by the next; several of one key in their order.

    A key of None pairs with nothing.
    """
    left, right = list(before), list(after)
    partner: dict[int, T] = {}
    for key in keys:
        waiting: dict[Hashable, list[T]] = defaultdict(list)
        for one in left:
            waiting[key(one)].append(one)
        waiting.pop(None, None)
        for other in right:
            same = waiting.get(key(other))
            if same:
                partner[id(other)] = same.pop(0)
        taken = {id(one) for one in partner.values()}
        left = [one for one in left if id(one) not in taken]
        right = [other for other in right if id(other) not in partner]
    both = tuple((partner[id(other)], other) for other in after if id(other) in partner)
    return Pairs(both, tuple(left), tuple(right))


def _widgets(before: Sequence[Widget], after: Sequence[Widget]) -> Pairs[Widget]:
    return paired(before, after, _WIDGET_KEYS)


def _pages(before: Sequence[Page], after: Sequence[Page]) -> Pairs[Page]:
    """Pair pages by name, else by their widgets, else by the most titles that both have."""
    by_name = paired(before, after, (lambda page: page.name, lambda page: page.widgets))
    left, right, more = list(by_name.removed), list(by_name.added), list[tuple[Page, Page]]()
    for new in by_name.added:
        best = max(left, key=lambda old: _shared(old, new), default=None)  # used at once
        if best is not None and _shared(best, new):
            left.remove(best)
            right.remove(new)
            more.append((best, new))
    order = {id(page): place for place, page in enumerate(after)}
    both = sorted((*by_name.both, *more), key=lambda pair: order[id(pair[1])])
    return Pairs(tuple(both), tuple(left), tuple(right))


def _shared(old: Page, new: Page) -> int:
    """Return how many widgets of one page are on the other by title or by text."""
    return len({_words(one) for one in old.widgets} & {_words(one) for one in new.widgets})


def _moved(pages: Sequence[tuple[Page, Page, Pairs[Widget]]]) -> list[Moved]:
    gone = [(old, one) for old, _, widgets in pages for one in widgets.removed]
    come = [(new, one) for _, new, widgets in pages for one in widgets.added]
    same = paired(gone, come, (lambda held: _essence(held[1]),))
    return [Moved(old, new, old_page, new_page) for (old_page, old), (new_page, new) in same.both]


def _without(widgets: Pairs[Widget], gone: set[int], come: set[int]) -> Pairs[Widget]:
    return Pairs(
        widgets.both,
        tuple(one for one in widgets.removed if id(one) not in gone),
        tuple(one for one in widgets.added if id(one) not in come),
    )


def _words(widget: Widget) -> Hashable:
    """Return what a widget is called; a text without a title is known by what it says."""
    return widget.title or _asks(widget)


def _asks(widget: Widget) -> Hashable:
    return widget.text if isinstance(widget, MarkdownWidget) else widget.queries


def _figures(widget: Widget) -> Hashable:
    """Return what a widget's queries select from what, nothing where one of them cannot be read."""
    found = []
    for text in () if isinstance(widget, MarkdownWidget) else widget.queries:
        try:
            query = parse(text)
        except NrqlSyntaxError:
            return None
        if not isinstance(query, Query):
            return None
        found.append((query.source, query.select))
    return tuple(found)


def _essence(widget: Widget) -> Hashable:
    return kind_of(widget), widget.title, _asks(widget)


_WIDGET_KEYS: Final[tuple[Key[Widget], ...]] = (
    lambda one: one,
    lambda one: (one.title, _asks(one), kind_of(one)) if one.title else None,
    lambda one: (one.title, _asks(one)) if one.title else None,
    lambda one: (one.title, kind_of(one)) if one.title else None,
    lambda one: one.title or None,
    lambda one: (_asks(one), kind_of(one)),
    _asks,
    lambda one: (one.place, kind_of(one)),
    lambda one: (one.place, _figures(one)) if _figures(one) else None,
)
