"""`lookout first-run`: what `make sandbox` does after the set-up, and the one screen it ends with."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lookout.stack.summary import Summary
    from monitors.alerting.pages import Page
    from monitors.spec import Stack

_STACK = "staging"
_DASHBOARDS_SHOWN = 3
# The outputs come on our own screen; the dots that Pulumi prints where nobody watches say nothing.
_OPTIONS = ("--yes", "--skip-preview", "--suppress-outputs", "--suppress-progress")


@click.command(name="first-run")
def command() -> int:
    """Start the sandbox, provision staging into it with `pulumi up`, and show what there is.

    \b
    Example:
        lookout first-run
    """
    from lookout.output import console
    from lookout.stack import operations
    from lookout.stack.summary import summarize
    from lookout.verbs.sandbox import sandbox_folder, told_as_ours
    from sandbox import lifecycle

    started = time.monotonic()
    folder = sandbox_folder()
    out = console()
    with told_as_ours():
        sandbox = lifecycle.start(folder)
        out.print(f"The sandbox {'already runs' if sandbox.already_running else 'runs'} at {sandbox.url}")
        operation = operations.Operation("up", _STACK, folder, _OPTIONS)
        pulumi = operations.prepare(operation, out.print)
        code = operations.execute(pulumi, operation)
        if code:
            return code
        summary = summarize(pulumi, _STACK)
    for line in _screen(summary, sandbox.url, datetime.now(UTC), time.monotonic() - started):
        out.print(line)
    return 0


def _screen(summary: Summary, url: str, now: datetime, seconds: float) -> Iterator[str]:
    from monitors import catalog

    yield ""
    yield f"[bold]{_headline(summary)}[/bold] [dim]({seconds:.0f} s)[/dim]"
    yield from _provisioned(summary)
    yield ""
    yield f"[bold]A SEV1 right now[/bold] ({now:%A %H:%M} UTC) wakes"
    for name in catalog.STACKS:
        yield from _woken(catalog.stack(name), now)
    yield ""
    yield "[bold]Open[/bold]"
    for label, link in (("everything in the account", f"{url}/"), *_links(summary.outputs)):
        yield f"  {label:<46} {link}"
    yield ""
    yield "[bold]Try next[/bold]"
    yield from (f"  {what:<46} [cyan]{command}[/cyan]" for what, command in _next_steps())


def _headline(summary: Summary) -> str:
    where = f"{_STACK} in the local account: {summary.objects} objects"
    if not summary.changed:
        return f"Nothing changed. {where}, all as declared"
    return f"Provisioned {where}, {summary.changed} resources new or changed"


def _provisioned(summary: Summary) -> Iterator[str]:
    from lookout.stack.summary import VENDORS, told

    for vendor, name in VENDORS.items():
        yield f"  {name:<10} {told(summary.kinds[vendor])}"


def _woken(stack: Stack, now: datetime) -> Iterator[str]:
    from monitors.alerting.pages import pages
    from monitors.spec import Severity

    roles = {user.key: user.role for user in stack.response.users}
    for page in pages(stack, Severity.SEV1, now):
        note = "" if stack.name == _STACK else "  [dim](from the specs; not provisioned yet)[/dim]"
        yield f"  {stack.name:<8} {_who(page, roles)}{note}"


def _who(page: Page, roles: Mapping[str, str]) -> str:
    if page.steps:
        steps = [(step.after_minutes, " and ".join(roles[user] for user in step.users)) for step in page.steps]
        return ", ".join(f"after {minutes} min {users}" if minutes else users for minutes, users in steps)
    if page.next_at is None or page.next_user is None:
        return "nobody"
    return f"nobody before {page.next_at:%A %H:%M} UTC, then {roles[page.next_user]}"


def _links(outputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is worth a look: the first dashboards, and the runbook of the first alert that pages."""
    from monitors import catalog

    seen = catalog.stack(_STACK).observability
    dashboards, runbooks = outputs.get("dashboards") or {}, outputs.get("runbooks") or {}
    for dashboard in seen.dashboards[:_DASHBOARDS_SHOWN]:
        yield f"dashboard {dashboard.name}", dashboards[dashboard.name]
    first = seen.conditions[0]
    yield f"what on-call reads: {first.name}", runbooks[first.key]


def _next_steps() -> Iterator[tuple[str, str]]:
    yield "change a threshold in monitors/catalog, then", f".venv/bin/lookout preview --stack {_STACK} --sandbox"
    yield "provision production into the sandbox too", ".venv/bin/lookout up --stack prod --sandbox --yes"
    yield "use plain pulumi in this shell", 'eval "$(.venv/bin/lookout sandbox environment)"; pulumi preview'
    yield "stop the sandbox; its state stays", ".venv/bin/lookout sandbox stop"
