"""The frame that every page shares, and the headers that keep a page from asking anything of anybody else."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from starlette.responses import HTMLResponse

from sandbox.pages.html import Child, Html, element, joined

_POLICY = (
    "default-src 'none'; style-src 'self'{styles}; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_SECTIONS = (("/", "Account"), ("/runbooks", "Runbooks"))


@dataclass(frozen=True)
class Page:
    """A page's content: `crumbs` are (address, text) from the root, `style` rules that only this page needs."""

    title: str
    content: Child
    crumbs: tuple[tuple[str, str], ...] = ()
    style: str = ""
    section: str = "/"


def answered(page: Page, status: int = 200) -> HTMLResponse:
    """The page as an HTTP answer."""
    # A style of the page's own is allowed by its digest; nothing else inline is.
    digest = b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    headers = {
        "Content-Security-Policy": _POLICY.format(styles=f" 'sha256-{digest}'" if page.style else ""),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(f"<!doctype html>\n{_document(page)}\n", status, headers)


def _document(page: Page) -> Html:
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{page.title} · Sandbox"),
        element("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        element("link", rel="stylesheet", href="/static/style.css"),
        # Numbers and fixed words only, written by this program: a style's text is not escaped.
        element("style", Html(page.style)) if page.style else None,
        element("script", "", src="/static/filter.js", defer=True),
    )
    body = element(
        "body",
        element("a", "Skip to the content", href="#content", class_="skip"),
        _banner(page),
        element("main", _crumbs(page), page.content, id="content", tabindex="-1"),
        element(
            "footer",
            "This machine's own account. Nothing here reaches Render, New Relic or PagerDuty; ",
            element("a", "what differs from them", href="/known-differences"),
            ".",
        ),
    )
    return element("html", head, body, lang="en")


def _banner(page: Page) -> Html:
    links = [
        element("a", text, href=address, aria_current="page" if address == page.section else None)
        for address, text in _SECTIONS
    ]
    name = element("a", element("span", "", class_="mark", aria_hidden="true"), "Sandbox", href="/", class_="name")
    return element("header", name, element("nav", links, aria_label="Sections"))


def _crumbs(page: Page) -> Html | None:
    if not page.crumbs:
        return None
    items = [element("li", element("a", text, href=address)) for address, text in page.crumbs]
    return element("nav", element("ol", items), class_="crumbs", aria_label="Where this is")


def panel(title: str, *content: Child, anchor: str | None = None) -> Html:
    """A titled section of a page."""
    return element("section", element("h2", title), joined(content), class_="panel", id=anchor)


def facts(rows: list[tuple[str, Child]]) -> Html:
    """A short definition list of what matters most; rows without a value are left out."""
    kept = [
        element("div", element("dt", name), element("dd", value))
        for name, value in rows
        if value is not None and value != ""
    ]
    return element("dl", kept, class_="facts")
