"""`lookout backtest`: recorded data through every alert, and what would have come of it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lookout.errors import EXIT_FINE, CouldNotRun
from lookout.output import json_option, print_json

if TYPE_CHECKING:
    from monitors.backtest.result import Backtest

_MOST_BRIEF_MINUTES = 7 * 24 * 60  # a week; what is longer is not brief
_TRY = "`lookout backtest --sample DIR` writes a made-up week to try it with."


@click.command()
@click.argument("data", required=False, type=click.Path(path_type=Path))
@click.option(
    "--stack", type=click.Choice(["staging", "prod"]), default="prod", show_default=True, help="Whose alerts."
)
@click.option("--alert", "alerts", multiple=True, metavar="KEY", help="Replay this alert alone; can be repeated.")
@click.option("--since", metavar="TIME", help="Report from here on; what is before only warms the windows up.")
@click.option("--until", metavar="TIME", help="Stop here, as if the data ended.")
@click.option(
    "--brief-minutes",
    type=click.FloatRange(0, _MOST_BRIEF_MINUTES),
    default=5,
    show_default=True,
    help="Call an incident brief when its trouble was over so soon: a hint at a false alarm.",
)
@json_option
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the timeline as a page.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Write the timeline as a picture.")
@click.option(
    "--sample", type=click.Path(path_type=Path, file_okay=False), help="Write a made-up week into a folder, and stop."
)
def command(
    data: Path | None,
    stack: str,
    alerts: tuple[str, ...],
    since: str | None,
    until: str | None,
    brief_minutes: float,
    as_json: bool,
    html: Path | None,
    svg: Path | None,
    sample: Path | None,
) -> int:
    """Replay recorded data through every alert of a stack.

    DATA is a file of JSON lines, Parquet or CSV, or a folder of such files: what the service emitted, as New Relic
    kept it.
    Shown is how often each alert would have opened, for how long, who would have been told, and which were open
    together. Times are ISO 8601, such as 2026-10-06T03:00; without an offset they are on the clocks of the people on
    call, as everything that is shown.

    \b
    Example, with data that is made up:
        lookout backtest --sample week
        lookout backtest week --html timeline.html

    Exit codes: 0 it ran, whatever it found (incidents of the past are no fault), 2 it could not run.
    """
    if sample is not None:
        return _write_sample(sample, stack, asked_for=data)
    if not math.isfinite(brief_minutes):
        raise click.BadParameter(f"{brief_minutes} is no number of minutes.", param_hint="--brief-minutes")
    if data is None:
        raise CouldNotRun("there is no data to replay: name a file or folder.", _TRY)
    from lookout.backtesting.pictures import check_targets, write_pictures
    from lookout.backtesting.question import Question, ask

    check_targets(data, html, svg)
    found = ask(Question(data, stack, alerts, since, until, brief_minutes))
    write_pictures(found, html, svg)
    _show(found, html, svg, as_json=as_json)
    return EXIT_FINE


def _show(found: Backtest, html: Path | None, svg: Path | None, *, as_json: bool) -> None:
    if as_json:
        from monitors.backtest.document import document

        print_json(document(found))
        return
    from lookout.backtesting.screen import show
    from lookout.output import console

    out = console()
    show(found, out)
    for path in filter(None, (html, svg)):
        out.print(f"Timeline: {path}", markup=False)


def _write_sample(folder: Path, stack: str, asked_for: Path | None) -> int:
    if asked_for is not None:
        raise CouldNotRun("--sample writes data and replays none.", "Leave DATA out, then run again without --sample.")
    from monitors import catalog
    from monitors.backtest.sample import TROUBLES, write_sample

    try:
        written = write_sample(folder, catalog.stack(stack))
    except OSError as error:
        raise CouldNotRun(f"the sample cannot be written to {folder}: {error.strerror or error}.") from error
    rows = sum(written.rows.values())
    click.echo(f"Wrote a made-up week of {stack} to {folder}: {rows:,} rows in {', '.join(written.rows)}.")
    click.echo(f"Nobody measured it; {len(TROUBLES)} troubles are in it, told in {folder / 'README.md'}.")
    click.echo(f"Next: lookout backtest {folder}{'' if stack == 'prod' else f' --stack {stack}'} --html timeline.html")
    return EXIT_FINE
