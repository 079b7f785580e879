"""`lookout up`, `preview`, `refresh` and `destroy`: Pulumi on one stack, against real accounts or the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def _common(command: Command) -> Command:
    for option in (
        click.argument("more", nargs=-1, type=click.UNPROCESSED, metavar="[-- PULUMI OPTIONS]"),
        click.option("--json", "as_json", is_flag=True, help="Print Pulumi's JSON, for programs."),
        click.option("--sandbox", is_flag=True, help="Work on the local account instead of real ones."),
        click.option("--stack", required=True, help="The environment: staging or prod."),
    ):
        command = option(command)
    return command


def _yes(command: Command) -> Command:
    return click.option("--yes", is_flag=True, help="Do not ask.")(command)


def _expect_no_changes(command: Command) -> Command:
    return click.option("--expect-no-changes", is_flag=True, help="Answer with code 1 when something would change.")(
        command
    )


@click.command()
@_expect_no_changes
@click.option("--diff", is_flag=True, help="Show every property that would change.")
@_common
def preview(
    stack: str, sandbox: bool, as_json: bool, more: tuple[str, ...], diff: bool, expect_no_changes: bool
) -> int:
    """Show what `up` would change, and change nothing.

    \b
    Example:
        lookout preview --stack staging --sandbox
        lookout preview --stack prod --diff
    """
    chosen = {"--diff": diff, "--json": as_json, "--expect-no-changes": expect_no_changes}
    return _run("preview", stack, sandbox, chosen, more)


@click.command()
@_yes
@click.option("--skip-preview", is_flag=True, help="Do not show first what would change.")
@_expect_no_changes
@_common
def up(
    stack: str,
    sandbox: bool,
    as_json: bool,
    more: tuple[str, ...],
    yes: bool,
    skip_preview: bool,
    expect_no_changes: bool,
) -> int:
    """Provision everything the specs declare.

    In the sandbox, objects that a killed run made without hearing of it are found and adopted first.

    \b
    Example:
        lookout up --stack staging --sandbox --yes
        lookout up --stack prod
    """
    chosen = {
        "--yes": yes,
        "--skip-preview": skip_preview,
        "--json": as_json,
        "--expect-no-changes": expect_no_changes,
    }
    return _run("up", stack, sandbox, chosen, more)


@click.command()
@_yes
@click.option("--skip-preview", is_flag=True, help="Do not show first what would change.")
@_expect_no_changes
@_common
def refresh(
    stack: str,
    sandbox: bool,
    as_json: bool,
    more: tuple[str, ...],
    yes: bool,
    skip_preview: bool,
    expect_no_changes: bool,
) -> int:
    """Read the accounts' real state back, so that the next `up` mends what was changed by hand.

    \b
    Example:
        lookout refresh --stack staging --sandbox --yes
    """
    chosen = {
        "--yes": yes,
        "--skip-preview": skip_preview,
        "--json": as_json,
        "--expect-no-changes": expect_no_changes,
    }
    return _run("refresh", stack, sandbox, chosen, more)


@click.command()
@_yes
@click.option(
    "--including-stores", is_flag=True, help="Delete the databases too, with their data and backups (sandbox only)."
)
@_common
def destroy(stack: str, sandbox: bool, as_json: bool, more: tuple[str, ...], yes: bool, including_stores: bool) -> int:
    """Remove everything that was provisioned; the databases stay unless you say otherwise.

    \b
    Example:
        lookout destroy --stack staging --sandbox --yes
        lookout destroy --stack staging --sandbox --yes --including-stores
    """
    chosen = {"--yes": yes, "--json": as_json, "--exclude-protected": not including_stores}
    return _run("destroy", stack, sandbox, chosen, more, unprotected=including_stores)


def _run(
    verb: str,
    stack: str,
    sandbox: bool,
    chosen: dict[str, bool],
    more: tuple[str, ...],
    *,
    unprotected: bool = False,
) -> int:
    from lookout.stack import operations
    from lookout.verbs.sandbox import sandbox_folder, told_as_ours

    flags = [flag for flag, is_set in chosen.items() if is_set]
    operation = operations.Operation(verb, stack, sandbox_folder() if sandbox else None, [*flags, *more])
    with told_as_ours():
        if unprotected:
            operations.unprotect(operation)
        return operations.run(operation, lambda line: click.echo(f"lookout: {line}", err=True))
