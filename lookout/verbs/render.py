"""`lookout render`: every dashboard as New Relic would show it, without an account."""

from __future__ import annotations

from pathlib import Path

import click

from lookout.errors import EXIT_FINDINGS, EXIT_FINE
from lookout.output import json_option, print_json

_OUT = Path(".lookout") / "dashboards"


@click.command()
@click.argument("dashboards", nargs=-1, metavar="[DASHBOARD]...")
@click.option(
    "--env",
    "--stack",
    "stack",
    type=click.Choice(["staging", "prod"]),
    default="prod",
    show_default=True,
    help="Whose dashboards.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Recorded data: a file, or a folder of files, as `lookout backtest` takes it.",
)
@click.option("--sample", is_flag=True, help="Draw made-up sample data, which is the default without --data.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=_OUT,
    show_default=True,
    metavar="FOLDER",
    help="Where the files go; it is made where it is missing.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "svg", "png"]),
    default="html",
    show_default=True,
    help="What to write.",
)
@click.option(
    "--theme",
    type=click.Choice(["auto", "light", "dark"]),
    default="auto",
    show_default=True,
    help="Colours; auto follows the reader's system, and is light in a PNG.",
)
@click.option("--now", metavar="TIME", help="The moment that `SINCE 1 hour ago` counts from; the end of the data else.")
@json_option
def command(
    dashboards: tuple[str, ...],
    stack: str,
    data: Path | None,
    sample: bool,
    out: Path,
    form: str,
    theme: str,
    now: str | None,
    as_json: bool,
) -> int:
    """Draw dashboards as New Relic would show them, without an account.

    DASHBOARD is a dashboard's key; all of the stack are drawn where none is named. A page of HTML stands alone: it
    loads nothing, and every number of a chart is in it. Pictures are one for each page of a dashboard; PNG needs
    Chromium. Files that this verb did not write are never written over.

    \b
    Example:
        lookout render
        lookout render errors performance --data week --now 2026-10-09T13:00
        lookout render --format svg --theme dark --out pictures

    Exit codes: 0 drawn, 1 a widget's query could not be evaluated and its box says why, 2 the command could not run.
    """
    if sample and data is not None:
        raise click.UsageError("--sample and --data name two kinds of data; leave one of them out.")
    from lookout.rendering.progress import shown_progress
    from lookout.rendering.question import Question
    from lookout.rendering.run import render
    from lookout.rendering.telling import document, lines

    question = Question(dashboards, stack, data, out, form, theme, now)  # type: ignore[arg-type]  # click has checked
    with shown_progress() as told:
        found = render(question, told)
    if as_json:
        print_json(document(found))
    else:
        click.echo("\n".join(lines(found)))
    return EXIT_FINDINGS if found.refused else EXIT_FINE
