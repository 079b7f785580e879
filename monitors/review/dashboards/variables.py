"""What differs in the choices at the top of a dashboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.review.changes import Danger
from monitors.review.dashboards.clauses import clause_changes
from monitors.review.findings import Finding
from monitors.review.phrases import quoted
from monitors.spec import Variable
from monitors.words import listed

_FIELD: Final = "variables"


def findings(before: Sequence[Variable], after: Sequence[Variable]) -> Iterator[Finding]:
    """Yield what differs, variable by variable; they are matched by name, which queries use."""
    old, new = ({one.name: one for one in side} for side in (before, after))
    for name, one in new.items():
        if name not in old:
            yield _finding(f"a choice {quoted(one.title)} is new: {_source(one)}", f"{_FIELD}[{name}]")
        elif old[name] != one:
            yield from _differing(old[name], one)
    for name, one in old.items():
        if name not in new:
            yield _finding(f"the choice {quoted(one.title)} is gone", f"{_FIELD}[{name}]")
    if [one for one in old if one in new] != [one for one in new if one in old]:
        yield _finding(f"its choices stand in the order {listed(map(quoted, new))}", _FIELD)


def _differing(old: Variable, new: Variable) -> Iterator[Finding]:
    path = f"{_FIELD}[{new.name}]"
    name = f"the choice {quoted(new.title)}"
    if old.title != new.title:
        yield _finding(f"the choice {quoted(old.title)} is called {quoted(new.title)} now", f"{path}.title")
    if old.default != new.default:
        was, now = (_default(one) for one in (old, new))
        yield _finding(f"{name} begins with {now}, before with {was}", f"{path}.default", was, now)
    if old.options != new.options:
        was, now = (_options(one) for one in (old, new))
        yield _finding(f"{name} offers {now}, before {was}", f"{path}.options", was, now)
    if old.query != new.query:
        yield from _query(old.query, new.query, name, f"{path}.query")
    if old.multiple != new.multiple:
        says = "takes several values" if new.multiple else "takes one value"
        yield _finding(f"{name} {says} now", f"{path}.multiple", str(old.multiple), str(new.multiple))
    if old.replacement != new.replacement:
        says = f"{name} is written into queries as {new.replacement}, before as {old.replacement}"
        yield _finding(says, f"{path}.replacement", old.replacement, new.replacement)


def _query(old: str | None, new: str | None, name: str, path: str) -> Iterator[Finding]:
    if old is None or new is None:
        was, now = ("no query" if one is None else one for one in (old, new))
        yield _finding(f"{name} finds its values by {now}, before by {was}", path, was, now)
        return
    changes = clause_changes(old, new)
    if not changes:
        yield _finding(f"{name} asks the same in other words", path)
    for one in changes:
        yield _finding(f"{name} {one.says}", path, one.before, one.after)


def _source(one: Variable) -> str:
    return f"found by {one.query}" if one.query else f"one of {_options(one)}"


def _options(one: Variable) -> str:
    return listed(one.options) if one.options else "no fixed values"


def _default(one: Variable) -> str:
    return "everything" if one.default == ("*",) else listed(one.default)


def _finding(says: str, field: str, before: str | None = None, after: str | None = None) -> Finding:
    return Finding("variable", says, Danger.HARMLESS, "", before, after, field, stands_alone=True)
