"""Where on-call finds help: a section of a runbook file."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from monitors.spec.base import Spec
from monitors.spec.values import Key


class RunbookSection(Spec):
    """One section of a file in `runbooks/`; the anchor is the alert's key."""

    LABEL: ClassVar[str] = "runbook section"

    file: Annotated[
        str,
        Field(pattern=r"^[a-z][a-z0-9-]*\.md$", description="Name a file of runbooks/, such as incident-response.md."),
    ]
    anchor: Key

    def url(self, base_url: str) -> str:
        """Return the section's address below `base_url`, which is where the folder `runbooks/` can be read."""
        return f"{base_url.rstrip('/')}/{self.file}#{self.anchor}"
