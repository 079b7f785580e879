"""The page of a diff: everything in it, every text as text, and nothing that loads."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import Phase, given, settings
from review_diffs import PLAIN, change, diff, diffs, lost

from monitors.review.changes import Danger, Diff, Effect, Fact
from monitors.review.formats.page import anchors, page

VOID = {"meta", "link", "br", "input", "img"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


class Elements(HTMLParser):
    """The page as a browser reads it: elements with attributes, what is not closed, and the text outside styles."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.texts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [found for _, attributes in self.seen if (found := attributes.get(name)) is not None]


def test_it_holds_the_verdict_every_change_with_its_facts_and_every_note() -> None:
    text = " ".join(Elements(page(PLAIN)).texts)
    for said in (
        "1 dangerous change, 1 to be taken with care, 1 harmless.",
        *(one.headline for one in PLAIN.changes),
        "A rate of 5 to 7 % is no longer told.",
        "condition/high-skill-error-rate",
        "/nowhere/monitors/catalog/skill_alerts.py:80",
        "prod only",
        *PLAIN.notes,
    ):
        assert said in text


def test_values_stand_beside_a_sentence_that_does_not_have_both() -> None:
    facts = (
        Fact("threshold", "A rate of 5 to 7 % is told no more.", "5 %", "7 %"),
        Fact("t", "7 %, was 5 %.", "5 %", "7 %"),
    )
    markup = page(diff(change(facts=facts)))
    assert markup.count("<del>5 %</del>") == 1


def test_what_pulumi_replaces_or_deletes_comes_before_the_changes_with_what_is_lost() -> None:
    text = " ".join(" ".join(Elements(page(PLAIN)).texts).split())
    told = text.index("What Pulumi replaces or deletes Workflow page-sev1 is replaced, because of accountId.")
    assert told < text.index("Its deliveries are lost.") < text.index(PLAIN.changes[0].headline)
    assert "Workflow old is deleted" in text


def test_resources_that_are_only_updated_have_no_block() -> None:
    assert "What Pulumi" not in page(diff(change(), resources=(lost("one", effect=Effect.UPDATE),)))


def test_the_most_dangerous_comes_first() -> None:
    turned = replace(PLAIN, changes=PLAIN.changes[::-1])
    assert re.findall(r'<h2 id="d\d-title">(\w+)', page(turned)) == ["Dangerous", "Needs", "Harmless"]


def test_each_change_has_an_anchor_of_its_own_and_a_link_to_it() -> None:
    two = diff(change(subject="a/b"), change(subject="a/b"), change(subject="A b"), change(subject="!"))
    assert anchors(two.changes) == ["c-a-b", "c-a-b--2", "c-a-b--3", "c-"]
    found = Elements(page(two))
    ids = found.values("id")
    assert len(ids) == len(set(ids))
    assert {f"#{one}" for one in anchors(two.changes)} <= set(found.values("href"))


def test_pictures_are_images_that_can_neither_run_nor_load() -> None:
    found = Elements(page(PLAIN, [("Errors", SVG, SVG), ("New", "", SVG)]))
    images = [attributes for tag, attributes in found.seen if tag == "img"]
    assert [one["alt"] for one in images] == ["Errors, before", "Errors, after", "New, after"]
    assert all(
        base64.b64decode(str(one["src"]).removeprefix("data:image/svg+xml;base64,")).decode() == SVG for one in images
    )
    assert "Before: not there" in found.texts


def test_a_page_without_a_choice_has_no_filters() -> None:
    assert "<form" not in page(diff(change(environments=("prod",))))
    assert "<form" in page(PLAIN)


@pytest.mark.parametrize("count", [1, 3000])
def test_every_change_is_in_it_however_many_there_are(count: int) -> None:
    many = diff(*(change(f"Number {one}.", Danger(one % 4), subject=f"condition/{one}") for one in range(count)))
    assert page(many).count("<article") == count


@given(diffs)
@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_any_diff_is_a_page_that_is_whole_and_reads_every_text_as_text(any_diff: Diff) -> None:
    markup = page(any_diff)
    found = Elements(markup)
    assert (found.misplaced, found.open) == ([], [])
    tags = [tag for tag, _ in found.seen]
    assert (tags.count("script"), tags.count("style"), tags.count("img"), tags.count("iframe")) == (1, 1, 0, 0)
    assert tags.count("article") == len(any_diff.changes)
    ids = found.values("id")
    assert len(ids) == len(set(ids))
    assert all(one.startswith("#") for one in found.values("href") if one != "data:,")
    assert not any(name.startswith("on") for _, attributes in found.seen for name in attributes)
    assert page(any_diff) == markup
