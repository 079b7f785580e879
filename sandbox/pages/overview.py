"""The first page: what the account holds, by vendor and kind, and a list to search."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from monitors.words import counted
from sandbox.pages.account import OWN_KINDS, Account, page_of
from sandbox.pages.html import Html, element
from sandbox.pages.layout import Page, panel
from sandbox.pages.words import VENDORS, moment, readable, vendor_name
from sandbox.store import Record

_TILES_AT_MOST = 8


@dataclass(frozen=True)
class Wanted:
    """What a reader asks the list for; empty fields ask for nothing."""

    text: str = ""
    vendor: str = ""
    kind: str = ""

    def fits(self, record: Record) -> bool:
        """Whether an object is asked for."""
        where = f"{record.name} {record.kind} {readable(record.kind)} {record.id} {vendor_name(record.vendor)}".lower()
        return (
            self.vendor in {"", record.vendor}
            and self.kind in {"", record.kind}
            and all(word in where for word in self.text.lower().split())
        )


def overview(account: Account, wanted: Wanted) -> Page:
    """The account's page."""
    pool = account.records if wanted.kind else account.declared
    shown = [record for record in pool if wanted.fits(record)]
    content = [
        element("h1", "The account on this machine"),
        element("p", _summary(account), class_="lead"),
        element("div", [_vendor_card(account, vendor) for vendor in VENDORS], class_="cards"),
        _shortcuts(account),
        _objects(account, wanted, shown),
    ]
    return Page("Account", content)


def _summary(account: Account) -> str | Html:
    if not account.declared:
        command = element("code", "lookout up --sandbox")
        return element("span", "Nothing is provisioned yet. ", command, " provisions the whole platform here.")
    return (
        f"{counted(len(account.declared), 'object')} in the stand-ins for Render, New Relic and PagerDuty, all kept in "
        "one file on this machine."
    )


def _vendor_card(account: Account, vendor: str) -> Html:
    counts = account.store.counts().get(vendor, {})
    declared = sum(record.vendor == vendor for record in account.declared)
    kinds = [
        element(
            "li",
            element("a", readable(kind), href=_list_address(vendor, kind)),
            element("span", f"{number:,}", class_="number"),
        )
        for kind, number in sorted(counts.items(), key=lambda item: (item[0] in OWN_KINDS, -item[1], item[0]))
    ]
    heading = element("h2", vendor_name(vendor), element("span", f"{declared:,}", class_="total"))
    nothing = element("p", "Nothing yet.", class_="quiet")
    return element("section", heading, element("ul", kinds) if kinds else nothing, class_=f"card {vendor}")


def _list_address(vendor: str, kind: str) -> str:
    return f"/?{urlencode({'vendor': vendor, 'kind': kind})}#objects"


def _shortcuts(account: Account) -> Html:
    on_call = account.of_kind("pagerduty", "Schedule", "Schedulev2", "EscalationPolicy")
    groups = [
        ("Dashboards", [(record.name, page_of(record)) for record in account.of_kind("newrelic", "OneDashboard")]),
        ("Who is woken", [(record.name, page_of(record)) for record in on_call]),
        ("Runbooks", [(readable(name), f"/runbooks/{name}") for name in account.runbook_names]),
    ]
    return element("div", [_shortcut(title, links) for title, links in groups if links], class_="shortcuts")


def _shortcut(title: str, links: list[tuple[str, str]]) -> Html:
    items = [element("li", element("a", text, href=address)) for text, address in links]
    first, rest = items[:_TILES_AT_MOST], items[_TILES_AT_MOST:]
    more = element("details", element("summary", f"{len(rest)} more"), element("ul", rest)) if rest else None
    return panel(title, element("ul", first), more)


def _objects(account: Account, wanted: Wanted, shown: list[Record]) -> Html:
    rows = [_row(record) for record in shown]
    head = element("tr", [element("th", text, scope="col") for text in ("Name", "Kind", "Vendor", "Created")])
    table = element("table", element("thead", head), element("tbody", rows, id="rows"), class_="objects")
    count = element("p", counted(len(shown), "object"), id="count", role="status", class_="quiet")
    missing = element("p", "Nothing fits. ", element("a", "Show everything", href="/#objects"), class_="quiet")
    hidden = len(account.records) - len(account.declared)
    note = f"{counted(hidden, 'object')} that came about without being declared: see the kinds above."
    return panel(
        "Objects",
        _search(wanted),
        count,
        element("div", table, class_="scroll") if shown else missing,
        element("p", note, class_="quiet") if hidden and not wanted.kind else None,
        anchor="objects",
    )


def _search(wanted: Wanted) -> Html:
    options = [("", "every vendor"), *VENDORS.items()]
    choices = [element("option", text, value=value, selected=value == wanted.vendor) for value, text in options]
    vendors = element("select", choices, id="vendor", name="vendor")
    search = element("input", type="search", id="search", name="q", value=wanted.text, placeholder="name, kind or id")
    chosen = None
    if wanted.kind:
        clear = element("a", "show every kind", href="/#objects")
        keep = element("input", type="hidden", name="kind", value=wanted.kind)
        chosen = element("span", keep, f"Only {readable(wanted.kind)}: ", clear, class_="chosen")
    return element(
        "form",
        element("div", element("label", "Search", for_="search"), search, class_="wide"),
        element("div", element("label", "Vendor", for_="vendor"), vendors),
        element("button", "Show", type="submit"),
        chosen,
        action="/#objects",
        method="get",
        role="search",
    )


def _row(record: Record) -> Html:
    identity = element("span", record.id, class_="id")
    return element(
        "tr",
        element("td", element("a", record.name or record.id, href=page_of(record)), identity),
        element("td", readable(record.kind)),
        element("td", vendor_name(record.vendor), class_=f"vendor {record.vendor}"),
        element("td", element("time", moment(record.created_at), datetime=record.created_at)),
        data_vendor=record.vendor,
    )
