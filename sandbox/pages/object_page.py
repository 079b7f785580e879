"""One object's page: what matters of its kind first, then every field, then what uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from monitors.words import counted
from sandbox.pages.account import Account, page_of
from sandbox.pages.fields import Fields
from sandbox.pages.html import Child, Html, element
from sandbox.pages.layout import Page, panel
from sandbox.pages.views.condition import condition
from sandbox.pages.views.dashboard import dashboard, placement
from sandbox.pages.views.escalation import escalation_policy
from sandbox.pages.views.schedule import schedule
from sandbox.pages.words import moment, readable, vendor_name
from sandbox.store import Record

View = Callable[[dict[str, Any], Fields], Html]
_VIEWS: dict[tuple[str, str], View] = {
    ("newrelic", "NrqlAlertCondition"): condition,
    ("newrelic", "OneDashboard"): dashboard,
    ("pagerduty", "Schedule"): schedule,
    ("pagerduty", "EscalationPolicy"): escalation_policy,
}


def object_page(account: Account, record: Record) -> Page:
    """The page about one object."""
    view = _VIEWS.get((record.vendor, record.kind))
    fields = Fields(account, record)
    properties = fields.secrets.shown(_properties(record))
    crumbs = (
        ("/", "Account"),
        (f"/?{urlencode({'vendor': record.vendor})}#objects", vendor_name(record.vendor)),
        (f"/?{urlencode({'vendor': record.vendor, 'kind': record.kind})}#objects", readable(record.kind)),
    )
    content: list[Child] = [
        element("h1", record.name or record.id),
        _identity(record),
        view(properties, fields) if view else None,
        _all_fields(record, fields, folded=view is not None),
        _users(account, record),
    ]
    style = placement(properties) if view is dashboard else ""
    return Page(record.name or record.id, content, crumbs, style)


def _properties(record: Record) -> dict[str, Any]:
    """What the vendor knows of an object: what was declared and, over it, what the vendor made of it."""
    if record.vendor == "render":
        return record.document
    return {**(record.document.get("inputs") or {}), **(record.document.get("outputs") or {})}


def _identity(record: Record) -> Html:
    return element(
        "p",
        element("span", vendor_name(record.vendor), class_=f"vendor {record.vendor}"),
        element("span", readable(record.kind)),
        element("code", record.id),
        element("span", f"created {moment(record.created_at)}"),
        class_="identity",
    )


def _all_fields(record: Record, fields: Fields, *, folded: bool) -> Html:
    tables = [(title, fields.table(values, path)) for title, values, path in _groups(record)]
    if not folded:
        return element("div", [panel(title, table) for title, table in tables])
    inner = [element("h3", title) for title, _ in tables]
    parts = [part for title, (_, table) in zip(inner, tables, strict=True) for part in (title, table)]
    return panel("All fields", element("details", element("summary", "Show every field"), parts))


def _groups(record: Record) -> list[tuple[str, dict[str, Any], tuple[str, ...]]]:
    if record.vendor == "render":
        return [("Fields", record.document, ())]
    inputs = record.document.get("inputs") or {}
    outputs = record.document.get("outputs") or {}
    added = {name: value for name, value in outputs.items() if inputs.get(name) != value}
    both = [("Declared", inputs, ("inputs",)), ("Added by the vendor", added, ("outputs",))]
    return [group for group in both if group[1]]


def _users(account: Account, record: Record) -> Html | None:
    users = account.users_of(record)
    if not users:
        return None
    items = [
        element("li", element("a", user.name or user.id, href=page_of(user)), element("span", readable(user.kind)))
        for user in users
    ]
    return panel(f"Used by {counted(len(users), 'object')}", element("ul", items, class_="users"))
