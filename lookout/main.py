"""`lookout`: the one command. Each verb is imported only when it is used, so that help answers at once."""

from __future__ import annotations

import difflib
import importlib
import io
import os
import sys
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from lookout.errors import (
    EXIT_COULD_NOT_RUN,
    EXIT_FINE,
    EXIT_INTERRUPTED,
    EXIT_READER_GONE,
    CouldNotRun,
)

ERROR_LOG = Path(__file__).resolve().parent.parent / ".lookout" / "last-error.log"
DEBUG_VARIABLE = "LOOKOUT_DEBUG"


@dataclass(frozen=True)
class Verb:
    """Where a verb's command is, as `module:attribute`, and the line `lookout --help` shows for it."""

    target: str
    summary: str
    hidden: bool = False


VERBS: dict[str, Verb] = {
    "check": Verb("lookout.verbs.check:command", "Prove the specs: queries, thresholds, routing, dashboards."),
    "test": Verb("lookout.verbs.test:command", "Unit-test every alert, and score the tests by mutation."),
    "backtest": Verb("lookout.verbs.backtest:command", "Replay recorded data through every alert."),
    "who": Verb("lookout.verbs.who:command", "Prove who is paged: by which path, when, and whom next."),
    "diff": Verb("lookout.verbs.diff:command", "Show what a change means for the people on call."),
    "drift": Verb("lookout.verbs.drift:command", "Show what the accounts hold against what is declared."),
    "render": Verb("lookout.verbs.render:command", "Draw dashboards as New Relic would show them."),
    "sandbox": Verb("lookout.verbs.sandbox:command", "Start, stop and look at the local account."),
    "preview": Verb("lookout.verbs.stack:preview", "Show what `up` would change."),
    "up": Verb("lookout.verbs.stack:up", "Provision everything the specs declare."),
    "refresh": Verb("lookout.verbs.stack:refresh", "Read the accounts' real state back."),
    "destroy": Verb("lookout.verbs.stack:destroy", "Remove everything that was provisioned."),
    "first-run": Verb("lookout.verbs.first_run:command", "What `make sandbox` does after the set-up.", hidden=True),
}


class _ReaderGone(Exception):
    """Whoever read our output stopped. Click would end with 1 at the pipe's own error, and 1 means findings here."""


class VerbGroup(click.Group):
    """A click group that knows its verbs by name and imports the one that is called."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read the options, of which `--help` and `--version` print. Raises `_ReaderGone`."""
        try:
            return super().make_context(*args, **options)
        except BrokenPipeError as gone:
            raise _ReaderGone from gone

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb. Raises `_ReaderGone`."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as gone:
            raise _ReaderGone from gone

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one verb's command; None when there is no such verb."""
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        module, _, attribute = verb.target.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{verb.target} is no click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs from the table, importing none of them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, verb.summary) for name, verb in VERBS.items() if not verb.hidden])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which was likely meant. Raises `click.UsageError`."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            raise click.UsageError(_unknown_verb(args[0]), ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=VerbGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lookout", message="%(prog)s %(version)s")
def cli() -> None:
    """Provision an AI service with everything that watches it, and prove who is woken before it ships.

    \b
    Example, on a machine with no account:
        make sandbox
        .venv/bin/lookout sandbox status

    Exit codes: 0 all is well, 1 something was found, 2 the command could not run.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run the command line (`sys.argv` when no arguments are given) and return its exit code; nothing is raised."""
    _make_streams_safe()
    try:
        answer = cli.main(args=arguments, prog_name="lookout", standalone_mode=False)
        sys.stdout.flush()
    except CouldNotRun as fault:
        _complain(str(fault))
        return EXIT_COULD_NOT_RUN
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show()
        return EXIT_COULD_NOT_RUN
    except click.ClickException as fault:
        _complain(_usage_fault(fault))
        return EXIT_COULD_NOT_RUN
    except (click.Abort, KeyboardInterrupt):
        _complain("stopped")
        return EXIT_INTERRUPTED
    except (_ReaderGone, BrokenPipeError):
        _silence_stdout()
        return EXIT_READER_GONE
    except SystemExit as leaving:
        return _code_of(leaving.code)
    except Exception as fault:
        return _output_lost(fault) or _unexpected(fault)
    return _code_of(answer)


def _code_of(answer: object) -> int:
    """Return the exit code a verb meant: an int it returned or left with, anything else is fine."""
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else EXIT_FINE


def _unknown_verb(name: str) -> str:
    known = [verb for verb, entry in VERBS.items() if not entry.hidden]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    step = f"Did you mean `lookout {near[0]}`?" if near else "`lookout --help` lists the verbs."
    return f"there is no verb {name!r}. {step}"


def _usage_fault(fault: click.ClickException) -> str:
    context = getattr(fault, "ctx", None)
    hint = f"\n`{context.command_path} --help` shows how it is used." if context and context.parent else ""
    return f"{fault.format_message()}{hint}"


def _make_streams_safe() -> None:
    """Let nothing fail for a stream that the caller has closed, or for a letter that the output's encoding lacks."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, "r+", encoding="utf-8")  # noqa: SIM115 - it is open until the process ends
            setattr(sys, name, nowhere)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _output_lost(fault: Exception) -> int | None:
    """Tell that standard output takes nothing more, as on a full disk, and return the exit code; None where it does."""
    if not isinstance(fault, OSError):
        return None
    try:
        # A stream forgets what it could not write, so that only a new line shows whether it was at fault.
        print(flush=True)
    except OSError as refused:
        _complain(f"standard output cannot be written: {refused.strerror}\nMake room, or send it elsewhere.")
        _silence_stdout()
        return EXIT_COULD_NOT_RUN
    return None


def _complain(text: str) -> None:
    from lookout.output import is_watched, printable

    told = "\n".join(map(printable, text.split("\n")))
    try:
        click.secho(f"lookout: {told}", fg="red", err=True, color=is_watched(sys.stderr))
    except OSError:
        return  # Standard error is full or gone: the exit code alone can tell.


def _unexpected(fault: Exception) -> int:
    """Tell of a fault of our own in one line, and keep its trace for whoever mends it."""
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(fault)
        return EXIT_COULD_NOT_RUN
    first_line = (str(fault).splitlines() or [""])[0][:200]
    told = f"an unexpected {type(fault).__name__} stopped this: {first_line}".rstrip(": ")
    _complain(f"{told}\n{_keep_trace(fault)}")
    return EXIT_COULD_NOT_RUN


def _keep_trace(fault: Exception) -> str:
    """Write the trace where only this user can read it; return the line that says where, or why it could not be."""
    text = f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{''.join(traceback.format_exception(fault))}"
    try:
        ERROR_LOG.parent.mkdir(parents=True, exist_ok=True)
        ERROR_LOG.unlink(missing_ok=True)
        descriptor = os.open(ERROR_LOG, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as log:
            log.write(text)
    except OSError as error:
        return f"Its trace could not be kept ({error}); {DEBUG_VARIABLE}=1 shows it."
    return f"Its trace is in {ERROR_LOG}; {DEBUG_VARIABLE}=1 shows it here."


def _silence_stdout() -> None:
    """Point standard output nowhere, so that the interpreter's last flush does not complain of the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
