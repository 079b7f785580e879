"""Links in markdown widgets that lead nowhere: New Relic shows them, and nothing opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import MarkdownWidget

_LINK: Final = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)")


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        if isinstance(widget.spec, MarkdownWidget):
            for found in _LINK.finditer(widget.spec.text):
                fault = _fault(found["text"], found["target"])
                if fault is not None:
                    advice = "Write a whole address, beginning with https://."
                    yield Finding(widget.subject, "text", fault, advice)


def _fault(text: str, target: str) -> str | None:
    if not target:
        return f'The link "{text}" has no address.'
    if target.startswith("http://"):
        return f'The link "{text}" leads to {target}, which is not encrypted; browsers warn of it.'
    if not re.match(r"(https://[^/\s]+|mailto:\S+@)", target):
        return f'The link "{text}" leads to {target}, which is no whole address: within New Relic it opens nothing.'
    return None


CHECK = Check(
    code="dashboard/link",
    level=Level.WARNING,
    summary="A markdown widget links to what is no whole address.",
    run=_run,
)
