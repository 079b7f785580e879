"""A renamed spec is found again, and specs that have nothing in common are not taken for each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitors.review.matching import matched
from monitors.spec import User


def user(key: str, role: str) -> User:
    return User(key=key, role=role)


def essence(one: User) -> tuple[str, ...]:
    return (one.role,)


def test_specs_of_the_same_key_are_pairs_whatever_they_say() -> None:
    found = matched([user("a", "First role")], [user("a", "Other role")], essence)
    assert [(one.key, other.key) for one, other in found.pairs] == [("a", "a")]
    assert (found.renamed, found.added, found.removed) == ((), (), ())


def test_another_key_with_the_same_essence_is_one_renamed() -> None:
    found = matched([user("a", "First role")], [user("b", "First role")], essence)
    assert [(one.key, other.key) for one, other in found.renamed] == [("a", "b")]


def test_specs_without_anything_in_common_are_removed_and_added() -> None:
    found = matched([user("a", "First role")], [user("b", "Second role")], essence)
    assert [one.key for one in found.removed] == ["a"]
    assert [one.key for one in found.added] == ["b"]


def test_two_that_could_both_be_it_are_not_guessed() -> None:
    found = matched([user("a", "First role")], [user("b", "First role"), user("c", "First role")], essence)
    assert found.renamed == ()
    assert len(found.added) == 2


def test_a_weightier_part_decides_first() -> None:
    def both(one: User) -> tuple[str, ...]:
        return (one.role, one.key[0])

    found = matched([user("aa", "First role")], [user("ab", "Second role"), user("ba", "First role")], both)
    assert [(one.key, other.key) for one, other in found.renamed] == [("aa", "ba")]


KEYS = st.sampled_from([f"k{number}" for number in range(8)])
USERS = st.dictionaries(KEYS, st.sampled_from(["Role one", "Role two", "Role three"]), max_size=8)


@given(USERS, USERS)
def test_every_spec_is_in_exactly_one_place(before: dict[str, str], after: dict[str, str]) -> None:
    old = [user(key, role) for key, role in before.items()]
    new = [user(key, role) for key, role in after.items()]
    found = matched(old, new, essence)
    lefts = [one.key for one, _ in (*found.pairs, *found.renamed)] + [one.key for one in found.removed]
    rights = [one.key for _, one in (*found.pairs, *found.renamed)] + [one.key for one in found.added]
    assert sorted(lefts) == sorted(before)
    assert sorted(rights) == sorted(after)
    assert all(one.role == other.role for one, other in found.renamed)
