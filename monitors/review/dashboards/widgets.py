"""What differs between two widgets, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.review.changes import Danger
from monitors.review.dashboards.clauses import clause_changes
from monitors.review.dashboards.pairs import paired
from monitors.review.excerpts import cut, without_marks
from monitors.review.excerpts import differing as differing_parts
from monitors.review.fields import differences
from monitors.review.findings import Finding
from monitors.review.phrases import quoted
from monitors.review.remainder import shown
from monitors.rules.widgets import kind_of
from monitors.spec import Band, MarkdownWidget, Widget
from monitors.words import listed, number

_HARMLESS: Final = Danger.HARMLESS
_KINDS: Final = {"stacked_bar": "stacked bar chart", "log_table": "log", "heatmap": "heat map", "markdown": "text"}
_PLAIN: Final = ("billboard", "table", "pie", "histogram", "funnel")
_EXCERPT_CHARACTERS: Final = 40
_TOLD: Final = ("place", "title", "queries", "kind", "bands", "warning", "critical", "limit", "unit", "text")


def called(widget: Widget) -> str:
    """Return what people call a widget."""
    if widget.title:
        return quoted(widget.title)
    return f"the text {_excerpt(widget.text)}" if isinstance(widget, MarkdownWidget) else f"an untitled {kind(widget)}"


def kind(widget: Widget) -> str:
    """Return how a widget draws, in words."""
    name = kind_of(widget)
    return _KINDS.get(name, name if name in _PLAIN else f"{name} chart")


def differing(old: Widget, new: Widget, path: str, where: str, unit: str) -> Iterator[Finding]:
    """Yield what differs apart from the place; `path` leads to the widget, `where` names its page, with a space."""
    name = f"{called(new)}{where}"
    if old.title != new.title:
        says = (
            f"{called(old)}{where} is called {quoted(new.title)} now" if new.title else f"{name} has no title any more"
        )
        yield _finding("title", says, f"{path}.title", old.title, new.title)
    if kind_of(old) != kind_of(new):
        yield _finding("kind", f"{name} is a {kind(new)}, before a {kind(old)}", f"{path}.kind", kind(old), kind(new))
    yield from _asked(old, new, path, name)
    yield from _coloured(old, new, path, name, unit)
    yield from _rest(old, new, path, name)


def _asked(old: Widget, new: Widget, path: str, name: str) -> Iterator[Finding]:
    if isinstance(old, MarkdownWidget) and isinstance(new, MarkdownWidget):
        if old.text != new.text:
            was, now = (f'"{part}"' for part in differing_parts(*without_marks(old.text, new.text)))
            yield _finding("text", f"{name} says {now}, before {was}", f"{path}.text", was, now)
        return
    before, after = _queries(old), _queries(new)
    if before == after:
        return
    field = f"{path}.queries"
    pairs = paired(before, after, (lambda one: one,))
    edited = list(zip(pairs.removed, pairs.added, strict=False))
    which = "" if len(before) == len(after) == 1 else "in one of its queries "
    told = False
    for one, other in edited:
        changes = clause_changes(one, other)
        for change in changes:
            told = True
            says = f"{name} {which}{change.says}"
            yield _finding(f"query {change.clause}", says, field, change.before, change.after)
        if not changes:
            told = True
            yield _finding("query", f"{name} asks the same in other words: nothing that is shown changes", field)
    for one in pairs.added[len(edited) :]:
        told = True
        yield _finding("query", f"{name} shows another query: {one}", field, "absent", one)
    for one in pairs.removed[len(edited) :]:
        told = True
        yield _finding("query", f"{name} does not show {one} any more", field, one, "absent")
    if not told:
        yield _finding("query", f"{name} has its queries in another order, and with it its colours", field)


def _coloured(old: Widget, new: Widget, path: str, name: str, unit: str) -> Iterator[Finding]:
    before, after = (tuple(getattr(one, "bands", ())) for one in (old, new))
    if before != after:
        was, now = _bands(before, unit), _bands(after, unit)
        says = f"{name} colours {now}, before {was}"
        if was == now:
            says = f"{name} has its bands in another order"
        yield _finding("thresholds", says, f"{path}.bands", was, now)
    for field in ("warning", "critical"):
        one, other = (getattr(side, field, None) for side in (old, new))
        if one != other:
            was, now = (_from(value, unit) for value in (one, other))
            says = f"{name} is coloured as {field} {now}, before {was}"
            yield _finding("thresholds", says, f"{path}.{field}", was, now)
    one, other = (getattr(side, "limit", None) for side in (old, new))
    if one != other:
        was, now = ("no limit" if value is None else _amount(value, unit) for value in (one, other))
        yield _finding("limit", f"{name} has its limit at {now}, before {was}", f"{path}.limit", was, now)


def _rest(old: Widget, new: Widget, path: str, name: str) -> Iterator[Finding]:
    """Yield the fields that nothing above tells of, those that only one side's kind of widget has included."""
    fields = dict.fromkeys((*type(old).model_fields, *type(new).model_fields))
    for field in fields:
        one, other = getattr(old, field, None), getattr(new, field, None)
        if field in _TOLD and not (field == "unit" and one != other):
            continue
        if field == "unit":
            was, now = (f"the unit {one}" if one else "no unit" for one in (one, other))
            yield _finding("unit", f"{name} has {now}, before {was}", f"{path}.unit", was, now)
        elif field == "ignores_time_range" and bool(one) != bool(other):
            says = "keeps its own time, whatever is chosen" if other else "follows the time that is chosen"
            yield _finding("time range", f"{name} {says}", f"{path}.{field}", shown(one), shown(other))
        elif one != other and field != "ignores_time_range":
            for part in differences(one, other, f"{path}.{field}"):
                says = f"{name} has {field} {shown(part.after)}, before {shown(part.before)}"
                yield _finding(field, says, part.path, shown(part.before), shown(part.after))


def _queries(widget: Widget) -> tuple[str, ...]:
    return () if isinstance(widget, MarkdownWidget) else widget.queries


def _bands(bands: Sequence[Band], unit: str) -> str:
    return listed(_band(one, unit) for one in bands) if bands else "nothing"


def _band(band: Band, unit: str) -> str:
    column = f' in "{band.column_name}"' if band.column_name else ""
    if band.above is None:
        return f"{band.severity} below {_amount(band.below or 0.0, unit)}{column}"
    if band.below is None:
        return f"{band.severity} above {_amount(band.above, unit)}{column}"
    return f"{band.severity} from {number(band.above)} to {_amount(band.below, unit)}{column}"


def _from(value: float | None, unit: str) -> str:
    return "never" if value is None else f"from {_amount(value, unit)} on"


def _amount(value: float, unit: str) -> str:
    return f"{number(value)} {unit}" if unit else number(value)


def _excerpt(text: str) -> str:
    return quoted(cut(without_marks(text.strip().splitlines()[0], "")[0], _EXCERPT_CHARACTERS))


def _finding(topic: str, says: str, field: str, before: str | None = None, after: str | None = None) -> Finding:
    return Finding(topic, says, _HARMLESS, before=before, after=after, field=field, stands_alone=True)
