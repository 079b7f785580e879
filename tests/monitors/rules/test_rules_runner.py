"""The runner: every check over every stack, each problem once and in order, silences, checks that break down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spec_builders as build

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level, Problem
from monitors.rules.review import Review
from monitors.rules.runner import MOST_OF_ONE, fails, in_order, judge, run
from monitors.spec import Silence, Stack
from monitors.spec.places import Place

PROD, STAGING = build.stack(), build.stack(name="staging")


def check(code: str, *messages: str, level: Level = Level.ERROR) -> Check:
    """Return a check that says these things of the first condition, with the stack's name for {stack}."""

    def judge_condition(review: Review) -> Iterator[Finding]:
        for message in messages:
            yield Finding(review.conditions[0].subject, "query", message.format(stack=review.stack.name), "Mend it.")

    return Check(code, level, "A check of a test.", judge_condition)


def broken(code: str) -> Check:
    """Return a check that says one thing and then breaks down."""

    def judge_condition(review: Review) -> Iterator[Finding]:
        yield Finding(review.conditions[0].subject, "query", "Found before.", "Mend it.")
        raise KeyError("lost")

    return Check(code, Level.ERROR, "A check of a test.", judge_condition)


def judged(*checks: Check, stacks: tuple[Stack, ...] = (PROD,), silences: tuple[Silence, ...] = ()) -> list[Problem]:
    return list(judge([Review(stack) for stack in stacks], checks=checks, silences=silences).problems)


def silence(check: str, subject: str) -> Silence:
    return Silence(check=check, subject=subject, reason="It is meant so.")


def test_what_two_stacks_share_is_told_once_with_both_names() -> None:
    (problem,) = judged(check("group/one", "It is wrong."), stacks=(STAGING, PROD))
    assert problem.stacks == ("staging", "prod")


@pytest.mark.parametrize(
    "message", ["Named in {stack}.", 'The monitor "Health ({stack})" is gone.', "legal-{stack} is gone."]
)
def test_messages_that_differ_in_the_stacks_name_alone_are_the_same(message: str) -> None:
    (problem,) = judged(check("group/one", message), stacks=(STAGING, PROD))
    assert problem.message == message.format(stack="staging")


def test_what_differs_between_stacks_is_told_twice() -> None:
    def by_length(review: Review) -> Iterator[Finding]:
        yield Finding(review.conditions[0].subject, "query", f"{len(review.stack.name)} letters.", "Mend it.")

    found = judged(Check("group/one", Level.ERROR, "A check of a test.", by_length), stacks=(STAGING, PROD))
    assert sorted((one.message, one.stacks) for one in found) == [
        ("4 letters.", ("prod",)),
        ("7 letters.", ("staging",)),
    ]


def test_the_same_thing_said_twice_of_one_spec_stays_twice() -> None:
    assert len(judged(check("group/one", "Alike.", "Alike."), stacks=(STAGING, PROD))) == 2


def test_problems_are_sorted_by_file_line_and_code_and_those_without_a_place_come_last() -> None:
    def problem(file: str | None, line: int, code: str) -> Problem:
        place = None if file is None else Place(file, line)
        return Problem(code, Level.ERROR, "spec", "spec/key", "", "Wrong.", "", place)

    expected = [problem("a", 2, "b/b"), problem("a", 10, "a/a"), problem("b", 1, "a/a"), problem(None, 0, "a/a")]
    assert sorted(reversed(expected), key=in_order) == expected


def test_a_check_that_breaks_down_is_named_and_the_others_still_run() -> None:
    found = judged(broken("group/broken"), check("group/sound", "Still found."))
    assert {one.code: one.message for one in found} == {
        "group/broken": "Found before.",
        "group/sound": "Still found.",
        "check/failed": "The check group/broken broke down with KeyError: 'lost'.",
    }
    assert next(one for one in found if one.code == "check/failed").key == "check/group/broken"


def test_a_check_says_so_many_things_of_one_spec_and_then_how_many_more() -> None:
    found = judged(check("group/one", *(f"Number {number}." for number in range(MOST_OF_ONE + 5))))
    assert len(found) == MOST_OF_ONE + 1
    assert "There are 5 more like these 20 in the same spec." in {one.message for one in found}


@pytest.mark.parametrize("subject", ["condition/high-errors", "condition/high-*", "*/high-errors"])
def test_a_silence_keeps_back_what_it_names(subject: str) -> None:
    verdict = judge([Review(PROD)], checks=[check("group/one", "Wrong.")], silences=[silence("group/one", subject)])
    assert (verdict.problems, verdict.silenced) == ((), 1)


@pytest.mark.parametrize(
    "one", [silence("group/other", "condition/high-errors"), silence("group/one", "condition/high-error")]
)
def test_a_silence_of_another_check_or_subject_keeps_nothing_back(one: Silence) -> None:
    assert "Wrong." in {problem.message for problem in judged(check("group/one", "Wrong."), silences=(one,))}


def test_the_first_of_two_silences_that_overlap_does_not_make_the_other_unused() -> None:
    silences = (silence("query/limit", "condition/*"), silence("query/limit", "condition/high-errors"))
    assert judged(check("query/limit", "Wrong."), silences=silences) == []


def test_a_silence_of_a_check_that_was_not_run_is_not_judged() -> None:
    assert judged(check("query/limit"), silences=(silence("query/offset", "condition/high-errors"),)) != []
    assert judged(check("query/limit"), silences=(silence("query/syntax", "condition/high-errors"),)) == []


def test_progress_is_told_for_each_check_and_stack() -> None:
    told: list[tuple[int, int]] = []
    checks = [check("group/one"), check("group/two")]
    judge([Review(STAGING), Review(PROD)], checks=checks, on_progress=lambda done, steps: told.append((done, steps)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_all_registered_checks_run_over_stacks() -> None:
    wrong = build.condition(query="FROM SkillExecution SELECT count(*) LIMIT 5")
    stack = build.stack(observability=build.observability(policies=(build.policy(conditions=(wrong,)),)))
    assert "query/limit" in {problem.code for problem in run([stack])}
    limit = silence("query/limit", "condition/high-errors")
    assert "query/limit" not in {problem.code for problem in run([stack], silences=[limit])}


@pytest.mark.parametrize(("level", "expected"), [(Level.ERROR, True), (Level.WARNING, True), (Level.NOTE, False)])
def test_notes_alone_are_no_failure(level: Level, expected: bool) -> None:
    assert fails(judged(check("group/one", "Something.", level=level))) is expected
