"""What a comparison tells of dashboards: widget by widget, page by page, and who may read or write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.pictures.units import unit_of
from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.dashboards import pairs, places, variables, widgets
from monitors.review.dashboards.pairs import DashboardPair, PagePair
from monitors.review.dashboards.signals import Signals
from monitors.review.dashboards.summary import summary
from monitors.review.fields import differences
from monitors.review.findings import Finding, alone, is_renamed, name_of
from monitors.review.phrases import quoted
from monitors.rules.subjects import named
from monitors.spec import Dashboard, Widget
from monitors.words import counted, listed

_KIND: Final = "dashboard"
_ACCESS: Final = {
    "public_read_only": "everybody in the account can read it",
    "public_read_write": "everybody in the account can read and change it",
    "private": "its author alone can see it",
}
_MOST_NAMED: Final = 3


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each dashboard that differs; only those cost anything."""
    before, after = context.before.observability.dashboards, context.after.observability.dashboards
    if before == after:
        return
    matches = pairs.dashboards(before, after)
    signals = Signals(context.after)
    for old, new in (*matches.pairs, *matches.renamed):
        if old != new:
            yield _changed(old, new, signals)
    for one in matches.added:
        yield alone(_KIND, Area.DASHBOARDS, one, Operation.ADDED, Danger.HARMLESS, f"is new: {_size(one)}", ())
    for one in matches.removed:
        yield _removed(one, signals)


def _changed(old: Dashboard, new: Dashboard, signals: Signals) -> Change:
    subject, former = named(_KIND, new), named(_KIND, old)
    found = sorted(_findings(pairs.pair_of(old, new), signals), key=lambda one: -one.danger)
    paths = (one.path for one in differences(old, new))
    name = name_of(subject)
    return Change(
        subject=subject.key,
        title=subject.title,
        area=Area.DASHBOARDS,
        operation=Operation.RENAMED if is_renamed(old, new) else Operation.CHANGED,
        danger=found[0].danger,
        headline=found[0].headline(name) if len(found) == 1 else f"{name}: {_summary(found)}.",
        facts=tuple(one.fact() for one in found),
        fields=tuple(dict.fromkeys((*(one.field for one in found if one.field), *paths))),
        former=former.key if former.key != subject.key else None,
        place=subject.place,
    )


def _removed(one: Dashboard, signals: Signals) -> Change:
    shown = [widget for page in one.pages for widget in page.widgets]
    lost = _lost(signals, shown)
    facts = [_finding("signal", lost, Danger.LOW)] if lost else []
    return alone(_KIND, Area.DASHBOARDS, one, Operation.REMOVED, Danger.LOW, f"is gone: {_size(one)}", facts)


def _findings(pair: DashboardPair, signals: Signals) -> Iterator[Finding]:
    old, new = pair.old, pair.new
    if old.key != new.key:
        says = f"its key is {new.key}, before {old.key}: New Relic gets a new dashboard under another address"
        yield _finding("key", says, field="key", before=old.key, after=new.key)
    if old.name != new.name:
        yield _finding("name", f"it was called {quoted(old.name)}", field="name", before=old.name, after=new.name)
    if old.permissions != new.permissions:
        yield _access(old, new)
    if old.description != new.description:
        was, now = (quoted(one.description) if one.description else "nothing" for one in (old, new))
        says = f"its description says {now}, before {was}"
        yield _finding("description", says, field="description", before=was, after=now)
    yield from variables.findings(old.variables, new.variables)
    yield from _pages(pair, signals)
    several = len(old.pages) > 1 or len(new.pages) > 1
    for one in pair.moved:
        way = f"from page {quoted(one.old_page.name)} to page {quoted(one.new_page.name)}"
        path = f"pages[{one.new_page.name}].widgets[{one.new.title}]"
        yield _finding("page", f"{widgets.called(one.new)} moves {way}", field=path)
        yield from widgets.differing(one.old, one.new, path, "", unit_of(one.new).name)
    for page in pair.pages:
        if page.old != page.new:
            yield from _page(page, f" on page {quoted(page.new.name)}" if several else "", signals)


def _access(old: Dashboard, new: Dashboard) -> Finding:
    opens = new.permissions == "public_read_write"
    meaning = ": what somebody changes by hand is undone by the next deployment" if opens else ""
    says = f"{_ACCESS[new.permissions]}, before {_ACCESS[old.permissions]}{meaning}"
    danger = Danger.LOW if opens else Danger.HARMLESS
    return _finding("access", says, danger, field="permissions", before=old.permissions, after=new.permissions)


def _pages(pair: DashboardPair, signals: Signals) -> Iterator[Finding]:
    for page in pair.added:
        says = f"page {quoted(page.name)} is new: {_listed_widgets(page.widgets)}"
        yield _finding("page", says, field=f"pages[{page.name}]")
    for page in pair.removed:
        lost = _lost(signals, page.widgets)
        says = f"page {quoted(page.name)} is gone: {_listed_widgets(page.widgets)}{'; ' if lost else ''}{lost}"
        yield _finding("page", says, Danger.LOW if lost else Danger.HARMLESS, field=f"pages[{page.name}]")
    for one in pair.pages:
        if one.old.name != one.new.name:
            says = f"page {quoted(one.old.name)} is called {quoted(one.new.name)} now"
            path = f"pages[{one.new.name}].name"
            yield _finding("page", says, field=path, before=one.old.name, after=one.new.name)
    stayed = [one.old for one in pair.pages]
    if [id(page) for page in pair.old.pages if any(page is one for one in stayed)] != [id(one) for one in stayed]:
        order = listed(quoted(page.name) for page in pair.new.pages)
        yield _finding("page", f"its pages stand in the order {order}", field="pages")


def _page(page: PagePair, where: str, signals: Signals) -> Iterator[Finding]:
    path = f"pages[{page.new.name}].widgets"
    found = page.widgets
    for one in found.removed:
        lost = _lost(signals, [one])
        says = f"{widgets.called(one)}{where} is gone{': ' if lost else ''}{lost}"
        yield _finding("widget gone", says, Danger.LOW if lost else Danger.HARMLESS, field=f"{path}[{one.title}]")
    for one in found.added:
        kind = f": a {widgets.kind(one)}" if one.title else ""
        says = f"{widgets.called(one)}{where} is new{kind}"
        yield _finding("new widget", says, field=f"{path}[{one.title}]")
    for old, new in found.both:
        if old != new:
            yield from widgets.differing(old, new, f"{path}[{new.title}]", where, unit_of(new).name)
    yield from places.moves(found.both, path, where)
    if page.old.widgets != page.new.widgets and _same_apart_from_order(page):
        yield _finding("order", f"its widgets{where} are declared in another order; nothing moves", field=path)


def _same_apart_from_order(page: PagePair) -> bool:
    return page.old.widgets_in_order == page.new.widgets_in_order


def _lost(signals: Signals, gone: Sequence[Widget]) -> str:
    """Return whose signal can be seen nowhere any more, nothing where each is shown elsewhere."""
    alerts = signals.lost_with(gone)
    if not alerts:
        return ""
    named_ones = alerts[:_MOST_NAMED] if len(alerts) > _MOST_NAMED + 1 else alerts
    more = len(alerts) - len(named_ones)
    who = listed([*map(quoted, named_ones), *([counted(more, "more alert")] if more else [])])
    return f"no dashboard shows the signal of {who} any more"


def _summary(found: Sequence[Finding]) -> str:
    """Return what happened by its number, the gravest in full where it is more than harmless."""
    if found[0].danger > Danger.HARMLESS:
        return f"{found[0].clause}; and {counted(len(found) - 1, 'more change')}"
    return summary(found)


def _listed_widgets(shown: Sequence[Widget]) -> str:
    if len(shown) <= _MOST_NAMED:
        return listed(map(widgets.called, shown))
    return counted(len(shown), "widget")


def _size(dashboard: Dashboard) -> str:
    count = sum(len(page.widgets) for page in dashboard.pages)
    return f"{counted(len(dashboard.pages), 'page')} with {counted(count, 'widget')}"


def _finding(
    topic: str,
    says: str,
    danger: Danger = Danger.HARMLESS,
    *,
    field: str | None = None,
    before: str | None = None,
    after: str | None = None,
) -> Finding:
    return Finding(topic, says, danger, "", before, after, field, stands_alone=True)
