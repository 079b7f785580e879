"""A diff as a page that stands alone: one file, no request to anywhere, with filters that need no script."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from monitors.review.changes import Change, Diff, Fact
from monitors.review.formats.choices import Choices, marks
from monitors.review.formats.words import MEANINGS, TITLES, Heavy, by_area, by_danger, environments, heavy, verdict
from monitors.standalone import head, safe
from monitors.words import listed

Pictures = Sequence[tuple[str, str, str]]
"""What a drawing is called, and its SVG before and after; an empty one where that side has no such thing."""

_FOLDER: Final = Path(__file__).parent
_STYLE: Final = (_FOLDER / "page.css").read_text(encoding="utf-8")
_SCRIPT: Final = (_FOLDER / "page.js").read_text(encoding="utf-8")
_NOT_IN_ANCHORS: Final = re.compile(r"[^a-z0-9]+")


def page(diff: Diff, pictures: Pictures = ()) -> str:
    """Return the whole page as HTML: every change, what Pulumi replaces or deletes, and drawings of both sides."""
    return "\n".join(_lines(diff, pictures)) + "\n"


def anchors(changes: Sequence[Change]) -> list[str]:
    """Return what each change is linked to by, each its own: `condition-high-skill-error-rate`."""
    used: Counter[str] = Counter()
    found = []
    for one in changes:
        plain = f"c-{_NOT_IN_ANCHORS.sub('-', one.subject.lower()).strip('-')}"
        used[plain] += 1
        found.append(plain if used[plain] == 1 else f"{plain}--{used[plain]}")
    return found


def _lines(diff: Diff, pictures: Pictures) -> Iterator[str]:
    first, second = verdict(diff)
    choices = Choices(diff)
    yield from head(first, _STYLE + choices.style(), _SCRIPT)
    yield '<body><a class="skip" href="#changes">To the changes</a><main>'
    yield f"<h1>{safe(first)}</h1><p>{safe(second)}</p>"
    sides = f"<code>{safe(diff.before)}</code> against <code>{safe(diff.after)}</code>"
    yield f"<p class=quiet>{sides}, {safe(diff.source)}.</p>"
    yield from _resources(diff)
    yield from choices.form()
    yield '<div id="changes">'
    yield from _changes(diff, choices)
    yield "</div>"
    yield from _pictures(pictures)
    yield from _notes(diff)
    yield "<footer>Written by <code>lookout diff</code>. This file loads nothing and sends nothing.</footer>"
    yield f"</main><script>{_SCRIPT}</script></body></html>"


def _resources(diff: Diff) -> Iterator[str]:
    found = heavy(diff)
    if not found:
        return
    yield '<section class="panel heavy" aria-labelledby="replaced">'
    yield '<h2 id="replaced">What Pulumi replaces or deletes</h2><ul>'
    yield from (_resource(one, diff.stacks) for one in found)
    yield "</ul></section>"


def _resource(one: Heavy, stacks: Sequence[str]) -> str:
    told = f"{safe(one.kind)} <b>{safe(listed(one.names))}</b> {safe(one.says)}"
    where = f' <span class="where">{safe(environments(one.environments, stacks))}</span>' if one.environments else ""
    loses = f"<p>{safe(one.loses)}</p>" if one.loses else ""
    return f"<li>{told}.{where}{loses}</li>"


def _changes(diff: Diff, choices: Choices) -> Iterator[str]:
    names = dict(zip(map(id, choices.ordered), anchors(choices.ordered), strict=True))
    for danger, of_danger in by_danger(diff.changes):
        yield f'<section class="danger {marks(danger)}" aria-labelledby="{marks(danger)}-title">'
        yield f'<h2 id="{marks(danger)}-title">{TITLES[danger]} <span class="count">{len(of_danger):,}</span></h2>'
        yield f"<p class=quiet>{MEANINGS[danger]}</p>"
        for area, changes in by_area(of_danger):
            yield f'<div class="area {marks(area)}"><h3>{safe(area.capitalize())}</h3>'
            for one in changes:
                yield from _change(one, names[id(one)], diff.stacks, choices.marks_of(one))
            yield "</div>"
        yield "</section>"


def _change(one: Change, anchor: str, stacks: Sequence[str], own_marks: str) -> Iterator[str]:
    yield f'<article class="change {own_marks}" id="{anchor}" tabindex="-1">'
    yield f'<h4>{safe(one.headline)}<a class="self" href="#{anchor}" aria-label="Link to this change">#</a></h4>'
    yield f'<p class="meta">{" ".join(_meta(one, stacks))}</p>'
    if one.further:
        yield "<dl>"
        yield from map(_fact, one.further)
        yield "</dl>"
    yield "</article>"


def _meta(one: Change, stacks: Sequence[str]) -> Iterator[str]:
    if one.environments:
        yield f'<span class="where">{safe(environments(one.environments, stacks))}</span>'
    yield f"<span>{safe(one.operation)}</span>"
    yield f"<code>{safe(one.subject)}</code>"
    if one.former:
        yield f"<span>before <code>{safe(one.former)}</code></span>"
    if one.place is not None:
        yield f"<code>{safe(one.place.path)}:{one.place.line}</code>"


def _fact(fact: Fact) -> str:
    moved = ""
    if fact.before is not None and fact.after is not None and not _tells_both(fact):
        moved = (
            f'<span class="moved"><span class="unseen">before </span><del>{safe(fact.before)}</del> &rarr; '
            f'<span class="unseen">after </span><ins>{safe(fact.after)}</ins></span>'
        )
    return f"<div><dt>{safe(fact.topic)}</dt><dd>{safe(fact.text)}{moved}</dd></div>"


def _tells_both(fact: Fact) -> bool:
    """Say whether the sentence has both values already."""
    return all(value is None or value in fact.text for value in (fact.before, fact.after))


def _pictures(pictures: Pictures) -> Iterator[str]:
    if not pictures:
        return
    yield '<section class="panel" aria-labelledby="pictures"><h2 id="pictures">Dashboards before and after</h2>'
    for title, before, after in pictures:
        yield f'<figure><figcaption>{safe(title)}</figcaption><div class="pair">'
        yield _picture("Before", title, before)
        yield _picture("After", title, after)
        yield "</div></figure>"
    yield "</section>"


def _picture(side: str, title: str, svg: str) -> str:
    """Return a drawing as an image: what is in it can neither run nor load, nor be styled by the page."""
    if not svg:
        return f"<div><p class=quiet>{side}: not there</p></div>"
    data = base64.b64encode(svg.encode(errors="replace")).decode()
    told = safe(f"{title}, {side.lower()}")
    drawn = f'<img src="data:image/svg+xml;base64,{data}" alt="{told}">'
    # On a phone it is wider than its frame, which is scrolled, by the keyboard too.
    framed = f'<div class="drawn" tabindex="0" role="group" aria-label="{told}">{drawn}</div>'
    return f"<div><p class=quiet>{side}</p>{framed}</div>"


def _notes(diff: Diff) -> Iterator[str]:
    if diff.notes:
        yield '<section class="panel" aria-labelledby="notes"><h2 id="notes">Notes</h2><ul>'
        yield from (f"<li>{safe(note)}</li>" for note in diff.notes)
        yield "</ul></section>"
