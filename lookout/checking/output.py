"""Prints a run of checks in the form that was asked for."""

from __future__ import annotations

import json
import sys

import click

from lookout.checking.report import Report
from lookout.output import is_watched


def print_report(report: Report, form: str) -> None:
    """Print a report as text, json, sarif or github."""
    if form == "json":
        from lookout.checking.as_json import document

        _print_json(document(report))
    elif form == "sarif":
        from lookout.checking.sarif import log

        _print_json(log(report))
    elif form == "github":
        from lookout.checking.github import workflow_commands

        for line in workflow_commands(report):
            click.echo(_encodable(line))
    else:
        from lookout.checking.text import as_text

        click.echo(as_text(report), color=is_watched(sys.stdout))


def _print_json(value: object) -> None:
    click.echo(_encodable(json.dumps(value, indent=2, ensure_ascii=False)))


def _encodable(text: str) -> str:
    """Return a text that can be written: half a surrogate pair, which Python's texts can hold, becomes a `?`."""
    return text.encode(errors="replace").decode()
