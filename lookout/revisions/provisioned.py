"""The specs that a stack was last provisioned from, as the program wrote them down among its outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lookout.errors import CouldNotRun

OUTPUT: Final = "specs"


@dataclass(frozen=True)
class Provisioned:
    """What was provisioned, by what people call it; `document` is what the specs were written down as."""

    name: str
    document: Mapping[str, Any]

    def __str__(self) -> str:
        """Return what people call it."""
        return self.name


def read(stack_name: str, *, in_sandbox: bool) -> Provisioned:
    """Return the specs of the last `up` that went through, from Pulumi's state; no account is asked.

    Raises `CouldNotRun` when the state is not to be had or holds no specs.
    """
    from lookout.stack.operations import Operation, prepare
    from lookout.verbs.sandbox import sandbox_folder, told_as_ours

    with told_as_ours():
        pulumi = prepare(Operation("preview", stack_name, sandbox_folder() if in_sandbox else None), lambda line: None)
    where = " --sandbox" if in_sandbox else ""
    again = f"Run `lookout up --stack {stack_name}{where}` once; from then on the state knows its specs."
    outputs = pulumi.read(["stack", "output", "--json", "--show-secrets", "--stack", stack_name])
    return Provisioned(f"what is provisioned in {stack_name}", _document(stack_name, outputs, again))


def _document(stack_name: str, outputs: str, again: str) -> Mapping[str, Any]:
    from monitors.spec.written import unpacked  # with the whole vocabulary, which others do not wait for

    text = json.loads(outputs).get(OUTPUT)
    if text is None:
        raise CouldNotRun(f"the state of {stack_name} does not say which specs it was provisioned from.", again)
    try:
        return unpacked(text)
    except ValueError as fault:
        raise CouldNotRun(f"the specs in the state of {stack_name} cannot be read: {fault}.", again) from fault
