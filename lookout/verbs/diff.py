"""`lookout diff`: what a change means for the people on call."""

from __future__ import annotations

from pathlib import Path

import click

from lookout.errors import EXIT_FINDINGS, EXIT_FINE, CouldNotRun
from lookout.output import json_option

_FORMATS = ("text", "json", "md", "html")
_DANGERS = ("low", "medium", "high")


@click.command()
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option("--direct", is_flag=True, help="Compare BASE itself, not the commit at which HEAD left it.")
@click.option("--env", "--stack", "stack", type=click.Choice(["staging", "prod"]), help="Compare one of both alone.")
@click.option("--provisioned", is_flag=True, help="Compare with what --stack was last provisioned from.")
@click.option("--sandbox", is_flag=True, help="With --provisioned: in the local account instead of real ones.")
@click.option("--catalog", metavar="MODULE:ATTRIBUTE", help="Compare another catalogue than monitors.catalog.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Recorded data, to tell how often alerts would have opened; what DATA is to `lookout backtest`.",
)
@click.option("--at", metavar="TIME", help="Count weeks from here instead of now, for output that repeats.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How to print: text for people is the default.")
@json_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write to a file.")
@click.option("--fail-on", type=click.Choice(_DANGERS), help="Answer with code 1 to a change so dangerous, or more.")
def command(
    base: str | None,
    head: str | None,
    direct: bool,
    stack: str | None,
    provisioned: bool,
    sandbox: bool,
    catalog: str | None,
    data: Path | None,
    at: str | None,
    form: str | None,
    as_json: bool,
    out: Path | None,
    fail_on: str | None,
) -> int:
    """Show what a change means for the people on call.

    Compares the specs of two git revisions, offline and without any secret: BASE, which is origin/main or main when it
    is left out, with HEAD, which is the working tree with what is not committed yet. As in a pull request, BASE is
    taken at the commit at which HEAD left it.

    With --provisioned the old side are the specs of the last `lookout up` that went through, as Pulumi's state has
    them; the one name that can be given is the new side's.

    \b
    Example:
        lookout diff
        lookout diff main my-branch --env prod
        lookout diff v1.4 v1.5 --direct --format html --out diff.html
        lookout diff origin/main --format md --fail-on high
        lookout diff --provisioned --stack staging --sandbox

    Exit codes: 0 compared, whatever was found, 1 --fail-on found something, 2 the command could not run.
    """
    from lookout.diffing.output import chosen_format, write
    from lookout.diffing.question import Question, answer, moment
    from lookout.diffing.sides import Provisioning, chosen_sides
    from lookout.garbage import without_collecting

    form = chosen_format(form, as_json)
    if sandbox and not provisioned:
        raise CouldNotRun("--sandbox says where --provisioned looks.", "Add --provisioned, or leave --sandbox out.")
    question = Question(stack, data, moment(at))
    provisioning = Provisioning(stack, sandbox) if provisioned else None
    with without_collecting():
        found = answer(chosen_sides(base, head, direct, catalog, provisioning), question)
    write(found.diff, form, out, found.contexts, None if data is None else data.name)
    from monitors.review.changes import Danger  # it brings the vocabulary, which is imported while catalogues are read

    return EXIT_FINDINGS if fail_on is not None and found.diff.worst >= Danger[fail_on.upper()] else EXIT_FINE
