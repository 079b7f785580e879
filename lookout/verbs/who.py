"""`lookout who`: who is paged, by which path, when, and whom next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lookout.errors import EXIT_FINDINGS, EXIT_FINE, CouldNotRun
from lookout.output import is_watched, json_option, print_json

if TYPE_CHECKING:
    from lookout.who.asking import Answer


@click.command()
@click.argument("name", metavar="NAME_OR_KEY", required=False)
@click.option("--at", metavar="TIME", help="When it happens; now by default.")
@click.option(
    "--env",
    "--stack",
    "environment",
    type=click.Choice(["prod", "staging"]),
    default="prod",
    show_default=True,
    help="In which environment.",
)
@click.option(
    "--priority", type=click.Choice(["critical", "warning"]), help="Of which priority; by default the worst it opens."
)
@click.option(
    "--event",
    multiple=True,
    metavar="SEV|FIELD=VALUE",
    help="An event that a program sends: its severity, or any field; can be repeated.",
)
@click.option("--overrides", type=click.Path(path_type=Path), metavar="FILE", help="Who stands in for whom, as JSON.")
@click.option("--catalog", metavar="MODULE:ATTRIBUTE", help="Ask another catalogue than monitors.catalog.")
@click.option("--all", "every", is_flag=True, help="Ask of every alert, and tell those together that go one way.")
@click.option("--why", is_flag=True, help="Print every step, its rule, and the line of the spec it comes from.")
@click.option("--calendar", is_flag=True, help="Show who is on call, what is open and how the load is shared instead.")
@click.option("--days", type=int, default=90, show_default=True, help="Of how many days the calendar is.")
@click.option("--from", "since", metavar="TIME", help="When the calendar begins; today by default.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the calendar as a page.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Write the calendar as a picture.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    name: str | None,
    at: str | None,
    environment: str,
    priority: str | None,
    event: tuple[str, ...],
    overrides: Path | None,
    catalog: str | None,
    every: bool,
    why: bool,
    calendar: bool,
    days: int,
    since: str | None,
    html: Path | None,
    svg: Path | None,
    as_json: bool,
) -> int:
    """Prove who is paged: by which path, when, and whom next.

    NAME_OR_KEY is an alert's, or that of an event orchestration. Times are ISO 8601, such as 2026-12-24T03:00; without
    an offset they are on the clocks of the schedule that the page goes to, as everything that is shown. The incident is
    taken to be acknowledged by nobody, so that every level and loop is shown.

    \b
    Example:
        lookout who "High Skill Error Rate" --at 2026-12-24T03:00
        lookout who --all --env staging
        lookout who --event SEV1 --why
        lookout who --calendar --days 90 --html calendar.html

    Exit codes: 0 somebody is reached, 1 an alert that has to page reaches nobody, 2 it could not run. A calendar that
    could be made is 0: `lookout check` fails where pages would reach nobody.
    """
    if calendar:
        _refuse(context, "--calendar is of no alert or moment", ("name", "at", "priority", "event", "every", "why"))
        return _calendar(environment, days, since, overrides, catalog, html, svg, as_json=as_json)
    _refuse(context, "only a calendar has that", ("days", "since", "html", "svg"))
    from lookout.who.asking import Question, ask

    answer = ask(Question(name, event, at, environment, priority, every, overrides, catalog))
    _show(answer, as_json=as_json, as_table=every and not why, why=why)
    return EXIT_FINDINGS if answer.nobody else EXIT_FINE


def _show(answer: Answer, *, as_json: bool, as_table: bool, why: bool) -> None:
    if as_json:
        from lookout.who.document import document

        print_json(document(answer))
        return
    from lookout.who import layout, table, text

    columns = layout.width()
    lines = table.lines(answer, columns=columns) if as_table else text.lines(answer, why=why, columns=columns)
    click.echo("\n".join(lines), color=is_watched(sys.stdout))


def _refuse(context: click.Context, why: str, options: tuple[str, ...]) -> None:
    """Refuse options that were given and have no meaning here. Raises `CouldNotRun`."""
    given = [
        parameter.opts[0] if isinstance(parameter, click.Option) else "NAME_OR_KEY"
        for parameter in context.command.params
        if parameter.name in options
        and context.get_parameter_source(parameter.name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        step = "Leave it out, or --calendar." if context.params["calendar"] else "Add --calendar, or leave it out."
        raise CouldNotRun(f"{' and '.join(given)}: {why}.", step)


def _calendar(
    environment: str,
    days: int,
    since: str | None,
    overrides: Path | None,
    catalog: str | None,
    html: Path | None,
    svg: Path | None,
    *,
    as_json: bool,
) -> int:
    from lookout.who.calendar import files
    from lookout.who.calendar.asking import Question, ask
    from lookout.whole_files import refuse_one_for_both

    refuse_one_for_both(html, svg)
    answer = ask(Question(environment, days, since, overrides, catalog))
    written = files.write(answer, html, svg)
    if as_json:
        from lookout.who.calendar.document import document

        print_json(document(answer))
        return EXIT_FINE
    from lookout.who import layout
    from lookout.who.calendar import text

    lines = [*text.lines(answer, columns=layout.width()), *([""] if written else []), *written]
    click.echo("\n".join(lines), color=is_watched(sys.stdout))
    return EXIT_FINE
