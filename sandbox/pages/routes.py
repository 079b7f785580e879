"""The addresses of the sandbox's pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.pages import runbooks
from sandbox.pages.account import Account
from sandbox.pages.html import Html, element
from sandbox.pages.layout import Page, answered
from sandbox.pages.object_page import object_page
from sandbox.pages.overview import Wanted, overview
from sandbox.store import Store

_STATIC = Path(__file__).with_name("static")
_DIFFERENCES = Path(__file__).resolve().parents[1] / "KNOWN_DIFFERENCES.md"


def page_routes(store: Store, runbooks_folder: Path) -> list[BaseRoute]:
    """Every page; the store and the folder of runbooks are read anew for each request.

    The last route takes every address that is left, so these routes come after all others.
    """
    pages = _Pages(store, runbooks_folder)
    return [
        Route("/", pages.home),
        Route("/objects/{vendor}/{kind}/{id:path}", pages.one_object),
        Route("/runbooks", pages.runbook_list),
        Route("/runbooks/{name}", pages.one_runbook),
        Route("/known-differences", pages.differences),
        Mount("/static", StaticFiles(directory=_STATIC)),
        Route("/{path:path}", pages.nowhere),
    ]


@dataclass(frozen=True)
class _Pages:
    store: Store
    runbooks: Path

    def home(self, request: Request) -> Response:
        query = request.query_params
        wanted = Wanted(query.get("q", ""), query.get("vendor", ""), query.get("kind", ""))
        return answered(overview(self._account(), wanted))

    def one_object(self, request: Request) -> Response:
        names = request.path_params
        record = self.store.get(names["vendor"], names["kind"], names["id"])
        if record is None:
            return _missing(
                f"There is no {names['kind']} {names['id']}",
                "It was deleted, or the sandbox was reset after this link was made.",
            )
        return answered(object_page(self._account(), record))

    def runbook_list(self, _request: Request) -> Response:
        return answered(_runbook_list(self._account()))

    def one_runbook(self, request: Request) -> Response:
        name = request.path_params["name"]
        text = runbooks.runbook_text(self.runbooks, name)
        if text is None:
            return _missing(f"There is no runbook {name}", "The runbooks are the Markdown files in runbooks/.")
        return answered(_runbook(self._account(), name, text))

    def differences(self, _request: Request) -> Response:
        content = element("article", runbooks.rendered(_DIFFERENCES.read_text(encoding="utf-8"), []), class_="prose")
        return answered(Page("Known differences", content, (("/", "Account"),), section=""))

    def nowhere(self, _request: Request) -> Response:
        return _missing("There is no such page", "The address may be mistyped, or belong to another version.")

    def _account(self) -> Account:
        return Account(self.store, self.runbooks)


def _runbook_list(account: Account) -> Page:
    names = account.runbook_names
    texts = [runbooks.runbook_text(account.runbooks, name) or "" for name in names]
    titles = [runbooks.title_of(text, name) for text, name in zip(texts, names, strict=True)]
    lead = "What on-call opens from a page." if names else "The folder runbooks/ holds no Markdown file."
    content = [
        element("h1", "Runbooks"),
        element("p", lead, class_="lead"),
        runbooks.index(names, titles) if names else None,
    ]
    return Page("Runbooks", content, section="/runbooks")


def _runbook(account: Account, name: str, text: str) -> Page:
    entries = runbooks.sections(text)
    items = [element("li", element("a", title, href=f"#{anchor}")) for anchor, title in entries]
    contents: Html | None = None
    if len(items) > 1:
        contents = element("nav", element("h2", "On this page"), element("ul", items), aria_label="On this page")
    article = element("article", runbooks.rendered(text, account.runbook_names), class_="prose")
    body = element("div", contents, article, class_="runbook")
    return Page(runbooks.title_of(text, name), body, (("/runbooks", "Runbooks"),), section="/runbooks")


def _missing(title: str, why: str) -> Response:
    content = [element("h1", title), element("p", why, class_="lead"), element("a", "Back to the account", href="/")]
    return answered(Page(title, content), 404)
