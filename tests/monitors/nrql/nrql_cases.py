"""Golden cases of NRQL, read from cases/: a query, `=>`, and what comes of it; an empty line ends each case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_CASES = Path(__file__).parent / "cases"


def queries() -> Iterator[tuple[str, str, str]]:
    """Yield the clause, a query, and its print, on one line after `=> `."""
    for path in sorted((_CASES / "queries").glob("*.txt")):
        for block in _blocks(path):
            query, printed = block.rsplit("\n=> ", 1)
            yield path.stem, query, printed


def mistakes() -> Iterator[tuple[str, str]]:
    """Yield a text that is no query, and the message about it."""
    for block in _blocks(_CASES / "mistakes.txt"):
        text, message = block.split("\n=>\n", 1)
        yield text, message


def _blocks(path: Path) -> Iterator[str]:
    for block in path.read_text(encoding="utf-8").strip("\n").split("\n\n"):
        if not block.startswith("#"):
            yield block
