"""One look at the accounts: Pulumi's reading, then what was made by hand."""

from __future__ import annotations

from datetime import datetime

from lookout.drift import sandbox, vendors
from lookout.drift.comparing import drift
from lookout.drift.reading import read
from lookout.stack.account import Account
from lookout.stack.environment import load_stack
from lookout.stack.operations import Operation, prepare
from monitors.review.changes import Diff


def run(stack_name: str, in_sandbox: bool, at: datetime) -> Diff:
    """Return what differs in the accounts from what is declared. Raises `CouldNotRun`, having changed nothing."""
    from lookout.verbs.sandbox import sandbox_folder, told_as_ours

    declared = load_stack(stack_name)
    with told_as_ours():
        operation = Operation("preview", stack_name, sandbox_folder() if in_sandbox else None)
        pulumi = prepare(operation, lambda line: None)
    reading = read(pulumi, stack_name)
    if in_sandbox:
        account = Account(pulumi.environment["LOOKOUT_SANDBOX_URL"], pulumi.environment["LOOKOUT_SANDBOX_TOKEN"])
        return drift(declared, reading, sandbox.inventory(account), at)
    return drift(declared, reading, vendors.inventory(reading), at)
