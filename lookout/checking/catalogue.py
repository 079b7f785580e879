"""Reads a catalogue of specs: this repository's, or any module's, with its faults told by place."""

from __future__ import annotations

import importlib.util
import inspect
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any, Final, get_args

from lookout.errors import CouldNotRun
from monitors.rules.notices import SPEC_REFUSED
from monitors.rules.problem import Problem
from monitors.spec import Silence, SpecError, Stack

OURS: Final = "monitors.catalog:stack"
STACK_NAMES: Final[tuple[str, ...]] = get_args(Stack.model_fields["name"].annotation)
_NOT_THE_AUTHORS = (
    "<frozen",
    __file__,
    *(str(Path(inspect.getfile(one)).parent) for one in (traceback, importlib, Stack)),
)


@dataclass(frozen=True)
class Catalogue:
    """The stacks that could be built, the silences beside them, and a problem for each stack that was refused."""

    stacks: tuple[Stack, ...]
    silences: tuple[Silence, ...]
    refused: tuple[Problem, ...]


def read(target: str, wanted: str | None) -> Catalogue:
    """Return what `target`, a `module:attribute`, declares; of the stack `wanted` alone when one is named.

    The attribute is a `Stack`, several, or a function that returns either, with the stack's name as its argument where
    it takes one. Silences are `SILENCES` of the module, or of the module `silences` in it. Raises `CouldNotRun` when
    the catalogue itself breaks down, with file and line.
    """
    module_name, _, attribute = target.partition(":")
    if not module_name or not attribute:
        raise CouldNotRun(f"--catalog is {target!r}, which is not of the form module:attribute", f"Ours is {OURS}.")
    if target != OURS and "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    refused: list[Problem] = []
    found: list[Any] = []
    silences: tuple[Silence, ...] = ()
    # What a catalogue prints while it is read is no part of a report.
    with redirect_stdout(sys.stderr), _Told(target, refused):
        module = importlib.import_module(module_name)
        silences = _silences(module)
        for make in _makers(module, attribute, wanted):
            with _Told(target, refused):
                found.append(make())
    stacks = tuple(_stacks(target, found))
    if wanted is not None:
        stacks = tuple(stack for stack in stacks if stack.name == wanted)
    if not stacks and not refused:
        which = f"no stack {wanted}" if wanted else "no stack"
        raise CouldNotRun(f"{target} holds {which}", "Declare one as a monitors.spec.Stack.")
    return Catalogue(stacks, silences, tuple(dict.fromkeys(refused)))


def runbooks_of(target: str) -> Path | None:
    """Return the folder `runbooks` beside the top package of a catalogue that was read, None when there is none."""
    top = sys.modules.get(target.partition(":")[0].partition(".")[0])
    if top is None or top.__file__ is None:
        return None
    beside = Path(top.__file__).parents[1 if hasattr(top, "__path__") else 0]
    return beside / "runbooks" if (beside / "runbooks").is_dir() else None


class _Told:
    """Turns a refused spec into a problem, and whatever else goes wrong in a catalogue into a message with a place."""

    def __init__(self, target: str, refused: list[Problem]) -> None:
        self._target, self._refused = target, refused

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> bool:
        if fault is None or isinstance(fault, (KeyboardInterrupt, CouldNotRun)):
            return False
        if isinstance(fault, SpecError):
            self._refused.append(refusal(fault))
            return True
        raise CouldNotRun(*_words(self._target, fault)) from None


def refusal(fault: SpecError) -> Problem:
    """Return a refused spec as a problem: every line of the refusal, at the place of the declaration."""
    text = str(fault)
    subject, found, message = text.partition(f" ({fault.place}):")
    if not found:
        subject, message = "spec", text
    return Problem(
        code=SPEC_REFUSED.code,
        level=SPEC_REFUSED.level,
        subject=subject,
        key=f"spec/{subject}",
        field="",
        message="\n".join(line.strip() for line in message.strip().split("\n  ")),
        advice="Mend the declaration; until it can be built, no check has seen the stack it belongs to.",
        place=fault.place,
    )


def _makers(module: ModuleType, attribute: str, wanted: str | None) -> Iterator[Callable[[], Any]]:
    if not hasattr(module, attribute):
        near = get_close_matches(attribute, vars(module), n=1)
        step = f"Did you mean {module.__name__}:{near[0]}?" if near else "Name a Stack, several, or a function."
        raise CouldNotRun(f"the module {module.__name__} has no {attribute!r}", step)
    value = getattr(module, attribute)
    if not callable(value) or isinstance(value, type):
        yield lambda: value
    elif inspect.signature(value).parameters:
        for name in STACK_NAMES if wanted is None else (wanted,):
            yield lambda name=name: value(name)  # type: ignore[misc]  # a default argument binds the loop's value
    else:
        yield value


def _stacks(target: str, found: Iterable[Any]) -> Iterator[Stack]:
    for value in found:
        several = [value] if isinstance(value, Stack) else value
        if not isinstance(several, (list, tuple)) or not all(isinstance(one, Stack) for one in several):
            raise CouldNotRun(
                f"{target} is or returns {_kind(value)}, not a Stack",
                "It has to be a monitors.spec.Stack, a tuple of them, or a function that returns either.",
            )
        yield from several


def _kind(value: object) -> str:
    if isinstance(value, (list, tuple)):
        strange = next(one for one in value if not isinstance(one, Stack))
        return f"a {type(value).__name__} with a {type(strange).__name__} in it"
    return f"a {type(value).__name__}"


def _silences(module: ModuleType) -> tuple[Silence, ...]:
    holder: Any = module
    if not hasattr(module, "SILENCES"):
        name = f"{module.__name__}.silences"
        if not hasattr(module, "__path__") or importlib.util.find_spec(name) is None:
            return ()
        holder = importlib.import_module(name)
    silences = tuple(getattr(holder, "SILENCES", ()))
    strange = [one for one in silences if not isinstance(one, Silence)]
    if strange:
        raise CouldNotRun(f"SILENCES of {holder.__name__} holds a {type(strange[0]).__name__}, not a Silence")
    return silences


def _words(target: str, fault: BaseException) -> tuple[str, str]:
    """Return what is wrong with a catalogue that broke down, with file and line, and what to do."""
    module = target.partition(":")[0]
    if isinstance(fault, ModuleNotFoundError) and fault.name and f"{module}.".startswith(f"{fault.name}."):
        return f"there is no module {fault.name!r} to read {target} from", "Run this where it can be imported from."
    # A SyntaxError's own words repeat the file and the line.
    words = fault.msg if isinstance(fault, SyntaxError) else str(fault)
    reason = (words.splitlines() or [""])[0][:300]
    told = f"the catalogue {target} cannot be read: {type(fault).__name__}: {reason}".rstrip(": ")
    if isinstance(fault, SyntaxError):
        return f"{told}\nat {fault.filename}:{fault.lineno}", "Mend the Python of that line, then check again."
    return f"{told}\nat {_where(fault)}", "Mend what that line does, then check again; specs are built while it runs."


def _where(fault: BaseException) -> str:
    """Return the innermost line of the author's that led to a fault."""
    lines = [
        f"{frame.filename}:{frame.lineno}"
        for frame in traceback.extract_tb(fault.__traceback__)
        if "site-packages" not in frame.filename and not frame.filename.startswith(_NOT_THE_AUTHORS)
    ]
    return lines[-1] if lines else "a line that is not known"
