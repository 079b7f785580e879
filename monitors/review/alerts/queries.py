"""Which part of a query changed and what that means, read from both syntax trees, not from the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from monitors.nrql import NrqlSyntaxError, parse, to_text
from monitors.nrql.tree import Expression, Facet, Membership, Query
from monitors.review.alerts.edits import Edit
from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.rules.reading import conjuncts
from monitors.words import listed

_TOKENS: Final = re.compile(r"'(?:[^'\\]|\\.)*'|`[^`]*`|[\w./]+|\s+|.", re.DOTALL)
_FIELD: Final = "query"


def findings(edit: Edit) -> Iterator[Finding]:
    """Yield what differs in the query, clause by clause."""
    if edit.old.query == edit.new.query:
        return
    old, new = _tree(edit.old.query), _tree(edit.new.query)
    if old is None or new is None:
        which = "new" if new is None else "old"
        was, now = differing(edit.old.query, edit.new.query)
        says = f"asks {now}, before {was}"
        yield _finding("query", says, edit.more, f"the {which} query cannot be read", was, now)
        return
    yield from _clauses(edit, old, new)


def differing(old: str, new: str) -> tuple[str, str]:
    """Return the parts of two texts between what they begin and end with alike, word by word; never both empty."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    was, now = ("".join(one[start : len(one) - end]).strip() for one in (before, after))
    return was or "nothing", now or "nothing"


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many tokens two lists begin with alike."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _tree(text: str) -> Query | None:
    try:
        tree = parse(text)
    except NrqlSyntaxError:
        return None
    return tree if isinstance(tree, Query) else None


def _clauses(edit: Edit, old: Query, new: Query) -> Iterator[Finding]:
    if old == new:
        was, now = differing(edit.old.query, edit.new.query)
        says = "asks the same in another writing"
        meaning = "New Relic goes by the text and evaluates it from the start all the same"
        yield _finding("query text", says, edit.more, meaning, was, now)
        return
    if old.source != new.source:
        was, now = to_text(old.source), to_text(new.source)
        meaning = "it counts other data, and no other trouble than theirs"
        yield _finding("query FROM", f"reads {now}, before {was}", edit.more, meaning, was, now)
    if old.select != new.select:
        yield _select(edit, old, new)
    if old.where != new.where:
        yield _where(edit, old.where, new.where)
    if old.facet != new.facet:
        yield _facet(edit, old.facet, new.facet)
    blank = Query(old.select, old.source)
    rest = [replace(one, select=blank.select, source=blank.source, where=None, facet=None) for one in (old, new)]
    if rest[0] != rest[1]:
        was, now = differing(*map(to_text, rest))
        yield _finding("query", f"asks {now}, before {was}", edit.more, "", was, now)


def _select(edit: Edit, old: Query, new: Query) -> Finding:
    if [one.expression for one in old.select] == [one.expression for one in new.select]:
        was, now = (listed(one.alias or "no label" for one in query.select) for query in (old, new))
        says = f"labels its value {now}, before {was}"
        return _finding("query label", says, edit.more, "the value is the same, but New Relic starts anew", was, now)
    was, now = differing(*(", ".join(map(to_text, query.select)) for query in (old, new)))
    says = f"measures {_selected(new)}, before {_selected(old)}"
    return _finding("query SELECT", says, edit.more, "the threshold is held against another figure", was, now)


def _selected(query: Query) -> str:
    return ", ".join(to_text(one.expression) for one in query.select)


def _where(edit: Edit, old: Expression | None, new: Expression | None) -> Finding:
    before, after = list(conjuncts(old)), list(conjuncts(new))
    gone, added = [one for one in before if one not in after], [one for one in after if one not in before]
    was, now = (" AND ".join(map(to_text, one)) or "nothing" for one in (gone, added))
    if not gone and not added:
        was, now = differing(*("" if one is None else to_text(one) for one in (old, new)))
        meaning = "New Relic goes by the text and evaluates it from the start all the same"
        return _finding("query WHERE", "asks the same in another order", edit.more, meaning, was, now)
    narrower = _narrows(gone, added)
    says = f"asks for {now}, before for {was}"
    if narrower is True:
        says = f"asks for {now} as well" if not gone else says
        return _finding(
            "query WHERE", says, edit.less, f"fewer points count, and nobody is {edit.told_of} the rest", was, now
        )
    if narrower is False:
        says = f"does not ask for {was} any more" if not added else says
        return _finding("query WHERE", says, edit.more, "more points count", was, now)
    return _finding("query WHERE", says, edit.more, "other points count", was, now)


def _narrows(gone: Sequence[Expression], added: Sequence[Expression]) -> bool | None:
    """Say whether what has to be true became more, True, or less, False; None where it is neither for sure."""
    if not gone or not added:
        return bool(added)
    match gone, added:
        case [Membership(options=tuple(before)) as old], [Membership(options=tuple(after)) as new]:
            if old.operand == new.operand and old.negated == new.negated:
                fewer, more = _is_within(after, before), _is_within(before, after)
                if fewer != more:
                    return fewer != new.negated
    return None


def _is_within(part: Sequence[Expression], of: Sequence[Expression]) -> bool:
    return all(one in of for one in part)


def _facet(edit: Edit, old: Facet | None, new: Facet | None) -> Finding:
    was, now = ("one incident for all" if one is None else f"one incident for each {_by(one)}" for one in (old, new))
    says = f"opens {now}, before {was}"
    if new is None:
        meaning = "all are judged as one, so that good ones can hide a bad one"
        return _finding("query FACET", says, edit.less, meaning, was, now)
    meaning = "each is judged by itself, and each that breaches is told" if old is None else "other parts are judged"
    return _finding("query FACET", says, edit.more, meaning, was, now)


def _by(facet: Facet) -> str:
    if facet.cases:
        return "case of " + listed(to_text(one.condition) for one in facet.cases)
    return listed(to_text(one.expression) for one in facet.by)


def _finding(topic: str, says: str, danger: Danger, meaning: str, was: str, now: str) -> Finding:
    return Finding(topic, says, danger, meaning, was, now, _FIELD)
