"""Two long texts that differ, cut to what differs with some words around it, to be read beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_WHOLE_CHARACTERS: Final = 100
_WORDS_AROUND: Final = 4
_WORDS_AT_MOST: Final = 24
_CUT: Final = "..."


def differing(before: str, after: str) -> tuple[str, str]:
    """Return two texts whole where both are short, else their differing parts; they never read alike."""
    if max(len(before), len(after)) <= _WHOLE_CHARACTERS:
        return before, after
    old, new = before.split(" "), after.split(" ")
    shorter = min(len(old), len(new))
    begin = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    end = next((place for place in range(shorter - begin) if old[-1 - place] != new[-1 - place]), shorter - begin)
    return _part(old, begin, end), _part(new, begin, end)


def without_marks(before: str, after: str) -> tuple[str, str]:
    """Return two Markdown texts without the marks of emphasis, unless these alone differ."""
    plain = tuple(" ".join(re.sub(r"[*`]", "", text).split()) for text in (before, after))
    return (plain[0], plain[1]) if plain[0] != plain[1] else (before, after)


def cut(text: str, characters: int) -> str:
    """Return a text up to a number of characters, cut after a word where it is longer."""
    if len(text) <= characters:
        return text
    head = text[: characters + 1].rpartition(" ")[0] or text[:characters]
    return f"{head.rstrip(' ,;:.')}{_CUT}"


def _part(words: Sequence[str], begin: int, end: int) -> str:
    """Return the words between what both sides begin with and end with, and some around them."""
    first = max(0, begin - _WORDS_AROUND)
    last = min(len(words), len(words) - end + _WORDS_AROUND)
    shown = words[first : min(last, begin + _WORDS_AT_MOST)]
    is_cut = first + len(shown) < len(words)
    return f"{f'{_CUT} ' if first else ''}{' '.join(shown)}{f' {_CUT}' if is_cut else ''}"
