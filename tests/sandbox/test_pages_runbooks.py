"""Runbooks as pages: GitHub's anchors, safe links, names that stay inside the folder."""

from __future__ import annotations

import pytest
from served_sandbox import Serve, Served

from sandbox.pages.runbooks import anchor, rendered, runbook_address, sections


@pytest.fixture
def served(serve: Serve) -> Served:
    return serve()


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("High skill error rate", "high-skill-error-rate"),
        ("Roll back: 4 ways", "roll-back-4-ways"),
        ("Cost > 10 USD", "cost--10-usd"),
        ("Was `p95` slow?", "was-p95-slow"),
        ("a_b - c", "a_b---c"),
        ("Größe", "größe"),
    ],
)
def test_a_heading_has_githubs_anchor(heading: str, expected: str) -> None:
    assert anchor(heading.replace("`", "")) == expected
    assert f'id="{expected}"' in rendered(f"## {heading}", [])


def test_a_heading_that_comes_again_is_numbered_as_github_does() -> None:
    html = rendered("## Why\n\n## Why\n\n### Why\n", [])
    assert [f'id="{name}"' in html for name in ("why", "why-1", "why-2")] == [True] * 3


def test_the_table_of_contents_names_the_sections_by_the_same_anchors() -> None:
    assert sections("# T\n\n## `A` b\n\n### c\n\n## A b\n") == [("a-b", "A b"), ("a-b-1", "A b")]


def test_raw_html_and_pictures_of_a_runbook_are_never_passed_on() -> None:
    html = rendered('<script>x</script>\n\n![a plan](https://evil.example/p.png) <img src="x">', [])
    assert "<script" not in html
    assert "<img" not in html
    assert "[picture: a plan]" in html


def test_a_link_that_would_run_a_script_is_no_link() -> None:
    assert "<a" not in rendered("[x](javascript:alert(1))", [])


def test_links_between_runbooks_stay_here_and_links_to_other_files_lead_nowhere() -> None:
    html = rendered("[a](b.md#c) [d](../docs/e.md) [f](#g) [h](https://example.org)", ["b"])
    assert '<a href="/runbooks/b#c">a</a>' in html
    assert '<a title="../docs/e.md in the repository">d</a>' in html
    assert '<a href="#g">f</a>' in html
    assert '<a href="https://example.org" rel="noreferrer">h</a>' in html


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://github.com/o/r/blob/main/runbooks/b.md#c", "/runbooks/b#c"),
        ("http://127.0.0.1:8123/runbooks/b", "/runbooks/b"),
        ("runbooks/b.md", "/runbooks/b"),
        ("https://github.com/o/r/blob/main/runbooks/other.md", None),
        ("https://example.org/b.md", None),
    ],
)
def test_an_alerts_runbook_address_is_recognised_where_the_runbook_exists(address: str, page: str | None) -> None:
    assert runbook_address(address, ["b"]) == page


@pytest.mark.parametrize("name", ["skills-rollback", "skills-rollback.md"])
def test_a_runbook_is_shown_by_its_name(served: Served, name: str) -> None:
    text = served.ask("GET", f"/runbooks/{name}", token=None).text
    assert "<h1" in text
    assert 'id="high-skill-error-rate-1"' in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("name", ["..%2Foutside", "%2e%2e%2foutside.md", "none", "outside"])
def test_a_name_that_is_no_runbook_is_refused(served: Served, name: str) -> None:
    answer = served.ask("GET", f"/runbooks/{name}", token=None)
    assert answer.status_code == 404
    assert "not a runbook" not in answer.text
