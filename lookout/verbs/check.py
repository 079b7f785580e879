"""`lookout check`: prove the specs before they ship."""

from __future__ import annotations

from typing import Literal

import click

from lookout.errors import EXIT_FINDINGS, EXIT_FINE, CouldNotRun

_FORMATS = ("text", "json", "sarif", "github")


@click.command()
@click.argument("files", nargs=-1)
@click.option("--stack", type=click.Choice(["staging", "prod"]), help="Check one environment alone.")
@click.option("--catalog", metavar="MODULE:ATTRIBUTE", help="Check another catalogue than monitors.catalog.")
@click.option("--query", "queries", multiple=True, metavar="TEXT", help="Check a query as it is; can be repeated.")
@click.option(
    "--as",
    "use",
    type=click.Choice(["condition", "dashboard"]),
    default="condition",
    show_default=True,
    help="What the queries of files and of --query are for.",
)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How to print: text for people is the default.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--only", multiple=True, metavar="CODE", help="Run one check alone; can be repeated.")
@click.option("--list", "lists", is_flag=True, help="Name every check, and stop.")
@click.option("--explain", metavar="CODE", help="Show a check's page, and stop.")
def command(
    files: tuple[str, ...],
    stack: str | None,
    catalog: str | None,
    queries: tuple[str, ...],
    use: Literal["condition", "dashboard"],
    form: str | None,
    as_json: bool,
    only: tuple[str, ...],
    lists: bool,
    explain: str | None,
) -> int:
    """Prove the specs: queries, thresholds, routing, dashboards.

    Without FILES the whole catalogue is checked. FILES hold NRQL, one query or several with a line of ; in between;
    - is standard input. In GitHub Actions the default stays text; --format github annotates the lines of a pull
    request, and --format sarif is for code scanning.

    \b
    Example:
        lookout check
        lookout check --stack prod --only query/syntax
        lookout check --query "FROM SkillExecution SELECT count(*) SINCE 1 day ago"
        lookout check --explain query/syntax

    Exit codes: 0 nothing, or notes only, 1 errors or warnings, 2 the check could not run.
    """
    from lookout.checking import guide

    if as_json and form not in (None, "json"):
        raise CouldNotRun(f"--json and --format {form} ask for two forms", "Leave one of them out.")
    if lists or explain is not None:
        click.echo(guide.table() if explain is None else guide.page(explain))
        return EXIT_FINE
    if (files or queries) and (stack or catalog is not None):
        raise CouldNotRun("FILES and --query belong to no stack", "Leave --stack and --catalog out.")
    return _check(files, queries, use, catalog, stack, only, "json" if as_json else form or "text")


def _check(
    files: tuple[str, ...],
    queries: tuple[str, ...],
    use: str,
    catalog: str | None,
    stack: str | None,
    only: tuple[str, ...],
    form: str,
) -> int:
    from lookout.checking import catalogue, output, query_files
    from lookout.checking.run import check_catalogue, check_queries, chosen
    from lookout.garbage import without_collecting
    from monitors.rules.runner import fails

    checks = chosen(only)
    with without_collecting():
        if files or queries:
            loose = query_files.read_queries(files, queries, "condition" if use == "condition" else "widget")
            report = check_queries(loose, checks)
        else:
            target = catalogue.OURS if catalog is None else catalog
            found = catalogue.read(target, stack)
            report = check_catalogue(found, checks, whole=stack is None, runbooks=catalogue.runbooks_of(target))
        output.print_report(report, form)
    return EXIT_FINDINGS if fails(report.problems) else EXIT_FINE
