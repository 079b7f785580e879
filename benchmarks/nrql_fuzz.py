"""Tries the NRQL parser on a million and more generated inputs.

    .venv/bin/python benchmarks/nrql_fuzz.py [--trees N] [--texts N] [--seed N]

Two properties, as in tests/monitors/nrql/test_nrql_properties.py, whose generators it uses. Of trees: the print is read
as the same tree, with the same hash, and is printed the same again. Of texts (characters, words, damaged queries): each
gives a tree, whose print is read as the same tree, or a `NrqlSyntaxError` with a short message, and nothing else. Input
number i depends on the seed and i alone. Exits with 1 at the first that fails, and shows it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from monitors.nrql import NrqlSyntaxError, parse, to_text

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "monitors" / "nrql"))
from nrql_cases import mistakes, queries
from nrql_trees import Trees, rubbish

_LONGEST_MESSAGE = 500
_STEPS = 20  # how often progress is shown
_KNOWN = (*(query for _, query, _ in queries()), *(text for text, _ in mistakes()))


def main() -> None:
    """Try both properties, and print how many inputs were tried, with what result and in which time."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--trees", type=int, default=400_000)
    parser.add_argument("--texts", type=int, default=800_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.perf_counter()
    read = _tried("trees", options.trees, options.seed, _tree)
    print(f"{options.trees:,} trees printed and read again; {read:,} of them of more than 500 characters")
    accepted = _tried("texts", options.texts, options.seed, _text)
    print(f"{options.texts:,} texts: {accepted:,} are queries, {options.texts - accepted:,} refused with a message")
    minutes = (time.perf_counter() - started) / 60
    print(f"{options.trees + options.texts:,} inputs in {minutes:.1f} min, seed {options.seed}, none failed")


def _tried(what: str, count: int, seed: int, judge: Callable[[Random], bool]) -> int:
    """Judge so many inputs; return how many of them were said to be of the second kind."""
    found = 0
    for number in range(count):
        if number % max(1, count // _STEPS) == 0:
            print(f"{what} {number:,} of {count:,}", file=sys.stderr)
        try:
            found += judge(Random(f"{what} {seed} {number}"))
        except Exception as fault:
            raise SystemExit(f"{what} {number} with seed {seed} failed: {type(fault).__name__}: {fault}") from fault
    return found


def _tree(random: Random) -> bool:
    tree = Trees(random).statement()
    text = to_text(tree)
    read = parse(text)
    assert read == tree, f"another tree is read from {text!r}"
    assert hash(read) == hash(tree), f"another hash is read from {text!r}"
    assert to_text(read) == text, f"printed otherwise the second time: {text!r}"
    return len(text) > 500


def _text(random: Random) -> bool:
    text, refused = rubbish(random, _KNOWN), None
    try:
        tree = parse(text)
    except NrqlSyntaxError as fault:
        refused = str(fault)
    if refused is None:
        assert parse(to_text(tree)) == tree, f"another tree is read from the print of {text!r}"
    else:
        assert len(refused) <= _LONGEST_MESSAGE, f"a long message about {text!r}"
    return refused is None


if __name__ == "__main__":
    main()
