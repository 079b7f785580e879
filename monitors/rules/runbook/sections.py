"""Reads runbooks: files of sections, each with GitHub's anchor of its heading and the fixed parts it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

# What whoever was woken looks for, in this order; each stands on a line of its own, in bold.
PARTS: Final = ("What it means", "First look", "What to do", "When it is over")
Sections = Mapping[str, tuple[str, ...]]  # the parts of each section, by its anchor


def read(folder: Path) -> Mapping[str, Sections]:
    """Return the sections of every runbook in a folder, by file name; a folder that is not there has none."""
    files = sorted(folder.glob("*.md")) if folder.is_dir() else []
    return {path.name: dict(sections(path.read_text(encoding="utf-8"))) for path in files}


def sections(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield anchor and parts of each section of the second level; a line within a fenced block is no heading."""
    outside = re.sub(r"^( *)```.*?^\1```", lambda block: block[0].replace("\n#", "\n "), text, flags=re.S | re.M)
    pieces = re.split(r"^## (.+)$", outside, flags=re.MULTILINE)
    for heading, body in zip(pieces[1::2], pieces[2::2], strict=True):
        yield anchor(heading), tuple(one for one in re.findall(r"^\*\*(.+)\*\*$", body, re.MULTILINE) if one in PARTS)


def anchor(heading: str) -> str:
    """Return GitHub's anchor of a heading: lower case, punctuation dropped, each space a hyphen."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
