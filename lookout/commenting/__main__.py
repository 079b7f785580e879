"""`python -m lookout.commenting`: what the workflows call once a diff is written.

The token comes from the environment alone (GITHUB_TOKEN), as do the repository and the API's address
(GITHUB_REPOSITORY, GITHUB_API_URL), which GitHub gives to every job.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lookout.errors import EXIT_COULD_NOT_RUN, EXIT_FINE, CouldNotRun

if TYPE_CHECKING:
    from lookout.commenting.github import GitHub

_DIFF = click.option("--diff", "path", type=click.Path(path_type=Path), required=True, help="`lookout diff` as JSON.")
_RUN = click.option("--run", default="", metavar="URL", help="The run that keeps the whole page; the text links to it.")
_AUTHOR = click.option("--author", default="github-actions[bot]", show_default=True, help="Who the token belongs to.")


@click.group()
def command() -> None:
    """Put a diff on GitHub, where it is edited in place.

    \b
    Example, in a job:
        python -m lookout.commenting pull-request --number 12 --diff diff.json
        python -m lookout.commenting pull-request --head octocat:topic --sha 1f3a... --diff diff.json
        python -m lookout.commenting issue --title "Drift in prod" --diff drift.json
    """


@command.command("pull-request")
@click.option("--number", type=int, help="Of the pull request.")
@click.option("--head", help="Or its owner and branch, as octocat:topic, ...")
@click.option("--sha", help="... with its newest commit.")
@_DIFF
@_RUN
@_AUTHOR
def pull_request(number: int | None, head: str | None, sha: str | None, path: Path, run: str, author: str) -> None:
    """Create the one comment of a pull request, or edit it."""
    from lookout.commenting.placing import place_comment, pull_request_of
    from lookout.commenting.reading import read_diff
    from monitors.review.formats.markdown import comment

    text = comment(read_diff(path), run=run)
    github = _github()
    if number is None:
        if not head or not sha:
            raise CouldNotRun("which pull request is not said.", "Give --number, or --head and --sha.")
        number = pull_request_of(github, head, sha)
    if number is None:
        click.echo(f"no open pull request has {sha} as its newest commit: a newer one has its own comment.")
        return
    click.echo(f"the comment on pull request {number}: {place_comment(github, number, text, author)}.")


@command.command("issue")
@click.option("--title", required=True, help="By which the issue is found.")
@_DIFF
@_RUN
@_AUTHOR
def issue(title: str, path: Path, run: str, author: str) -> None:
    """Open one issue, edit it, or close it where the diff has no change."""
    from lookout.commenting.placing import place_issue
    from lookout.commenting.reading import read_diff
    from monitors.review.formats.markdown import comment

    diff = read_diff(path)
    text = comment(diff, run=run) if diff.changes else None
    click.echo(f'the issue "{title}": {place_issue(_github(), title, text, author)}.')


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 2 could not run."""
    try:
        command.main(args=arguments, prog_name="python -m lookout.commenting", standalone_mode=False)
    except CouldNotRun as fault:
        click.echo(f"lookout: {fault}", err=True)
        return EXIT_COULD_NOT_RUN
    except click.ClickException as fault:
        fault.show()
        return EXIT_COULD_NOT_RUN
    return EXIT_FINE


def _github() -> GitHub:
    from lookout.commenting.github import GitHub

    given = {name: os.environ.get(name, "") for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY")}
    for name, value in given.items():
        if not value:
            raise CouldNotRun(f"{name} is not set.", "In a job, give it by `env:`; it is never an option.")
    url = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    return GitHub(url, given["GITHUB_REPOSITORY"], given["GITHUB_TOKEN"])


if __name__ == "__main__":
    sys.exit(main())
