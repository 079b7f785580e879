"""Which known word somebody likely meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 64  # nobody misspells a longer word than any that is known


def suggest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to a misspelt one, None when none is near.

    Another case is nearest; then one letter wrong, left out, put in or swapped with its neighbour counts as one step:
    a word of two to four letters may be one step off, one of up to seven two, a longer one three.
    """
    if not word or len(word) > _LONGEST:
        return None
    lowered = word.lower()
    most = 0 if len(word) < 2 else 1 if len(word) <= 4 else 2 if len(word) <= 7 else 3
    best: tuple[int, int, str] | None = None
    for candidate in known:
        if abs(len(candidate) - len(word)) > most:
            continue
        steps = _steps(lowered, candidate.lower())
        rank = (steps, abs(len(candidate) - len(word)), candidate)
        if steps <= most and (best is None or rank < best):
            best = rank
    return best[2] if best else None


def _steps(one: str, other: str) -> int:
    """Return the steps from one word to the other (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                steps = min(steps, last[j - 2] + 1)
            row.append(steps)
    return row[-1]
