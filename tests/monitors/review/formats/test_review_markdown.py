"""The comment: what a reviewer reads first, what GitHub takes, and nothing in it that GitHub would read otherwise."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from review_diffs import PLAIN, change, changes, diff, diffs, lost, texts

from monitors.review.changes import Area, Danger, Diff, Effect, Fact
from monitors.review.formats.escaping import JOINER, code, escaped, plain
from monitors.review.formats.markdown import MARKER, MOST_BYTES, comment
from monitors.review.formats.words import TITLES
from monitors.spec.places import Place

GITHUB = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
OURS = {"p", "strong", "h3", "sub", "ul", "li", "code", "br", "details", "summary", "span"}
VOID = {"br"}
# A diff of huge texts takes minutes to shrink, and is told by its first failure well enough.
QUICK = settings(deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


class Elements(HTMLParser):
    """What a browser would make of the comment: which elements, whether each is closed, and the text."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.comments: list[str] = []
        self.text = ""
        self.feed(GITHUB.render(markdown))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if attrs:
            self.misplaced.append(f"{tag} {attrs}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.misplaced.append(tag)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.text += data


def dangers(text: str) -> list[str]:
    order = [*(TITLES[danger] for danger in sorted(Danger, reverse=True)[:-1]), "harmless change"]
    headings = re.findall(r"^(?:### (.*)|<details><summary>[\d,]+ (harmless change)s?</summary>)$", text, re.MULTILINE)
    return [first or second for first, second in headings if (first or second) in order]


@pytest.fixture(scope="module")
def told() -> str:
    return comment(PLAIN)


def test_it_begins_with_the_line_by_which_it_is_found_again(told: str) -> None:
    assert told.splitlines()[0] == MARKER == "<!-- lookout-diff -->"


def test_two_lines_say_how_much_of_which_danger_and_what_is_affected(told: str) -> None:
    assert told.splitlines()[1:3] == [
        "**1 dangerous change, 1 to be taken with care, 1 harmless.**",
        "Affected: alerts, on call and dashboards; staging and prod. Pulumi replaces 1 resource and deletes 1.",
    ]


def test_the_most_dangerous_comes_first_whatever_the_order_it_came_in() -> None:
    turned = replace(PLAIN, changes=PLAIN.changes[::-1])
    assert comment(turned) == comment(PLAIN)
    assert dangers(comment(turned)) == ["Dangerous", "Needs care", "harmless change"]


def test_a_change_is_its_headline_where_it_holds_and_stands_and_then_its_facts(told: str) -> None:
    assert (
        '- **"High Skill Error Rate" opens above 7 % for 5 min, before above 5 %.** <br>prod only '
        "`/nowhere/monitors/catalog/skill\\_alerts.py:80`".replace("\\", "")
        + "\n  - A rate of 5 to 7 % is no longer told.\n"
    ) in told


def test_an_environment_is_named_as_the_only_one_only_where_there_is_another() -> None:
    in_prod = change(environments=("prod",))
    assert "<br>prod only\n" in comment(diff(in_prod, change(environments=("staging", "prod"))))
    assert "; prod only." in comment(diff(in_prod))
    alone = comment(diff(in_prod, stacks=("prod",)))
    assert "; prod." in alone
    assert "only" not in alone


def test_environments_that_all_changes_share_are_named_once() -> None:
    text = comment(diff(*(change(f"{one}.", environments=("prod",)) for one in "abc")))
    assert text.count("prod") == 1


def test_resources_of_which_the_same_is_told_are_told_of_together() -> None:
    text = comment(diff(change(), resources=(*(lost(f"w{one}", "It is lost.") for one in range(14)), lost("x"))))
    block = text.partition("### What Pulumi replaces or deletes\n\n")[2].partition("\n\n")[0].splitlines()
    assert block[0].startswith("- Workflow `w0`, `w1`, ")
    assert block[0].endswith("`w7` and 6 more are replaced, because of accountId, staging and prod. It is lost.")
    assert block[1:] == ["- Workflow `x` is replaced, because of accountId, staging and prod."]


def test_harmless_changes_are_folded_away(told: str) -> None:
    folded = re.search(r"<details><summary>1 harmless change</summary>\n([\s\S]*?)\n</details>", told)
    assert folded is not None
    assert 'The chart "Cost" has another title.' in folded[1]


def test_what_pulumi_replaces_or_deletes_is_a_block_of_its_own_with_what_is_lost(told: str) -> None:
    block = told.partition("### What Pulumi replaces or deletes\n\n")[2].partition("\n\n")[0]
    assert block.splitlines() == [
        "- Workflow `page-sev1` is replaced, because of accountId, staging and prod. Its deliveries are lost.",
        "- Workflow `old` is deleted, because of accountId, staging and prod.",
    ]


def test_resources_that_are_only_updated_have_no_block() -> None:
    assert "Pulumi" not in comment(diff(change(), resources=(lost("one", effect=Effect.UPDATE),)))


def test_notes_come_last(told: str) -> None:
    assert told.partition("### Notes\n\n")[2].startswith('- The stack "dev" is in main alone and is not compared.\n')


def test_nothing_changed_is_said() -> None:
    assert comment(diff()).splitlines()[1:3] == ["**Nothing changes for anybody.**", "Both sides declare the same."]


def test_no_line_is_a_table_and_no_heading_is_longer_than_a_phone_shows(told: str) -> None:
    assert not re.search(r"^\|", told, re.MULTILINE)
    assert all(len(line) <= 40 for line in told.splitlines() if line.startswith("#"))


@pytest.mark.parametrize("count", [1, 300, 10_000])
def test_what_does_not_fit_is_cut_between_changes_the_least_dangerous_first_and_counted(count: int) -> None:
    many = [change(f"Dangerous number {one}.", Danger.HIGH) for one in range(50)]
    many += [change(f"Small number {one}. {'x' * 300}", Danger.LOW) for one in range(count)]
    many += [change(f"Harmless number {one}.", Danger.HARMLESS) for one in range(count)]
    text = comment(diff(*many))
    assert len(text.encode()) <= MOST_BYTES
    assert all(f"Dangerous number {one}.**" in text for one in range(50))
    shown = len(re.findall(r"^- \*\*(?:Dangerous|Small|Harmless) number", text, re.MULTILINE))
    left = re.search(r"\*\*([\d,]+) more changes are in the artifact\*\*: (.*)\.\n", text)
    if count == 1:
        assert (left, shown) == (None, 52)
        return
    assert left is not None
    assert int(left[1].replace(",", "")) == len(many) - shown
    assert f"{count:,} harmless" in left[2]
    assert shown > 150, "there was room for more"


def test_more_dangerous_changes_than_there_is_room_for_leave_no_room_for_others() -> None:
    many = [change("x" * 1000, Danger.HIGH) for _ in range(100)]
    text = comment(diff(*many, change("small", Danger.LOW)))
    assert dangers(text) == ["Dangerous"]
    assert re.search(r"more changes are in the artifact\*\*: \d+ dangerous changes, 1 small\.", text)


def test_one_change_does_not_take_the_room_of_all_others() -> None:
    huge = change("First.", Danger.HIGH, facts=tuple(Fact("t", f"{one} {'y' * 400}") for one in range(500)))
    text = comment(diff(huge, change("Second.", Danger.HIGH)))
    assert "**Second.**" in text
    assert re.search(r"  - 4\d\d more facts: see the artifact\.", text)


def test_the_limit_holds_where_every_character_takes_four_bytes() -> None:
    assert len(comment(diff(*(change("\U0001f308" * 1000) for _ in range(200)))).encode()) <= MOST_BYTES


@given(diffs)
@settings(QUICK, max_examples=120)
def test_any_diff_is_a_comment_that_github_takes_and_reads_as_text(any_diff: Diff) -> None:
    text = comment(any_diff)
    assert len(text.encode()) <= MOST_BYTES
    assert text.count(MARKER) == 1
    assert text.startswith(f"{MARKER}\n")
    shown = Elements(text)
    assert set(shown.seen) <= OURS
    assert shown.seen.count("details") == shown.seen.count("summary") <= 1
    assert (shown.misplaced, shown.open) == ([], [])
    assert shown.comments == [" lookout-diff "]
    assert not re.search(r"@\w|(?<!&)#\w|://|\bwww\.|:[\w+-]+:|\bGH-\d", _outside_code(text), re.IGNORECASE)


def _outside_code(text: str) -> str:
    """Return the comment as its elements' text, code spans left out: what GitHub looks for links in."""
    return re.sub(r"<code>[^<]*</code>", "", GITHUB.render(text))


@given(st.lists(changes, max_size=30))
@settings(QUICK, max_examples=40)
def test_any_changes_come_the_most_dangerous_first(some: list) -> None:  # type: ignore[type-arg]
    found = dangers(comment(diff(*some)))
    order = [*(TITLES[danger] for danger in sorted(Danger, reverse=True)[:-1]), "harmless change"]
    assert found == sorted(found, key=order.index)


@given(texts)
@settings(QUICK, max_examples=300)
def test_a_text_is_shown_as_it_is(text: str) -> None:
    for before, after in (("- **a", "**"), ("- a", ""), ("- ", "a")):
        shown = Elements(f"{before}{escaped(text)}{after}")
        assert set(shown.seen) <= {"ul", "li", "strong", "span", "p"}
        assert sorted(shown.text.replace(JOINER, "").strip()) == sorted(f"a{plain(text)}".replace(JOINER, "").strip())


@given(texts)
@settings(QUICK, max_examples=300)
def test_a_code_span_holds_its_text_whatever_it_is(text: str) -> None:
    shown = Elements(f"- x {code(text)} y")
    assert shown.seen == ["ul", "li", "code"]
    assert shown.text.replace(JOINER, "").strip() == f"x {plain(text) or chr(0xFFFD)} y"


@given(diffs)
@settings(QUICK, max_examples=20)
def test_equal_diffs_have_equal_comments(any_diff: Diff) -> None:
    assert comment(any_diff) == comment(replace(any_diff))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@octocat and @org/team", f"@{JOINER}octocat and @{JOINER}org/team"),
        ("see #12 and GH-7", f"see \\#{JOINER}12 and GH-{JOINER}7"),
        ("http://x.example", f"http:{JOINER}//x.example"),
        ("WWW.x.example", f"WWW{JOINER}.x.example"),
        ("a@b.example", f"a@{JOINER}b.example"),
        (":tada: at 10:30", f":{JOINER}tada: at 10:30"),
        ("costs $5 or $6", "costs <span>$</span>5 or <span>$</span>6"),
        ("<b>|*_`~", "&lt;b&gt;\\|\\*\\_\\`\\~"),
        ("1. first", "1\\. first"),
        ("- first", "\\- first"),
        ("two\nlines \u202e turned", "two lines \ufffd turned"),
    ],
)
def test_what_github_would_read_is_text(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_place_is_a_path_from_the_checkout_on() -> None:
    here = Place(str(Place.__module__ and __file__), 3)
    assert "`tests/monitors/review/formats/test_review_markdown.py:3`" in comment(diff(change(place=here)))


def test_areas_are_told_apart_within_a_danger() -> None:
    text = comment(diff(change("b", area=Area.HOSTING), change("a", area=Area.ALERTS)))
    assert re.findall(r"^\*\*(.*)\*\*$", text, re.MULTILINE)[1:] == ["Alerts", "Hosting"]
