"""`lookout test`: unit tests of alerts, and how good the tests are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lookout.errors import EXIT_FINDINGS, EXIT_FINE, CouldNotRun
from lookout.output import console, json_option, print_json

if TYPE_CHECKING:
    from lookout.testing.cases import TestRun
    from monitors.testing.cases import StackName


@click.command()
@click.argument("alerts", nargs=-1, metavar="[ALERT]...")
@click.option("--stack", type=click.Choice(["staging", "prod"]), help="Test one environment alone.")
@click.option("--mutate", is_flag=True, help="Change the alerts one thing at a time, and name what no case notices.")
@json_option
@click.option("--junit", type=click.Path(path_type=Path, dir_okay=False), help="Write the results for a CI system.")
@click.option(
    "--cases",
    "folder",
    type=click.Path(path_type=Path),
    help="Read the case files of another folder than the catalogue's.",
)
def command(
    alerts: tuple[str, ...],
    stack: StackName | None,
    mutate: bool,
    as_json: bool,
    junit: Path | None,
    folder: Path | None,
) -> int:
    """Run the cases of every ALERT, or of those that are named.

    A case says what the service emits, and which incidents have to come of it and nothing else; a case that goes
    otherwise is told in a sentence and drawn. Cases stand in monitors/catalog/cases, a file for each alert;
    docs/alert-tests.md shows how to write them.

    With --mutate each alert is changed one thing at a time (thresholds, windows, conditions of the query...), and the
    cases are run on every change. A change that no case notices is a case that is missing. Prod's alerts are changed,
    unless --stack names the other's.

    \b
    Example:
        lookout test
        lookout test high-skill-error-rate slow-skill --stack prod
        lookout test --mutate

    Exit codes: 0 all as expected and nothing survives, 1 something did not or did, 2 the cases could not run.
    """
    from lookout.testing import cases
    from monitors.testing.reading import CASES
    from monitors.testing.running import STACKS

    stacks: tuple[StackName, ...] = ("prod" if stack is None else stack,) if mutate else (stack,) if stack else STACKS
    names = cases.chosen(alerts, stacks)
    run = cases.run(names, cases.read(alerts, stacks, folder or CASES))
    if junit is not None:
        _write_junit(run, junit)
    if not mutate or not run.passed:
        return _tell_cases(run, as_json)
    return _mutate(names, stacks[0], folder or CASES, as_json)


def _tell_cases(run: TestRun, as_json: bool) -> int:
    if as_json:
        from lookout.testing.documents import cases_document

        print_json(cases_document(run))
    else:
        from lookout.testing.screen import show_cases

        show_cases(run, console())
    return EXIT_FINE if run.passed else EXIT_FINDINGS


def _mutate(alerts: tuple[str, ...], stack: StackName, folder: Path, as_json: bool) -> int:
    from lookout.testing.mutation import scores
    from lookout.testing.totals import Totals

    found = scores(alerts, stack, folder)
    if as_json:
        from lookout.testing.documents import scores_document

        print_json(scores_document(found))
    else:
        from lookout.testing.screen import show_scores

        show_scores(found, console())
    return EXIT_FINE if Totals.of(found).is_whole else EXIT_FINDINGS


def _write_junit(run: TestRun, path: Path) -> None:
    from lookout.testing.documents import junit

    try:
        path.write_text(junit(run), encoding="utf-8")
    except OSError as error:
        raise CouldNotRun(
            f"{path} cannot be written: {error.strerror}", "Name a file in a folder that exists and has room."
        ) from None
