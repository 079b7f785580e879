"""`lookout up`, `preview`, `refresh` and `destroy`: Pulumi on one stack, against real accounts or the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

# A flag's parameter has the name of Pulumi's own flag, so that the verbs can hand all of them over as they are.
_FLAGS = {
    "yes": "Do not ask.",
    "skip_preview": "Do not show first what would change.",
    "expect_no_changes": "Answer with code 1 when something would change.",
    "diff": "Show every property that would change.",
    "json": "Print Pulumi's JSON, for programs.",
}


def _options(*flags: str) -> Callable[[Command], Command]:
    """Give a verb the stack, the choice of account, the named flags, and Pulumi's own options behind `--`."""

    def decorate(command: Command) -> Command:
        command = click.argument("more", nargs=-1, type=click.UNPROCESSED, metavar="[-- PULUMI OPTIONS]")(command)
        for flag in reversed(flags):
            command = click.option(f"--{flag.replace('_', '-')}", flag, is_flag=True, help=_FLAGS[flag])(command)
        sandbox = click.option("--sandbox", is_flag=True, help="Work on the local account instead of real ones.")
        return click.option("--stack", required=True, help="The environment: staging or prod.")(sandbox(command))

    return decorate


@click.command()
@_options("diff", "expect_no_changes", "json")
def preview(stack: str, sandbox: bool, more: tuple[str, ...], **flags: bool) -> int:
    """Show what `up` would change, and change nothing.

    \b
    Example:
        lookout preview --stack staging --sandbox
        lookout preview --stack prod --diff
    """
    return _run("preview", stack, sandbox, flags, more)


@click.command()
@_options("yes", "skip_preview", "expect_no_changes", "json")
def up(stack: str, sandbox: bool, more: tuple[str, ...], **flags: bool) -> int:
    """Provision everything the specs declare.

    In the sandbox, objects that a killed run made without hearing of it are found and adopted first.

    \b
    Example:
        lookout up --stack staging --sandbox --yes
        lookout up --stack prod
    """
    return _run("up", stack, sandbox, flags, more)


@click.command()
@_options("yes", "skip_preview", "expect_no_changes", "json")
def refresh(stack: str, sandbox: bool, more: tuple[str, ...], **flags: bool) -> int:
    """Read the accounts' real state back, so that the next `up` mends what was changed by hand.

    \b
    Example:
        lookout refresh --stack staging --sandbox --yes
    """
    return _run("refresh", stack, sandbox, flags, more)


@click.command()
@_options("yes", "json")
@click.option(
    "--including-stores", is_flag=True, help="Delete the stores too, with all data and backups; sandbox only."
)
def destroy(stack: str, sandbox: bool, more: tuple[str, ...], including_stores: bool, **flags: bool) -> int:
    """Remove everything that was provisioned; databases and key-value stores stay unless you say otherwise.

    \b
    Example:
        lookout destroy --stack staging --sandbox --yes
        lookout destroy --stack staging --sandbox --yes --including-stores
    """
    kept = {"exclude_protected": not including_stores}
    return _run("destroy", stack, sandbox, flags | kept, more, unprotected=including_stores)


def _run(
    verb: str,
    stack: str,
    sandbox: bool,
    flags: dict[str, bool],
    more: tuple[str, ...],
    *,
    unprotected: bool = False,
) -> int:
    from lookout.stack import operations
    from lookout.verbs.sandbox import sandbox_folder, told_as_ours

    given = [f"--{flag.replace('_', '-')}" for flag, is_set in flags.items() if is_set]
    operation = operations.Operation(verb, stack, sandbox_folder() if sandbox else None, [*given, *more])
    with told_as_ours():
        if unprotected:
            operations.unprotect(operation)
        return operations.run(operation, lambda line: click.echo(f"lookout: {line}", err=True))
