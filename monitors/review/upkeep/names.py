"""Keys, names and descriptions, which every spec of upkeep has or may have."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.phrases import quoted
from monitors.spec import Spec


def findings(old: Spec, new: Spec, *fields: str) -> Iterator[Finding]:
    """Yield which of some texts differ. A key is what it is provisioned under: with another one it is made anew."""
    for field in fields:
        was, now = str(getattr(old, field, "")), str(getattr(new, field, ""))
        if was != now:
            danger, meaning = (Danger.LOW, "it is made anew under it") if field == "key" else (Danger.HARMLESS, "")
            yield Finding(
                field, f"has the {field} {quoted(now)}, before {quoted(was)}", danger, meaning, was, now, field
            )
