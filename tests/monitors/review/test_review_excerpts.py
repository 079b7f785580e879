"""Long texts are cut to what differs, and two that differ never read alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitors.review.excerpts import cut, differing, without_marks

WORDS = st.lists(
    st.sampled_from(["one", "two", "three", "four", "five", "", "a-long-word-of-some-length"]), max_size=60
)


@given(WORDS, WORDS, WORDS, WORDS)
def test_two_texts_that_differ_are_told_otherwise(
    begin: list[str], old: list[str], new: list[str], end: list[str]
) -> None:
    before, after = (" ".join([*begin, *middle, *end]) for middle in (old, new))
    told = differing(before, after)
    assert (told[0] == told[1]) == (before == after)


def test_a_long_text_keeps_some_words_around_what_differs() -> None:
    words = [f"word{number}" for number in range(60)]
    before, after = " ".join(words), " ".join([*words[:30], "other", *words[31:]])
    assert differing(before, after) == (
        "... word26 word27 word28 word29 word30 word31 word32 word33 word34 ...",
        "... word26 word27 word28 word29 other word31 word32 word33 word34 ...",
    )


def test_short_texts_are_told_whole() -> None:
    assert differing("above 5", "above 7") == ("above 5", "above 7")


def test_marks_of_emphasis_are_left_out_unless_they_alone_differ() -> None:
    assert without_marks("**Old**  words", "**New** `words`") == ("Old words", "New words")
    assert without_marks("*words*", "words") == ("*words*", "words")


def test_a_text_is_cut_after_a_word() -> None:
    assert cut("three short words", 17) == "three short words"
    assert cut("three short words", 12) == "three short..."
    assert cut("three short words", 8) == "three..."
