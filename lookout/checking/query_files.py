"""Queries that belong to no spec: of files, of standard input, of the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from lookout.errors import CouldNotRun
from monitors.rules.review import ReviewedQuery, Subject, read_query
from monitors.spec.places import Place

STDIN: Final = "-"
MOST_BYTES: Final = 10_000_000
LOOSE: Final = "file"  # the kind that begins the key of a query that belongs to no spec


def read_queries(
    files: Iterable[str], texts: Iterable[str], use: Literal["condition", "widget"]
) -> tuple[ReviewedQuery, ...]:
    """Return every query of the files (`-` is standard input) and of the texts; raises `CouldNotRun`."""
    found = [_loose(place, text, use) for file in files for place, text in _of_file(file)]
    return (*found, *(_loose(Place("<query>", 1), text, use) for text in texts))


def _of_file(name: str) -> list[tuple[Place, str]]:
    text = _decoded("standard input", sys.stdin.buffer.read(MOST_BYTES + 1)) if name == STDIN else _text_of(Path(name))
    shown = "<stdin>" if name == STDIN else str(Path(name).absolute())
    queries = [(Place(shown, line), query) for line, query in split(text)]
    if not queries:
        told = "standard input" if name == STDIN else name
        raise CouldNotRun(f"{told} holds no query", "Write a query into it, or several with a line of ; in between.")
    return queries


def split(text: str) -> Iterator[tuple[int, str]]:
    """Yield each query of a text with the line it begins at; a line of `;` alone stands between two."""
    lines = text.split("\n")
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and lines[index].strip() != ";":
            continue
        block = lines[start:index]
        skipped = next((number for number, line in enumerate(block) if line.strip()), None)
        if skipped is not None:
            yield start + skipped + 1, "\n".join(block[skipped:]).rstrip()
        start = index + 1


def _text_of(path: Path) -> str:
    try:
        if path.is_dir():
            raise CouldNotRun(f"{path} is a folder, not a file", f"Name its files, for example {path}/*.nrql")
        if path.exists() and not path.is_file():
            raise CouldNotRun(f"{path} is no ordinary file", "Give a text file of queries, or - for standard input.")
        with path.open("rb") as file:
            return _decoded(str(path), file.read(MOST_BYTES + 1))
    except FileNotFoundError:
        raise CouldNotRun(f"there is no file {path}", "Check the name; --query takes a query as it is.") from None
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        raise CouldNotRun(f"{path!s:.200} cannot be read: {reason}", "Give a text file of queries.") from None


def _decoded(name: str, data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise CouldNotRun(f"{name} is longer than {MOST_BYTES // 1_000_000} MB", "Give a text file of queries.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CouldNotRun(
            f"{name} is no text: byte {fault.start} is 0x{data[fault.start]:02X}, which is not UTF-8",
            "Give a text file of queries.",
        ) from None
    if "\0" in text:
        raise CouldNotRun(f"{name} is no text: it holds a NUL byte", "Give a text file of queries.")
    return text.replace("\r\n", "\n")


def _loose(place: Place, text: str, use: Literal["condition", "widget"]) -> ReviewedQuery:
    shown = place.file if place.file.startswith("<") else Path(place.file).name
    what = "query of an alert condition" if use == "condition" else "query of a dashboard"
    subject = Subject(what, f"{LOOSE}/{shown}:{place.line}", place, text)
    return read_query(subject, "", text, use)
