"""Writes a catalogue's stacks down as plain JSON: run by path, on trees whose vocabulary may be older than this file.

    python -I -S -B dumper.py '{"tree": ..., "paths": [...], "target": "module:attribute", ...}'

The standard library alone is imported, and of this repository the catalogue that is asked for, from its tree, and the
file `writer`, today's `monitors.spec.written`. The `answer`, a file, holds a document of it, or a `fault` where the
catalogue cannot be read. The process is ended after so many `seconds`.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import inspect
import json
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args


class Unreadable(Exception):
    """The catalogue answers with something else than stacks, or is not the tree's own."""


def main(request: dict[str, Any]) -> None:
    """Answer a request into its file."""
    # The default action of the signal ends the process, whatever the catalogue hangs in and whether a parent is left.
    signal.alarm(request["seconds"])
    gc.disable()  # specs hold no circles, and the process soon ends
    answer = Path(request["answer"])
    sys.path[:0] = request["paths"]
    sys.stdout = sys.stderr  # what a catalogue prints is no part of the answer
    try:
        written = dumped(request["tree"], request["target"], request["writer"])
    except BaseException as fault:
        written = {"fault": told(request["tree"], fault)}
    answer.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")


def dumped(tree: str, target: str, writer: str) -> dict[str, Any]:
    """Return every stack of a catalogue, written down."""
    module_name, _, attribute = target.partition(":")
    module = importlib.import_module(module_name)
    if not hasattr(module, attribute):
        raise Unreadable(f"the module {module_name} has no {attribute!r}")
    stacks = list(stacks_of(getattr(module, attribute), target))
    for name, one in sorted(sys.modules.items()):
        of_tree = Path(tree, *name.split(".")[:1]).is_dir() or Path(tree, f"{name}.py").is_file()
        file = getattr(one, "__file__", None)
        if of_tree and file is not None and not file.startswith(f"{tree}/"):
            raise Unreadable(f"{name} was imported from {file}, not from the revision")
    document: dict[str, Any] = loaded(writer).Writer(tree).document(stacks)
    return document


def loaded(path: str) -> ModuleType:
    """Return a file as a module under a name that the tree's own module of that name does not have."""
    found = importlib.util.spec_from_file_location("lookout_written", path)
    if found is None or found.loader is None:
        raise Unreadable(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def stacks_of(value: Any, target: str) -> Iterator[Any]:
    """Yield the stacks that an attribute is, holds or returns; `lookout check` reads catalogues in the same way."""
    if callable(value) and not isinstance(value, type):
        values = [value(name) for name in stack_names()] if inspect.signature(value).parameters else [value()]
    else:
        values = [value]
    for one in values:
        several = one if isinstance(one, (list, tuple)) else [one]
        strange = next((part for part in several if type(part).__name__ != "Stack"), None)
        if strange is not None:
            raise Unreadable(f"{target} is or returns a {type(strange).__name__}, not a Stack")
        yield from several


def stack_names() -> tuple[str, ...]:
    """Return the names that a stack of the tree's vocabulary can have."""
    return get_args(importlib.import_module("monitors.spec").Stack.model_fields["name"].annotation)


def told(tree: str, fault: BaseException) -> dict[str, Any]:
    """Return what a fault says, and the innermost line of the tree's that led to it."""
    text = fault.msg if isinstance(fault, SyntaxError) else str(fault)
    kinds = [one.__name__ for one in type(fault).__mro__]
    if isinstance(fault, SyntaxError):
        file, line = fault.filename or "", fault.lineno or 0
    else:
        file, line = where(tree, fault)
    return {
        "kind": kinds[0],
        "refused": "SpecError" in kinds,
        "text": text.replace(f"{Path(tree).name}/", ""),  # how the vocabulary shortens files at the top of the tree
        "missing": getattr(fault, "name", None) if isinstance(fault, ModuleNotFoundError) else None,
        "file": file.removeprefix(f"{tree}/"),
        "line": line,
    }


def where(tree: str, fault: BaseException) -> tuple[str, int]:
    """Return the author's line; the vocabulary, which only refuses what an author wrote, is passed over."""
    frames = [
        (one.filename, one.lineno or 0)
        for one in traceback.extract_tb(fault.__traceback__)
        if one.filename.startswith(f"{tree}/")
    ]
    authors = [one for one in frames if not one[0].startswith(f"{tree}/monitors/spec/")]
    return (authors or frames or [("", 0)])[-1]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
