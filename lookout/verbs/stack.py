"""`lookout up`, `preview`, `refresh` and `destroy`: Pulumi on one stack, against real accounts or the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
@click.option("--made", multiple=True, metavar="URN=ID", help="A create that was cut off, and what it made.")
@click.option("--not-made", multiple=True, metavar="URN", help="A create that was cut off and made nothing.")
def up(
    stack: str,
    sandbox: bool,
    more: tuple[str, ...],
    made: tuple[str, ...],
    not_made: tuple[str, ...],
    **flags: bool,
) -> int:
    """Provision everything the specs declare.

    Objects that a killed run made without hearing of it are not made twice: in the sandbox they are found and adopted
    first; for real accounts this stops, lists them, and takes what you found out with --made and --not-made.

    \b
    Example:
        lookout up --stack staging --sandbox --yes
        lookout up --stack prod
    """
    return _run("up", stack, sandbox, flags, more, made=_ids_by_urn(made), not_made=not_made)


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
    made: Mapping[str, str] | None = None,
    not_made: tuple[str, ...] = (),
) -> int:
    from lookout.stack import operations
    from lookout.verbs.sandbox import sandbox_folder, told_as_ours

    given = [f"--{flag.replace('_', '-')}" for flag, is_set in flags.items() if is_set]
    folder = sandbox_folder() if sandbox else None
    operation = operations.Operation(verb, stack, folder, [*given, *more], made or {}, not_made, unprotected)
    with told_as_ours():
        return operations.run(operation, lambda line: click.echo(f"lookout: {line}", err=True))


def _ids_by_urn(pairs: tuple[str, ...]) -> dict[str, str]:
    for pair in pairs:
        if not all(pair.rpartition("=")[::2]):
            raise click.BadParameter(f"{pair!r} is not of the form URN=ID", param_hint="--made")
    return {urn: object_id for urn, _, object_id in (pair.rpartition("=") for pair in pairs)}
