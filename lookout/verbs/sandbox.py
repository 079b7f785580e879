"""`lookout sandbox`: the local account that stands in for Render, New Relic and PagerDuty."""

from __future__ import annotations

import dataclasses
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lookout.errors import CouldNotRun
from lookout.output import json_option, print_json

if TYPE_CHECKING:
    from sandbox.lifecycle import Status

FOLDER_VARIABLE = "LOOKOUT_SANDBOX_FOLDER"
_CHECKOUT = Path(__file__).resolve().parents[2]


def sandbox_folder() -> Path:
    """Return where this checkout's sandbox keeps its state: `.lookout/sandbox`, or `$LOOKOUT_SANDBOX_FOLDER`."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).expanduser().absolute() if named else _CHECKOUT / ".lookout" / "sandbox"


@click.group(name="sandbox")
def command() -> None:
    """Start, stop and look at the local account that stands in for Render, New Relic and PagerDuty.

    Its state is kept in .lookout/sandbox of the checkout, or in the folder LOOKOUT_SANDBOX_FOLDER names.

    \b
    Example:
        lookout sandbox start
        lookout sandbox status
        eval "$(lookout sandbox environment)"
    """


@command.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port on 127.0.0.1 [default: the last one, else a free one]."
)
@click.option(
    "--idle-minutes",
    type=click.IntRange(1),
    default=480,
    show_default=True,
    help="Stop by itself after this long without a request; its state stays.",
)
@json_option
def start(port: int | None, idle_minutes: int, as_json: bool) -> None:
    """Start the sandbox, or say where it runs when it does already.

    \b
    Example:
        lookout sandbox start --port 8181
    """
    from sandbox import lifecycle

    with told_as_ours():
        sandbox = lifecycle.start(sandbox_folder(), port=port, idle_minutes=idle_minutes)
    if as_json:
        print_json(
            {"url": sandbox.url, "port": sandbox.port, "pid": sandbox.pid, "already_running": sandbox.already_running}
        )
        return
    click.echo(f"The sandbox {'already runs' if sandbox.already_running else 'runs'} at {sandbox.url}")


@command.command()
@json_option
def stop(as_json: bool) -> None:
    """Stop the sandbox; what it holds is kept for the next start.

    \b
    Example:
        lookout sandbox stop
    """
    from sandbox import lifecycle

    with told_as_ours():
        stopped = lifecycle.stop(sandbox_folder())
    if as_json:
        print_json({"stopped": stopped})
        return
    click.echo("The sandbox is stopped; its state is kept." if stopped else "The sandbox was not running.")


@command.command(short_help="Say whether the sandbox runs, where, and what it holds.")
@json_option
def status(as_json: bool) -> None:
    """Say whether the sandbox runs, where, and how much the account holds.

    \b
    Example:
        lookout sandbox status --json
    """
    from sandbox import lifecycle

    with told_as_ours():
        found = lifecycle.status(sandbox_folder())
    if as_json:
        print_json(_as_data(found))
        return
    for line in _status_lines(found):
        click.echo(line)


@command.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Stop the sandbox and delete everything it holds.

    \b
    Example:
        lookout sandbox reset --yes
    """
    from sandbox import lifecycle

    folder = sandbox_folder()
    if not yes and not _confirmed(f"Delete everything the sandbox in {folder} holds?"):
        click.echo("Nothing was deleted.")
        return
    with told_as_ours():
        lifecycle.reset(folder)
    click.echo("The sandbox is empty. `lookout sandbox start` starts it anew.")


@command.command(short_help="Print what makes `pulumi` in this shell use the sandbox.")
@json_option
def environment(as_json: bool) -> None:
    """Print the variables that make plain `pulumi up` in this shell work on the sandbox.

    \b
    Example:
        eval "$(lookout sandbox environment)"
        pulumi preview
    """
    from lookout.stack.environment import sandbox_environment

    with told_as_ours():
        variables = sandbox_environment(sandbox_folder())
    if as_json:
        print_json(variables)
        return
    click.echo('# Use it like this: eval "$(lookout sandbox environment)"')
    for name, value in variables.items():
        click.echo(f"export {name}={shlex.quote(value)}")


@contextmanager
def told_as_ours() -> Iterator[None]:
    """Turn a fault of the sandbox, whose text says what to do, into one the command shows."""
    from sandbox.lifecycle import SandboxError

    try:
        yield
    except SandboxError as error:
        raise CouldNotRun(str(error)) from error


def _confirmed(question: str) -> bool:
    try:
        return click.confirm(question, err=True)
    except click.Abort as no_answer:
        if isinstance(no_answer.__cause__, KeyboardInterrupt):
            raise
        raise CouldNotRun(
            "nobody is there to answer.", "Run it with --yes to delete without being asked."
        ) from no_answer


def _as_data(found: Status) -> dict[str, object]:
    return {name: str(value) if isinstance(value, Path) else value for name, value in dataclasses.asdict(found).items()}


def _status_lines(found: Status) -> Iterator[str]:
    yield f"The sandbox runs at {found.url} (process {found.pid})" if found.running else "The sandbox is not running."
    for vendor, kinds in found.counts.items():
        held = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        yield f"  {vendor}: {held or 'nothing'}"
    if not found.running:
        yield "`lookout sandbox start` starts it."
