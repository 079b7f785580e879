"""Pictures for the page of a diff: the dashboard pages that look otherwise, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from monitors.review.context import Context

_RECORDED: Final = "recorded data"


def pictures(contexts: Sequence[Context], name: str | None) -> tuple[tuple[str, str, str], ...]:
    """Return what each dashboard page that looks otherwise is called, and its SVG on both sides, "" where it is absent.

    They are drawn from the recorded data of the contexts, which people call `name`, else from a week that is made up
    for it, and say so. Both stacks have the same dashboards: those of prod are drawn where they differ.
    """
    differing = {
        one.after.name: one
        for one in contexts
        if one.before.observability.dashboards != one.after.observability.dashboards
    }
    context = differing.get("prod") or next(iter(differing.values()), None)
    if context is None:
        return ()
    from monitors.review.dashboards.pictures import before_and_after

    if context.data is not None:
        drawn = before_and_after(context.before, context.after, context.data, name=name or _RECORDED)
    else:
        from lookout.rendering.sources import sample

        made_up = sample(context.after)
        drawn = before_and_after(
            context.before, context.after, made_up.data, name=made_up.name, now_seconds=made_up.now_seconds
        )
    return tuple((title, before or "", after or "") for title, before, after in drawn)
