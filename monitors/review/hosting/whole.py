"""What is the whole stack's: its tags and its project at Render."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.changes import Area, Change, Danger
from monitors.review.context import Context
from monitors.review.findings import Finding
from monitors.review.hosting.naming import change_of
from monitors.review.phrases import quoted

_SEARCHES = "whoever searches by it finds nothing under the old value"
_BY_HAND = "Tags that somebody added by hand at New Relic are gone with this update of all tags"


def changes(context: Context) -> Iterator[Change]:
    """Yield a change where the tags or the project's name differ."""
    before, after = context.before, context.after
    if before.tags != after.tags:
        yield change_of("stack/tags", "tags of the stack", Area.HOSTING, after, _tags(before.tags, after.tags))
    if before.platform.project != after.platform.project:
        was, now = before.platform.project, after.platform.project
        says = f"is called {quoted(now)}, before {quoted(was)}"
        found = Finding("name", says, Danger.HARMLESS, "it is renamed in place, and nothing in it changes", was, now,
                        "project")  # fmt: skip
        yield change_of("project/project", "Render project", Area.HOSTING, after.platform, [found])


def _tags(before: dict[str, str], after: dict[str, str]) -> Iterator[Finding]:
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        field = f"tags[{name}]"
        if was is None:
            yield Finding("tag", f"have {name} {quoted(now or '')} beside", Danger.LOW, "", "none", now, field)
        elif now is None:
            says = f"have no {name} any more, before {quoted(was)}"
            yield Finding("tag", says, Danger.LOW, _SEARCHES, was, "none", field)
        else:
            says = f"have {name} {quoted(now)}, before {quoted(was)}"
            yield Finding("tag", says, Danger.LOW, _SEARCHES, was, now, field)
    yield Finding("what is lost", _BY_HAND, Danger.LOW, stands_alone=True)
