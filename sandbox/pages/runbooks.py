"""The repository's runbooks, rendered so that the links in alerts land on their sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sandbox.pages.html import Html, element

_ADDRESS = re.compile(r"(?:.*/)?runbooks/([^/]+?)(?:\.md)?/?")


def runbook_address(address: str, names: Sequence[str]) -> str | None:
    """The page here of the runbook section that an address elsewhere names, None when it names no runbook there is."""
    parts = urlsplit(address)
    match = _ADDRESS.fullmatch(parts.path)
    if match is None or match[1] not in names:
        return None
    return f"/runbooks/{match[1]}" + (f"#{parts.fragment}" if parts.fragment else "")


def title_of(text: str, name: str) -> str:
    """A runbook's first heading, its name when it has none."""
    heading = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    return heading[1].strip() if heading else name


def rendered(text: str, names: Sequence[str]) -> Html:
    """Markdown as HTML: headings with GitHub's anchors, raw HTML escaped, no picture from anywhere."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    _anchor_headings(tokens)
    for token in tokens:
        token.children = [piece for child in token.children or [] for piece in _harmless(child, names)] or None
    return Html(parser.renderer.render(tokens, parser.options, {}))


def sections(text: str) -> list[tuple[str, str]]:
    """The headings of the second level as anchor and text, for a table of contents."""
    tokens = MarkdownIt("commonmark").parse(text)
    _anchor_headings(tokens)
    return [
        (str(one.attrs["id"]), _plain(inline))
        for one, inline in pairwise(tokens)
        if _is_heading(one) and one.tag == "h2"
    ]


def anchor(heading: str) -> str:
    """GitHub's anchor of a heading: lower case, punctuation dropped, each space a hyphen."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _anchor_headings(tokens: list[Token]) -> None:
    seen: Counter[str] = Counter()
    for opening, inline in pairwise(tokens):
        if not _is_heading(opening):
            continue
        name = anchor(_plain(inline))
        opening.attrSet("id", f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1


def _is_heading(token: Token) -> bool:
    return token.type == "heading_open"


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in {"text", "code_inline"})


def _harmless(token: Token, names: Sequence[str]) -> list[Token]:
    if token.type == "image":
        return [_text(f"[picture: {token.content or 'no description'}]")]
    if token.type == "link_open":
        _aim(token, names)
    return [token]


def _aim(link: Token, names: Sequence[str]) -> None:
    address = str(link.attrs.get("href", ""))
    parts = urlsplit(address)
    local = runbook_address(address if "/" in parts.path else f"runbooks/{address}", names)
    if parts.scheme:
        link.attrSet("rel", "noreferrer")
    elif local is not None:
        link.attrSet("href", local)
    elif parts.path:
        # A file of the repository that is no runbook: nothing here serves it.
        del link.attrs["href"]
        link.attrSet("title", f"{parts.path} in the repository")


def _text(content: str) -> Token:
    options: dict[str, Any] = {"content": content}
    return Token("text", "", 0, **options)


def runbook_text(folder: Path, name: str) -> str | None:
    """A runbook's Markdown by its name with or without `.md`; None when the folder has no such file."""
    existing = {path.stem: path for path in folder.glob("*.md")}
    path = existing.get(name.removesuffix(".md"))
    return path.read_text(encoding="utf-8") if path else None


def index(names: Sequence[str], titles: Sequence[str]) -> Html:
    """The list of runbooks."""
    items = [
        element("li", element("a", title, href=f"/runbooks/{name}")) for name, title in zip(names, titles, strict=True)
    ]
    return element("ul", items, class_="plain")
