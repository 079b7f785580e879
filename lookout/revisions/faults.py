"""Why a catalogue of a revision cannot be read, in words that name the side, the line and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from lookout.errors import CouldNotRun
from lookout.revisions.source import WORKING_TREE, Source

_MARKER: Final = "<<<<<<< "


def told(source: Source, tree: Path, fault: Mapping[str, Any]) -> CouldNotRun:
    """Return what the dumper could not do as a message."""
    if fault["kind"] == "Unreadable":
        return CouldNotRun(f"the catalogue of {source} cannot be read: {fault['text']}.", _mend(source))
    at = f"{fault['file']}:{fault['line']}" if fault["file"] else "a line that is not known"
    if fault["kind"] in ("SyntaxError", "IndentationError", "TabError"):
        line = conflict_line(tree / fault["file"])
        if line is not None:
            return unsettled(str(source), fault["file"], line)
    if fault["refused"]:
        return CouldNotRun(f"{_cannot_be_built(source)}:\n{fault['text']}", _mend(source))
    if fault["missing"] is not None:
        return CouldNotRun(
            f"the specs of {source} import {fault['missing']}, which is not there\nat {at}",
            "Install what that revision needs, or compare with another one.",
        )
    reason = (fault["text"].splitlines() or [""])[0][:300]
    return CouldNotRun(f"{_cannot_be_built(source)}: {fault['kind']}: {reason}\nat {at}", _mend(source))


def hangs(source: Source, seconds: int) -> CouldNotRun:
    """Return what is said of a catalogue that takes too long."""
    return CouldNotRun(
        f"reading the specs of {source} took more than {seconds} s and was stopped.",
        "Something in them waits or runs for ever; specs are data, and are read in less than a second.",
    )


def not_there(source: Source, first: str | None) -> CouldNotRun:
    """Return what is said of a revision without the catalogue; `first` is the first commit that has it."""
    module = source.catalogue.target.partition(":")[0]
    if source.commit is None:
        return CouldNotRun(f"there is no module {module} below {source.catalogue.folder}.", "Run this beside it.")
    if first is None:
        return CouldNotRun(
            f"{source} has no {module}, and no other commit has it: there is nothing to compare with yet.",
            "Commit it first; from then on, changes to it can be compared.",
        )
    return CouldNotRun(
        f"{source} has no {module}: there is nothing to compare with. The first commit that has it is {first}.",
        f"Compare with that one: lookout diff --direct {first.split()[0]}.",
    )


def unsettled(whose: str, path: str, line: int) -> CouldNotRun:
    """Return what is said of a file in which a merge has left its markers."""
    return CouldNotRun(
        f"{path}:{line} of {whose} holds the marks of a merge conflict.", "Settle the conflict first, then run again."
    )


def conflict_line(path: Path) -> int | None:
    """Return the line of a file at which a merge's first mark stands, None where there is none."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return next((number for number, line in enumerate(lines, 1) if line.startswith(_MARKER)), None)


def _cannot_be_built(source: Source) -> str:
    return f"the specs of {source} cannot be built"


def _mend(source: Source) -> str:
    if str(source) == WORKING_TREE:
        return "Mend that, then compare again; `lookout check` tells more."
    return "Mend that in a commit of its own, or compare with a revision whose specs can be built."
