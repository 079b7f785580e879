"""What there is to read about the checks: the table of all, and each one's page."""

from __future__ import annotations

from lookout.checking.report import page_of, page_text
from lookout.checking.run import did_you_mean
from lookout.errors import CouldNotRun
from monitors.rules.registry import CODES


def table() -> str:
    """Return a line for each code: code, level, summary."""
    rows = [(one.code, one.level.value, one.summary) for one in CODES]
    width = max(len(code) for code, _, _ in rows)
    return "\n".join(f"{code:{width}}  {level:7}  {summary}" for code, level, summary in rows)


def page(code: str) -> str:
    """Return the page of a code. Raises `CouldNotRun` when there is no such code."""
    if code not in {one.code for one in CODES}:
        raise CouldNotRun(f"there is no check {code!r}", did_you_mean(code))
    text = page_text(code)
    if text is None:
        raise CouldNotRun(f"the page {page_of(code)} is not there", "The documentation stands beside a checkout.")
    return text.rstrip("\n")
