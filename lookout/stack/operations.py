"""Up, preview, refresh and destroy of a stack by Pulumi itself, after settling what a killed run left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lookout.errors import EXIT_COULD_NOT_RUN, EXIT_FINDINGS, EXIT_FINE, CouldNotRun
from lookout.stack.account import Account
from lookout.stack.environment import account_pulumi, load_stack, sandbox_pulumi
from lookout.stack.locks import locks_in, refuse_live_locks
from lookout.stack.pending import Outcome, Unfinished, decide, match, read_unfinished, settle
from lookout.stack.places import Places
from lookout.stack.pulumi_cli import Pulumi

_PULUMI_FOUND_CHANGES = 7  # Pulumi's own code for changes where --expect-no-changes expected none
_CHANGING = ("up", "refresh", "destroy")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Operation:
    """One run: `verb` is Pulumi's own, `options` go to Pulumi as they are; `sandbox` None means real accounts.

    `made` (ids by URN) and `not_made` are what a person found out about creates that were cut off in a real account.
    `unprotected` takes the protection off every resource first, so that a destroy takes the stores too.
    """

    verb: str
    stack: str
    sandbox: Path | None
    options: Sequence[str] = field(default_factory=tuple)
    made: Mapping[str, str] = field(default_factory=dict)
    not_made: Sequence[str] = ()
    unprotected: bool = False


def run(operation: Operation, say: Say) -> int:
    """Prepare it and run it in front of the person; return the exit code of ours.

    Raises `CouldNotRun` before anything is changed, when it cannot begin.
    """
    return execute(prepare(operation, say), operation)


def prepare(operation: Operation, say: Say) -> Pulumi:
    """Return a Pulumi for the operation, with what an interrupted run left behind settled. Raises `CouldNotRun`."""
    if operation.sandbox is None and operation.unprotected:
        raise CouldNotRun(
            "stores of a real account are never unprotected by this command.",
            f"Do it yourself, knowing what is lost: `pulumi state unprotect --all --stack {operation.stack}`.",
        )
    specs = load_stack(operation.stack)
    if operation.sandbox is None:
        pulumi = account_pulumi()
        _settle_decided(pulumi, operation, say)
        return pulumi
    pulumi = sandbox_pulumi(operation.sandbox, specs)
    _settle_interrupted(pulumi, operation, Places(operation.sandbox), say)
    if operation.unprotected:
        pulumi.read(["state", "unprotect", "--all", "--yes", "--stack", operation.stack])
    return pulumi


def execute(pulumi: Pulumi, operation: Operation) -> int:
    """Run it in front of the person and return the exit code of ours: 0 fine, 1 findings, 2 could not run."""
    code = pulumi.shown([operation.verb, "--stack", operation.stack, *operation.options])
    return {0: EXIT_FINE, _PULUMI_FOUND_CHANGES: EXIT_FINDINGS}.get(code, EXIT_COULD_NOT_RUN)


def _settle_interrupted(pulumi: Pulumi, operation: Operation, places: Places, say: Say) -> None:
    """Free the stack of a dead run's lock and adopt what it made without hearing of it."""
    locks = locks_in(places.locks(operation.stack))
    refuse_live_locks(operation.stack, locks)
    if operation.verb not in _CHANGING:
        return
    if locks:
        pulumi.read(["cancel", "--yes", "--stack", operation.stack])
        say(f"an earlier run on {operation.stack} was killed (process {locks[0].pid}); its lock is taken away")
    unfinished = read_unfinished(pulumi, operation.stack)
    if not unfinished.pending:
        return
    account = Account(pulumi.environment["LOOKOUT_SANDBOX_URL"], pulumi.environment["LOOKOUT_SANDBOX_TOKEN"])
    _settle(pulumi, operation, unfinished, match(unfinished, account.find), say)


def _settle_decided(pulumi: Pulumi, operation: Operation, say: Say) -> None:
    """Stop before a real account could get an object twice, unless a person has told what became of each."""
    if operation.verb != "up":
        return
    unfinished = read_unfinished(pulumi, operation.stack)
    outcomes = decide(unfinished, operation.made, operation.not_made)
    if outcomes:
        _settle(pulumi, operation, unfinished, outcomes, say)


def _settle(
    pulumi: Pulumi, operation: Operation, unfinished: Unfinished, outcomes: Sequence[Outcome], say: Say
) -> None:
    settle(pulumi, operation.stack, unfinished, outcomes)
    for line in _told(outcomes):
        say(line)


def _told(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        name = f"{outcome.pending.name} ({outcome.object_id})"
        if outcome.is_adopted:
            yield f"adopted {name}: it was made, and its answer was lost"
        elif outcome.object_id is not None:
            yield f"{name} is there twice: a killed run made it, and a later one again. Delete this one in the account."
    unmade = sorted(outcome.pending.name for outcome in outcomes if _was_not_made(outcome))
    if unmade:
        yield f"not made before the earlier run was killed: {', '.join(unmade)}"


def _was_not_made(outcome: Outcome) -> bool:
    known_to_its_provider = outcome.pending.is_found_by_its_provider
    return outcome.object_id is None and not known_to_its_provider and not outcome.is_repeated
