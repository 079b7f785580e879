"""What people read of edited assertions: what has to hold from now on, and what nothing demands any more."""

from __future__ import annotations

from typing import Any

import pytest
from reviewed_stacks import AT, PROD, the_change

from monitors.review import assertions
from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.fields import differences
from monitors.spec import Dates, Hours, IsTold, PathAssertion, Reaches, Severity, Spec, Stack, WakesNobody

NIGHT = Hours(time_zone="Europe/Paris", start="22:00:00", end="07:00:00")
LATER = Hours(time_zone="Etc/UTC", start="23:00:00", end="06:00:00", weekdays=(6, 7))
DAYS = Dates(time_zone="Etc/UTC", first="2026-12-24", last="2026-12-26")


def assertion(**fields: Any) -> PathAssertion:
    return PathAssertion(
        **{
            "key": "two-people",
            "says": "One of two is awake.",
            "environments": ("prod",),
            "severities": (Severity.SEV1, Severity.SEV2),
            "expects": Reaches(within_minutes=15, people=2),
            **fields,
        }
    )


def holding(*asserted: PathAssertion) -> Stack:
    return PROD.model_copy(update={"assertions": asserted})


def told(old: PathAssertion, new: PathAssertion) -> Change:
    (found,) = assertions.changes(Context(holding(old), holding(new), AT))
    return found


def test_a_new_assertion_tells_what_has_to_hold_and_why() -> None:
    found = the_change(holding(assertion()), holding())
    assert found.headline == (
        '"two-people" is new: from now on it must hold that every SEV1 or SEV2 alert reaches 2 different people '
        "within 15 minutes at any time."
    )
    assert [fact.text for fact in found.facts] == ["The reason is: One of two is awake."]
    assert (found.danger, found.area, found.operation) == (Danger.LOW, Area.ROUTING, Operation.ADDED)


def test_an_assertion_that_is_gone_tells_what_nothing_demands_any_more() -> None:
    quiet = assertion(key="quiet", severities=(Severity.SEV4,), when=NIGHT, expects=WakesNobody())
    found = the_change(holding(), holding(quiet))
    assert found.headline == (
        '"quiet" is gone: nothing demands any more that every SEV4 alert wakes nobody from 22:00 to 07:00 every day '
        "(Europe/Paris)."
    )
    assert (found.danger, found.operation) == (Danger.MEDIUM, Operation.REMOVED)


PEOPLE = Reaches(within_minutes=15, people=2)
BOTH = IsTold(by=("slack", "e-mail"), within_minutes=30)
_LESS, _MORE, _OTHER = "it demands less", "it demands more", "what it demanded before may break unseen"
SHIFTS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "later": ({}, {"expects": Reaches(within_minutes=30, people=2)}, _LESS),
    "sooner": ({}, {"expects": Reaches(within_minutes=5, people=2)}, _MORE),
    "fewer people": ({}, {"expects": Reaches(within_minutes=15)}, _LESS),
    "more people": ({}, {"expects": Reaches(within_minutes=15, people=3)}, _MORE),
    "more people, later": ({}, {"expects": Reaches(within_minutes=30, people=3)}, _OTHER),
    "of a team": ({}, {"expects": Reaches(within_minutes=15, people=2, team="ai")}, _MORE),
    "of any team": ({"expects": Reaches(within_minutes=15, people=2, team="ai")}, {}, _LESS),
    "of another schedule": (
        {"expects": Reaches(within_minutes=5, schedule="ai-primary")},
        {"expects": Reaches(within_minutes=5, schedule="ai-secondary")},
        _OTHER,
    ),
    "another thing": ({}, {"expects": WakesNobody()}, _OTHER),
    "by more channels": ({"expects": IsTold(by=("slack",), within_minutes=30)}, {"expects": BOTH}, _LESS),
    "by fewer channels": ({"expects": BOTH}, {"expects": IsTold(by=("slack",), within_minutes=30)}, _MORE),
    "of fewer alerts": ({}, {"severities": (Severity.SEV1,)}, _LESS),
    "of more alerts": ({}, {"severities": tuple(Severity)}, _MORE),
    "of single alerts": ({}, {"severities": (), "conditions": ("slow-skill",)}, _OTHER),
    "at night alone": ({}, {"when": NIGHT}, _LESS),
    "at any time": ({"when": DAYS}, {}, _MORE),
    "at other times": ({"when": NIGHT}, {"when": LATER}, _OTHER),
}


@pytest.mark.parametrize(("old", "new", "meaning"), SHIFTS.values(), ids=SHIFTS)
def test_an_edit_tells_whether_it_demands_more_or_less_and_every_field(
    old: dict[str, Any], new: dict[str, Any], meaning: str
) -> None:
    before, after = assertion(**old), assertion(**new)
    found = told(before, after)
    assert meaning in found.headline
    assert found.danger is (Danger.LOW if meaning == _MORE else Danger.MEDIUM)
    assert {one.path for one in differences(before, after)} <= {*found.fields}


def test_more_minutes_are_told_with_both_sides() -> None:
    assert told(assertion(), assertion(expects=Reaches(within_minutes=30, people=2))).headline == (
        '"two-people" demands that every SEV1 or SEV2 alert reaches 2 different people within 30 minutes, before '
        "that it reaches 2 different people within 15 minutes: it demands less, and what it no longer demands may "
        "break unseen."
    )


@pytest.mark.parametrize(
    "new",
    [
        {"says": "Another reason."},
        {"environments": ("staging", "prod")},
        {"severities": (Severity.SEV2, Severity.SEV1)},
        {"key": "two"},
    ],
    ids=["reason", "environments", "order", "key"],
)
def test_what_demands_the_same_is_harmless_and_told(new: dict[str, Any]) -> None:
    found = told(assertion(), assertion(**new))
    assert found.danger is Danger.HARMLESS
    assert {*new} <= {*found.fields}
    assert {*new} <= {fact.field for fact in found.facts}


def test_every_field_of_the_vocabulary_is_edited_here() -> None:
    """A field that is added to an assertion has to be told of, and tried in this file."""

    def fields(spec: type[Spec]) -> set[str]:
        return {*spec.model_fields}

    assert fields(PathAssertion) == {"key", "says", "environments", "severities", "conditions", "when", "expects"}
    assert fields(Reaches) == {"within_minutes", "people", "team", "schedule", "user"}
    assert fields(IsTold) == {"by", "within_minutes"}
    assert fields(Hours) == {"time_zone", "start", "end", "weekdays"}
    assert fields(Dates) == {"time_zone", "first", "last"}


def test_equal_assertions_are_told_nothing_of() -> None:
    assert list(assertions.changes(Context(PROD, PROD.model_copy(), AT))) == []
