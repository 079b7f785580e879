"""The page and the picture: whole, every time in them told, and nothing that is named can break out of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from calendar_answers import asked, eventful, with_overrides
from parsed_page import Page

from lookout.who.calendar.asking import Answer
from lookout.who.calendar.page import page
from lookout.who.calendar.picture import initials, svg
from monitors.alerting.rota import Override

HOSTILE = "</style></script><script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


def hostile() -> Answer:
    """Return a calendar whose people, schedules and policies have names that would break out of a page."""
    answer = eventful()
    response = answer.stack.response
    users = tuple(one.model_copy(update={"role": HOSTILE}) for one in response.users)
    schedules = tuple(one.model_copy(update={"name": HOSTILE}) for one in response.schedules)
    policies = tuple(one.model_copy(update={"name": HOSTILE}) for one in response.escalation_policies)
    changed = response.model_construct(
        **{**dict(response), "users": users, "schedules": schedules, "escalation_policies": policies}
    )
    stack = answer.stack.model_construct(**{**dict(answer.stack), "response": changed})
    return with_overrides(replace(answer, stack=stack))


def test_every_bar_leads_to_what_the_page_tells_of_it() -> None:
    found = Page(page(eventful()))
    ids = found.values("id")
    targets = {value[1:] for value in found.values("href") if value.startswith("#")}
    assert len(set(ids)) == len(ids)
    assert targets <= set(ids)
    assert {f"t-ai-secondary-{number}" for number in range(5)} <= targets
    assert "AI secondary (prod): AI engineer A, Wed 7 Jan 09:00 to Sat 10 Jan 09:00, 72 h" in found.values("aria-label")


def test_everybody_is_in_the_table_of_loads_with_shares() -> None:
    text = " ".join(Page(page(asked())).text.split())
    for role in ("AI engineer A", "Platform engineer C", "Engineering lead"):
        assert role in text
    assert "Engineering lead2,159 h 25 %" in text.replace(" Engineering lead 2", " Engineering lead2")


def test_gaps_are_red_doubles_are_marked_and_clock_changes_have_a_line() -> None:
    staging, prod = svg(asked("staging")), svg(eventful())
    assert staging.count('<rect class="gap"') == 130 + 1  # and one in the key
    assert prod.count('<rect class="gap"') == 1
    assert prod.count('<rect class="double"') == 2 + 1
    assert 'class="p0 override"' in prod
    assert "Sun 8 Mar 03:00: clocks are put forward 1 h (America/Los_Angeles)" in prod


def test_a_level_that_is_passed_over_is_marked_and_told() -> None:
    answer = asked("staging")
    response = answer.stack.response
    whole = response.schedules[3].model_copy(
        update={"layers": (response.schedules[3].layers[0].model_copy(update={"restrictions": ()}),)}
    )
    changed = response.model_copy(update={"schedules": (*response.schedules[:3], whole)})
    found = with_overrides(replace(answer, stack=answer.stack.model_copy(update={"response": changed})))
    assert svg(found).count('<rect class="passed"') == 65 * 2 * 2 + 1
    assert (
        "Levels that are passed over. AI service SEV1 (staging): nobody at level 1: 65 times" in Page(page(found)).text
    )


def test_the_picture_is_whole_xml_with_a_title_and_a_description() -> None:
    root = ElementTree.fromstring(svg(eventful()))
    texts = {element.tag.rpartition("}")[2]: element.text for element in root if element.get("id")}
    assert texts["title"] == "Who is on call in prod: 90 days from Mon 5 Jan 2026 09:00 America/Los_Angeles (UTC-08:00)"
    assert (texts["desc"] or "").startswith("Every escalation policy reaches somebody at every moment")


def test_bars_stand_where_their_times_are() -> None:
    root = ElementTree.fromstring(svg(asked(days=28)))
    bars = [one for one in root.iter() if one.tag.endswith("rect") and one.get("class") in ("p0", "p1", "p2")]
    first = [float(one.get("x", "0")) for one in bars[:4]]
    assert first == pytest.approx([210 + 974 / 4 * week for week in range(4)], abs=0.01)


def test_a_row_of_a_year_stays_readable_and_the_file_small() -> None:
    text = page(asked("staging", days=366))
    assert len(text) < 1_000_000
    dates = re.findall(r'<text class="quiet" x="([\d.]+)" y="34">', text)
    places = [float(one) for one in dates]
    assert min(after - before for before, after in pairwise(places)) > 45


@pytest.mark.parametrize("draw", [page, svg])
def test_names_cannot_break_out(draw: object) -> None:
    text = draw(hostile())  # type: ignore[operator]  # both take an answer
    assert "<img" not in text
    assert "<script" not in text
    assert text.count("</style>") == text.count("<style>")


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    text = page(eventful())
    found = Page(text)
    assert not [tag for tag, _ in found.elements if tag in ("script", "img", "iframe", "object", "base", "form")]
    assert all(value.startswith("#") or value == "data:," for value in found.values("href"))
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import|https?:", text.replace("http://www.w3.org/2000/svg", ""))


def test_initials_tell_people_apart() -> None:
    assert (initials("AI engineer A"), initials("Engineering lead")) == ("AEA", "EL")


def test_somebody_who_stands_in_for_an_hour_can_still_be_seen() -> None:
    answer = asked()
    start = answer.calendar.start + timedelta(days=30)
    one = Override("lead", "ai-engineer-a", start, start + timedelta(minutes=1))
    text = svg(with_overrides(answer, one))
    assert re.search(r'<rect class="p0 override" x="[\d.]+" y="\d+" width="1.5"', text)
