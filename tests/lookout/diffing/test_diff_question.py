"""What `lookout diff` is asked: as of when, about which stack, and of sides that may be too far apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from git_checkouts import SMALL, TARGET, Checkout

from lookout.diffing.question import Question, answer, moment
from lookout.diffing.sides import Chosen, Provisioning, chosen_sides
from lookout.errors import CouldNotRun
from lookout.revisions.git import Repository
from lookout.revisions.provisioned import Provisioned
from lookout.revisions.source import OURS, Catalogue, Source, sides
from monitors import catalog
from monitors.review import compare as comparing
from monitors.review.changes import Diff
from monitors.spec.written import Writer, packed, unpacked


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what the comparison is called with, filled when it is."""
    seen: dict[str, Any] = {}

    def compare(before: Any, after: Any, **more: Any) -> Diff:
        seen.update(before=before, after=after, **more)
        old, new = more["names"]
        return Diff(old, new, (), stacks=tuple(after))

    monkeypatch.setattr(comparing, "compare", compare)
    return seen


def little_sides(checkout: Checkout) -> Chosen:
    repository = Repository(checkout.folder)
    before, after = sides(Catalogue(TARGET, checkout.folder), repository, "main", None)
    return Chosen(before, after, repository)


def test_a_time_is_read_and_what_is_none_is_told() -> None:
    assert moment(None) is None
    assert moment("2026-12-24T03:00Z") == datetime(2026, 12, 24, 3, tzinfo=UTC)
    with pytest.raises(CouldNotRun) as fault:
        moment("Christmas")
    assert str(fault.value) == (
        "--at 'Christmas' is no time.\nWrite one such as 2026-12-24, 2026-12-24T03:00 or 2026-12-24T03:00Z."
    )


def test_a_time_without_a_zone_is_on_the_clocks_of_the_people_on_call(asked: dict[str, Any], ours: Checkout) -> None:
    repository = Repository(ours.folder)
    before, after = sides(Catalogue(OURS, ours.folder), repository, "main", None)
    answer(Chosen(before, after, repository), Question(at=datetime(2026, 12, 24, 3)))
    from monitors.backtest.hours import hours_of

    zone = hours_of(catalog.stack("prod")).zone
    assert asked["at"] == datetime(2026, 12, 24, 3, tzinfo=zone)
    assert set(asked["before"]) == set(asked["after"]) == set(catalog.STACKS)


def test_without_a_time_it_is_now(asked: dict[str, Any], little: Checkout) -> None:
    answer(little_sides(little), Question())
    assert abs(asked["at"] - datetime.now(UTC)) < timedelta(minutes=1)


def test_one_stack_alone_is_compared_when_it_is_named(asked: dict[str, Any], little: Checkout) -> None:
    answer(little_sides(little), Question("prod"))
    assert (list(asked["before"]), list(asked["after"])) == (["prod"], ["prod"])
    answer(little_sides(little), Question("staging"))
    assert (asked["before"], asked["after"]) == ({}, {})


def test_data_that_cannot_be_read_is_told_with_where_to_get_some(little: Checkout, tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun, match=r"`lookout backtest --sample DIR` writes a made-up week"):
        answer(little_sides(little), Question(data=tmp_path / "nothing"))


def test_what_a_side_cannot_say_is_among_the_notes(little: Checkout) -> None:
    document = Writer("").document([catalog.stack("prod")])
    document["stacks"][0]["content"]["mood"] = "bad"
    chosen = little_sides(little)
    diff = answer(Chosen(Provisioned("what was", document), chosen.after, chosen.repository), Question("prod")).diff
    assert 'At what was "mood" of stack is not known today: it is not compared.' in diff.notes
    assert (diff.before, diff.after) == ("what was", "the working tree")


def test_sides_that_are_too_far_apart_to_be_compared_are_told_with_what_sets_them_apart(
    little: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compare(*_: Any, **__: Any) -> Diff:
        raise AttributeError("no such thing")

    monkeypatch.setattr(comparing, "compare", compare)
    with pytest.raises(AttributeError):
        answer(little_sides(little), Question())
    document = Writer("").document([catalog.stack("prod")])
    document["stacks"][0]["content"]["mood"] = "bad"
    chosen = little_sides(little)
    with pytest.raises(CouldNotRun) as fault:
        answer(Chosen(Provisioned("what was", document), chosen.after, chosen.repository), Question())
    assert str(fault.value) == (
        "what was and the working tree are too far apart in their vocabulary to be compared:\n"
        '  At what was "mood" of stack is not known today: it is not compared.\n'
        "Compare with a revision on this side of that change."
    )


def test_what_was_provisioned_comes_back_from_the_text_that_the_state_keeps() -> None:
    for name in catalog.STACKS:
        text = packed(catalog.stack(name))
        assert text.isascii()
        assert len(text) < 40_000
        found = answer_of(unpacked(text), name)
        assert found.changes == ()


def answer_of(document: dict[str, Any], name: str) -> Diff:
    from lookout.revisions.revival import revive

    before = revive(document, "the state").stacks
    return comparing.compare(
        before, {name: catalog.stack(name)}, names=("the state", "now"), at=datetime(2026, 1, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize("text", ["", "no text of ours", "0" * 40, packed(catalog.stack("prod"))[:-20]])
def test_a_text_that_is_none_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        unpacked(text)


@pytest.mark.parametrize(
    ("base", "head", "direct", "catalog_option", "stack", "told"),
    [
        ("main", "HEAD", False, None, "prod", "compared with one revision of our own catalogue"),
        (None, None, True, None, "prod", "compared with one revision of our own catalogue"),
        (None, None, False, TARGET, "prod", "compared with one revision of our own catalogue"),
        (None, None, False, None, None, "--provisioned needs to know whose state to read"),
    ],
)
def test_options_that_do_not_go_with_what_is_provisioned_are_refused(
    base: str | None,
    head: str | None,
    direct: bool,
    catalog_option: str | None,
    stack: str | None,
    told: str,
    little: Checkout,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(little.folder)
    with pytest.raises(CouldNotRun, match=told):
        chosen_sides(base, head, direct, catalog_option, Provisioning(stack, in_sandbox=True))


def test_a_small_catalogues_edit_is_told_of_from_one_commit_to_the_next(little: Checkout) -> None:
    little.write("watched.py", SMALL.replace("The team", "Another team"))
    chosen = little_sides(little)
    assert isinstance(chosen.after, Source)
    diff = answer(chosen, Question()).diff
    assert [change.subject for change in diff.changes] == ["team/team"]


@pytest.mark.parametrize("time", ["0001-01-01", "9999-12-31T23:59", "1999-12-31"])
def test_a_time_so_far_off_that_weeks_around_it_are_no_dates_is_refused(time: str) -> None:
    with pytest.raises(CouldNotRun) as fault:
        moment(time)
    assert str(fault.value) == f"--at '{time}' is not within 2000 and 2099.\nWrite a year that schedules are for."
