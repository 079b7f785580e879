"""`lookout drift`: what the accounts hold against what is declared."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from lookout.errors import EXIT_FINDINGS, EXIT_FINE
from lookout.output import json_option

_FORMATS = ("text", "json", "md", "html")


@click.command()
@click.option("--stack", required=True, type=click.Choice(["staging", "prod"]), help="Which environment.")
@click.option("--sandbox", is_flag=True, help="Look at the local account instead of real ones.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How to print: text for people is the default.")
@json_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead.")
def command(stack: str, sandbox: bool, form: str | None, as_json: bool, out: Path | None) -> int:
    """Show what the accounts hold against what is declared, and what somebody made by hand.

    Pulumi asks every provider for every object; nothing is changed, in no account and in no state. `before` is what the
    specs declare, `after` what the accounts hold. Objects that nobody declared are told of where they touch ours.

    \b
    Example:
        lookout drift --stack staging --sandbox
        lookout drift --stack prod --format md --out drift.md

    Exit codes: 0 the accounts are as declared, 1 they are not, 2 the command could not run.
    """
    from lookout.diffing.output import chosen_format, write
    from lookout.drift.running import run

    diff = run(stack, sandbox, datetime.now(UTC))
    write(diff, chosen_format(form, as_json), out)
    return EXIT_FINDINGS if diff.changes else EXIT_FINE
