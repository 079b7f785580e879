"""What `lookout render` was asked, and which dashboards and what moment that means."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from lookout.errors import CouldNotRun
from lookout.moments import written

if TYPE_CHECKING:
    from monitors.spec import Dashboard, Stack

Format = Literal["html", "svg", "png"]
Theme = Literal["auto", "light", "dark"]


@dataclass(frozen=True)
class Question:
    """The verb's arguments as they were given; `data` None asks for the made-up sample."""

    dashboards: tuple[str, ...]
    stack: str
    data: Path | None
    out: Path
    format: Format
    theme: Theme
    now: str | None


def chosen(stack: Stack, keys: tuple[str, ...]) -> tuple[Dashboard, ...]:
    """Return the dashboards of these keys, all where none is named. Raises `CouldNotRun` for a key that is none."""
    known = {one.key: one for one in stack.observability.dashboards}
    if not known:
        raise CouldNotRun(f"the stack {stack.name} declares no dashboard.", "Declare one in monitors/catalog.")
    for key in keys:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            step = f"Did you mean {near[0]}?" if near else f"It has {', '.join(known)}."
            raise CouldNotRun(f"the stack {stack.name} has no dashboard {key!r}.", step)
    return tuple(known[key] for key in dict.fromkeys(keys)) if keys else tuple(known.values())


def moment(text: str | None, zone: ZoneInfo) -> float | None:
    """Return a time as seconds; one without an offset is on the clocks of the people on call. Raises `CouldNotRun`."""
    if text is None:
        return None
    found = written(
        "--now", text, forms="2026-10-06, 2026-10-06T03:00 or 2026-10-06T10:00Z", years_are_for="data can be from"
    )
    return (found if found.tzinfo else found.replace(tzinfo=zone)).timestamp()
