"""Text as it may stand in a GitHub comment: nothing in it is read as Markdown, HTML, a mention or a link."""

from __future__ import annotations

import re
from typing import Final

JOINER: Final = "\u2060"  # a word joiner: no width, no line break, and no mention or link goes over it
_PUNCTUATION: Final = re.compile(r"[\\`*_\[\]~|]")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_HTML: Final = re.compile("[&<>]")
# GitHub looks for these in the text that is left when Markdown is done, so a backslash before them is of no help:
# mentions, issues (#1, GH-1), addresses with and without a scheme, emoji by name.
# https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
_LINKED: Final = (
    re.compile("@"),
    re.compile("#"),
    re.compile(":(?=//)"),
    re.compile(r"\bwww(?=\.)", re.IGNORECASE),
    re.compile(r"\bgh-(?=\d)", re.IGNORECASE),
    re.compile(r":(?=[\w+-]+:)"),
)
# A dollar sign begins mathematics; GitHub's way around it are span tags:
# https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
_DOLLAR: Final = "<span>$</span>"
_BLOCK: Final = re.compile(r"^([-+=]|\d+(?=[.)]))")  # what at a line's start would begin a list or underline a heading


def plain(text: str) -> str:
    """Return a text as one line of printable characters; what is not printable is shown as a replacement character."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in line)


def escaped(text: str) -> str:
    """Return a text as it may stand anywhere in a line of Markdown, and at its beginning."""
    line = _PUNCTUATION.sub(lambda found: f"\\{found[0]}", plain(text))
    line = _HTML.sub(lambda found: _ENTITIES[found[0]], line)
    for pattern in _LINKED:
        line = pattern.sub(lambda found: f"{found[0]}{JOINER}", line)
    line = line.replace("#", "\\#")
    line = _BLOCK.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", line)
    return line.replace("$", _DOLLAR)


def code(text: str) -> str:
    """Return a text as a code span, in which GitHub reads nothing; its fence is longer than any run of backticks.

    What would begin an HTML comment is kept apart, so that the line a comment is found by stands once in it.
    """
    line = plain(text).replace("<!--", f"<!{JOINER}--") or "\ufffd"
    runs = [len(run) for run in re.findall("`+", line)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"
