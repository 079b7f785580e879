"""Markdown: headings, paragraphs, lists, code and simple tables, wrapped by hand since SVG does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from monitors.pictures.drawing import Drawing, Room
from monitors.pictures.text import width
from monitors.spec import MarkdownWidget
from monitors.standalone import safe

READER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_SIZES: Final = {"h1": 22.0, "h2": 18.0, "h3": 15.0}
_SIZE, _INDENT = 13.0, 18.0
_MARKS: Final = {"strong": "b", "em": "i", "code": "c"}


@dataclass(frozen=True)
class _Run:
    """A word with the space before it, and the classes it is drawn with."""

    text: str
    kind: str


@dataclass(frozen=True)
class _Block:
    """A paragraph, a heading or an item: its words, size and indent, and what stands before its first line."""

    runs: tuple[_Run, ...]
    size: float
    indent: float
    bullet: str = ""
    space_after: float = 8.0


def draw(widget: MarkdownWidget, room: Room) -> Drawing:
    """Return the text; what finds no room ends with an ellipsis, as New Relic would scroll it."""
    marks: list[str] = []
    y = 0.0
    for block in _blocks(READER.parse(widget.text)):
        step = block.size * 1.45
        for number, line in enumerate(_lines(block, room.width - block.indent)):
            if y + step > room.height:
                marks.append(f'<text class="q" x="0" y="{room.height - 2:g}">…</text>')
                return Drawing(tuple(marks))
            if block.bullet and not number:
                marks.append(f'<text x="{block.indent - 14:g}" y="{y + block.size:g}">{safe(block.bullet)}</text>')
            marks.append(_drawn(line, block, y))
            y = round(y + step, 1)
        y += block.space_after
    return Drawing(tuple(marks))


def as_html(text: str) -> str:
    """Return the text as HTML: nothing of its own HTML is taken over, and images are named rather than loaded."""
    tokens = READER.parse(text)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                child.type, child.tag, child.content = "text", "", f"[image: {child.content}]"
    rendered: str = READER.renderer.render(tokens, READER.options, {})
    return rendered


def _blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
    depth, bullets, tag = 0, list[str](), "p"
    counts: list[int] = []
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
                counts.append(0 if token.type.startswith("ordered") else -1)
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
                counts.pop()
            case "list_item_open":
                if counts[-1] >= 0:
                    counts[-1] += 1
                bullets.append(f"{counts[-1]}." if counts[-1] > 0 else "•")
            case "heading_open" | "paragraph_open":
                tag = token.tag
            case "tr_open":
                tag = "tr"
            case "inline":
                bullet = bullets.pop() if bullets else ""
                size = _SIZES.get(tag, _SIZE)
                kind = "b" if tag.startswith("h") else ""
                runs = tuple(_runs(token.children or (), kind))
                yield _Block(runs, size, depth * _INDENT, bullet, 3.0 if depth or tag == "tr" else 8.0)
            case "fence" | "code_block":
                for line in token.content.splitlines():
                    yield _Block((_Run(line, "c"),), _SIZE, _INDENT, "", 0.0)


def _runs(children: Sequence[Token], kind: str) -> Iterator[_Run]:
    open_kinds: list[str] = [kind] if kind else []
    for child in children:
        if child.type.endswith("_open") and child.tag in _MARKS:
            open_kinds.append(_MARKS[child.tag])
        elif child.type.endswith("_close") and child.tag in _MARKS and open_kinds:
            open_kinds.pop()
        elif child.type == "softbreak":
            yield _Run(" ", "")
        elif child.type == "hardbreak":
            yield _Run("\n", "")
        elif child.content:
            own = [*open_kinds, "c"] if child.type == "code_inline" else open_kinds
            text = f"[image: {child.content}]" if child.type == "image" else child.content
            yield from (_Run(word, " ".join(own)) for word in _words(text))


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text and the single spaces between them."""
    for number, word in enumerate(text.split(" ")):
        if number:
            yield " "
        if word:
            yield word


def _lines(block: _Block, room: float) -> Iterator[list[_Run]]:
    line: list[_Run] = []
    used = 0.0
    for run in block.runs:
        wide = width(run.text, block.size, bold="b" in run.kind.split())
        if run.text == "\n" or (line and used + wide > room and run.text != " "):
            yield line
            line, used = [], 0.0
        if run.text == "\n" or (run.text == " " and not line):
            continue
        line.append(run)
        used += wide
    if line:
        yield line


def _drawn(line: Sequence[_Run], block: _Block, y: float) -> str:
    parts = "".join(
        f'<tspan class="{run.kind}">{safe(run.text)}</tspan>' if run.kind else safe(run.text) for run in line
    )
    return (
        f'<text xml:space="preserve" style="font-size:{block.size:g}px" x="{block.indent:g}" '
        f'y="{y + block.size:g}">{parts}</text>'
    )
