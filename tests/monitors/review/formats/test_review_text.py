"""A diff as text: the most dangerous first, grouped, within the width, and nothing that could steer a terminal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from review_diffs import change, diff, diffs, lost
from shown_diff import SHOWN

from monitors.review.changes import Danger, Diff, Effect
from monitors.review.formats.text import lines
from monitors.review.formats.words import MEANINGS, verdict


def text(one: Diff, width: int | None = None) -> str:
    return "\n".join(lines(one, width=width))


def test_a_diff_reads_from_the_most_dangerous_change_to_the_notes() -> None:
    assert text(SHOWN) == "\n".join(
        [
            *verdict(SHOWN),
            "main against topic, from the specs alone.",
            "",
            "What Pulumi replaces or deletes",
            "  Workflow page-sev1 is replaced, because of accountId, staging and prod. Its history is lost.",
            "  Workflow old is deleted, staging and prod.",
            "Pulumi creates 1 resource.",
            "",
            "Dangerous",
            MEANINGS[Danger.HIGH],
            "  Alerts",
            '    "High Skill Error Rate" opens above 7 % for 5 min, before above 5 %.',
            "      condition/high-skill-error-rate, prod only, /nowhere/monitors/catalog/skill_alerts.py:80",
            "      - A rate of 5 to 7 % is no longer told.",
            "",
            "Needs care",
            MEANINGS[Danger.MEDIUM],
            "  On call",
            "    AI engineer B is on call this week, before AI engineer A.",
            "      schedule/ai-primary, before schedule/first, staging and prod",
            "",
            "Harmless",
            MEANINGS[Danger.HARMLESS],
            "  Dashboards",
            '    The chart "Cost" has another title.',
            "      dashboard/cost, staging and prod",
            "",
            "Notes",
            '  The stack "dev" is in main alone and is not compared.',
        ]
    )


def test_equal_sides_are_three_lines() -> None:
    assert text(diff()) == (
        "Nothing changes for anybody.\nBoth sides declare the same.\nmain against topic, from the specs alone."
    )


def test_what_pulumi_makes_and_brings_up_to_date_is_counted() -> None:
    resources = (lost("a", effect=Effect.CREATE), lost("b", effect=Effect.UPDATE), lost("c", effect=Effect.UPDATE))
    assert "Pulumi creates 1 resource and updates 2 resources." in text(diff(change(), resources=resources))


def test_what_belongs_to_a_line_hangs_below_it_where_it_is_wrapped() -> None:
    shown = text(SHOWN, 60)
    assert (
        '    "High Skill Error Rate" opens above 7 % for 5 min,\n'
        "    before above 5 %.\n"
        "      condition/high-skill-error-rate, prod only,\n"
        "      /nowhere/monitors/catalog/skill_alerts.py:80\n"
        "      - A rate of 5 to 7 % is no longer told.\n"
    ) in shown


def test_paint_says_what_each_part_is() -> None:
    painted = set[str]()

    def paint(words: str, style: str) -> str:
        painted.add(f"{style}: {words}")
        return words

    assert list(lines(SHOWN, paint=paint)) == list(lines(SHOWN))
    assert {"dangerous: Dangerous", "careful: Needs care", "harmless: Harmless", "strong: Alerts"} < painted


@settings(max_examples=40, deadline=None)
@given(diffs, st.one_of(st.none(), st.integers(0, 200)))
def test_no_diff_can_steer_a_terminal_or_leave_a_change_out(one: Diff, width: int | None) -> None:
    found = list(lines(one, width=width))
    assert all(line.isprintable() for line in found)
    dangers = {danger for danger in Danger if any(each.danger is danger for each in one.changes)}
    shown = [line for line in found if not line.startswith(" ")]
    titles = {"Dangerous", "Needs care", "Small", "Harmless"}
    assert len([line for line in shown if line in titles]) >= len(dangers)


def test_resources_that_fare_alike_are_told_together_and_of_many_the_first_ones() -> None:
    several = tuple(lost(f"condition-{number}") for number in range(10))
    told = [line for line in text(diff(resources=several)).split("\n") if "condition-0" in line]
    assert len(told) == 1
    assert "condition-7 and 2 more are " in told[0]
