"""The sandbox's pages, read as a browser reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from time import perf_counter

import pytest
from served_sandbox import INTEGRATION_KEY, Serve, Served, account

from sandbox.pages.account import Account, page_of
from sandbox.pages.object_page import object_page
from sandbox.pages.overview import Wanted, overview
from sandbox.store import Store

CONDITION = "/objects/newrelic/NrqlAlertCondition/1234567:42"
DASHBOARD = "/objects/newrelic/OneDashboard/MXxWSVp8REFTSEJP"
SERVICE = "/objects/render/service/srv-abc123"
VOID = {"br", "hr", "img", "input", "link", "meta"}


class Reading(HTMLParser):
    """A page's elements with their attributes, its visible text, and whether every element is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in {"style", "script"}:
            self.text += data

    def values(self, attribute: str) -> Iterator[str]:
        """Every value of an attribute."""
        return (attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs)


@pytest.fixture
def served(serve: Serve, store: Store) -> Served:
    account(store)
    return serve()


def _read(served: Served, path: str, status: int = 200) -> Reading:
    answer = served.ask("GET", path, token=None)
    assert answer.status_code == status
    return Reading(answer.text)


def _every_page(store: Store) -> list[str]:
    records = [record for vendor in ("render", "newrelic", "pagerduty") for record in store.find(vendor)]
    return ["/", "/runbooks", "/runbooks/skills-rollback", "/known-differences", *map(page_of, records)]


def test_every_page_is_whole_html_with_one_heading_a_title_and_a_language(served: Served, store: Store) -> None:
    for path in _every_page(store):
        page = _read(served, path)
        tags = [tag for tag, _ in page.elements]
        assert tags.count("h1") == 1, path
        assert tags.count("title") == 1
        assert ("html", {"lang": "en"}) in page.elements
        assert all(name.strip() for name in page.values("id"))


def test_every_link_inside_the_sandbox_leads_to_a_page(served: Served, store: Store) -> None:
    targets = {link for path in _every_page(store) for link in _read(served, path).values("href")}
    local = {link.partition("#")[0] for link in targets if link.startswith("/")}
    assert len(local) > 10
    for link in local:
        assert served.ask("GET", link, token=None).status_code == 200, link


def test_every_anchor_that_a_page_links_to_exists(served: Served, store: Store) -> None:
    for path in _every_page(store):
        for link in _read(served, path).values("href"):
            target, _, anchor = link.partition("#")
            if anchor and not target.startswith("http"):
                assert anchor in set(_read(served, target or path).values("id")), link


def test_no_page_loads_anything_from_elsewhere(served: Served, store: Store) -> None:
    for path in _every_page(store):
        page = _read(served, path)
        loaded = [
            attrs.get("src") or attrs.get("href") for tag, attrs in page.elements if tag in {"link", "script", "img"}
        ]
        assert all(address and address.startswith("/static/") for address in loaded), path
    style = served.ask("GET", "/static/style.css", token=None).text
    assert not re.search(r"@import|url\((?!icon\.svg\))", style)


def test_the_policy_of_every_page_allows_this_origin_only_and_no_script_in_the_page(served: Served) -> None:
    for path in ("/", DASHBOARD, "/runbooks", "/objects/render/service/none"):
        policy = served.ask("GET", path, token=None).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'")
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_the_first_page_counts_the_objects_by_vendor_and_kind_and_links_each(served: Served) -> None:
    page = _read(served, "/")
    for text in ("Render", "New Relic", "PagerDuty", "NRQL alert condition", "Platform on call", "Skills overview"):
        assert text in page.text
    assert {CONDITION, DASHBOARD, SERVICE, "/runbooks/skills-rollback"} <= set(page.values("href"))


def test_the_first_page_of_an_empty_account_says_how_to_fill_it(serve: Serve, store: Store) -> None:
    store.put("render", "owner", "tea-1", "the workspace that every account has", {})
    page = _read(serve(), "/")
    assert "Nothing is provisioned yet. lookout up --sandbox provisions the whole platform here." in page.text


@pytest.mark.parametrize(
    ("query", "found", "left_out"),
    [
        ("?q=error+rate", CONDITION, SERVICE),
        ("?q=nrql+condition", CONDITION, DASHBOARD),
        ("?vendor=render", SERVICE, CONDITION),
        ("?vendor=newrelic&kind=OneDashboard", DASHBOARD, CONDITION),
    ],
)
def test_the_list_shows_what_is_asked_for_without_any_script(
    served: Served, query: str, found: str, left_out: str
) -> None:
    links = re.findall(r'<td><a href="([^"]+)"', served.ask("GET", "/" + query, token=None).text)
    assert found in links
    assert left_out not in links


def test_deploys_are_listed_only_when_they_are_asked_for(served: Served) -> None:
    assert "/objects/render/deploy/dep-1" not in set(_read(served, "/").values("href"))
    assert "/objects/render/deploy/dep-1" in set(_read(served, "/?vendor=render&kind=deploy").values("href"))


def test_what_a_user_named_is_escaped_wherever_it_is_shown(serve: Serve, store: Store) -> None:
    evil = "<img src=x onerror=alert(1)>\"'&"
    store.put("newrelic", "AlertPolicy", evil, evil, {"inputs": {"name": evil, evil: evil}, "outputs": {"l": [evil]}})
    widget = {"title": evil, "text": evil, "row": evil, "nrqlQueries": [{"query": evil}]}
    pages = [{"name": evil, "widgetMarkdowns": [widget]}]
    store.put("newrelic", "OneDashboard", "D1", evil, {"inputs": {"pages": pages, "description": evil}, "outputs": {}})
    served = serve()
    for path in ["/", f"/?q={evil}", f"/?kind={evil}", *map(page_of, store.find("newrelic"))]:
        page = _read(served, path)
        assert not [tag for tag, _ in page.elements if tag == "img"]
        assert not list(page.values("onerror"))
    assert evil in _read(served, "/").text


def test_an_object_that_is_not_there_is_said_to_be_gone(served: Served) -> None:
    page = _read(served, "/objects/render/service/srv-none", status=404)
    assert "There is no service srv-none" in page.text
    assert "the sandbox was reset" in page.text


def test_an_address_that_is_no_page_is_answered_with_one_that_leads_back(served: Served) -> None:
    page = _read(served, "/dashboards", status=404)
    assert "There is no such page" in page.text
    assert "/" in set(page.values("href"))


def test_no_page_shows_a_secret(served: Served, store: Store) -> None:
    secrets = ["sk-ant-very-secret", "true-but-hidden", "PRIVATE-LINES", INTEGRATION_KEY, "declared-secret"]
    for path in [*_every_page(store), "/?q=secret", f"/?q={SERVICE}"]:
        text = served.ask("GET", path, token=None).text
        assert [secret for secret in secrets if secret in text] == [], path


def test_a_masked_field_says_so_and_the_name_of_a_variable_is_still_shown(served: Served) -> None:
    text = _read(served, SERVICE).text
    assert "ANTHROPIC_API_KEY" in text
    assert "secret, not shown" in text


def test_a_condition_is_told_in_words(served: Served) -> None:
    page = _read(served, CONDITION)
    assert "above 5 for 5 min on end" in page.text
    assert "Waits for late data2 min" in page.text
    assert "SELECT percentage(count(*), WHERE success IS false)" in page.text
    assert "\nWHERE env = 'prod'" in page.text


def test_a_conditions_runbook_and_policy_lead_to_their_pages_here(served: Served) -> None:
    links = set(_read(served, CONDITION).values("href"))
    assert "/runbooks/skills-rollback#high-skill-error-rate" in links
    assert "/objects/newrelic/AlertPolicy/1234567" in links


def test_an_object_names_what_uses_it(served: Served) -> None:
    page = _read(served, "/objects/newrelic/AlertPolicy/1234567")
    assert "Used by 1 object" in page.text
    assert CONDITION in set(page.values("href"))


@pytest.mark.parametrize(
    ("name", "value", "leads_to_the_policy"),
    [
        ("policyId", 1234567, True),
        ("policyId", "1234567", True),
        ("policyIds", "1234567", True),
        ("accountId", "1234567", False),
        ("dataAccountId", 1234567, False),
        ("threshold", 1234567, False),
    ],
)
def test_a_number_leads_to_an_object_only_where_the_field_says_that_it_is_its_id(
    store: Store, runbooks: Path, name: str, value: object, leads_to_the_policy: bool
) -> None:
    account(store)
    target = Account(store, runbooks).target(name, value)
    assert (target is not None and target.name == "Skills <prod>") is leads_to_the_policy


def test_a_dashboards_widgets_lie_in_the_grid_where_they_were_placed(served: Served) -> None:
    text = served.ask("GET", DASHBOARD, token=None).text
    assert "#w0-0{grid-area:1/1/span 3/span 4}#w0-1{grid-area:1/5/span 3/span 8}" in text
    assert "#w0-2{grid-area:4/9/span 3/span 4}" in text, "a widget that is too wide ends at the grid's edge"


def test_the_widgets_of_a_dashboard_are_read_in_the_order_of_their_places(served: Served) -> None:
    text = _read(served, DASHBOARD).text
    places = [text.index(word) for word in ("Availability", "p95", "Read this", "Cost")]
    assert places == sorted(places)


def test_a_schedule_lists_who_takes_turns_and_when(served: Served) -> None:
    text = _read(served, "/objects/pagerduty/Schedule/PSCHED1").text
    for said in ("Europe/Berlin", "First on call", "A turn lasts1 week", "each Monday from 09:00, for 8 h"):
        assert said in text


def test_an_escalation_policy_lists_its_levels_with_the_time_until_each(served: Served) -> None:
    page = _read(served, "/objects/pagerduty/EscalationPolicy/PESCAL1")
    assert "At oncePlatform on callSchedule" in page.text
    assert "After 15 minSecond on callUser" in page.text
    assert "(45 min): it begins again at the first level, 2 times." in page.text
    assert "/objects/pagerduty/Schedule/PSCHED1" in set(page.values("href"))


def test_a_page_needs_no_token_since_it_shows_no_secret_and_changes_nothing(served: Served) -> None:
    assert served.ask("GET", "/", token=None).status_code == 200
    assert served.ask("POST", "/", token=None).status_code == 405


def test_a_thousand_objects_are_shown_within_a_second_and_a_half(store: Store, runbooks: Path) -> None:
    account(store)
    sample = store.find("newrelic", "NrqlAlertCondition")[0].document
    with store.transaction():
        for number in range(1000):
            store.put("newrelic", "NrqlAlertCondition", f"1234567:{number}", f"Condition {number}", sample)
    policy = store.find("newrelic", "AlertPolicy")[0]
    started = perf_counter()
    overview(Account(store, runbooks), Wanted())
    object_page(Account(store, runbooks), policy)
    assert perf_counter() - started < 1.5
