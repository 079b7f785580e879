"""PagerDuty's condition language: what it never takes, told before an account refuses it or the rule never matches.

The language: https://github.com/PagerDuty/developer-docs, docs/REST-API/18-PCL-Overview.md. Texts stand in single
quotes; they are compared with `matches`, `matches part`, `matches regex` and `==`, numbers with `<` and the like.
"""

from __future__ import annotations

import re
from typing import Final

_TEXT: Final = re.compile(r"'(?:[^'\\]|\\.)*'")
# What people write from other languages, and what stands for it here; looked for outside texts.
_FOREIGN: Final = (
    (r"\"", "write texts in single quotes"),
    (r"!=|<>", "write not ... == ... instead"),
    (r"=~", "write matches regex instead"),
    (r"(?<![<>=!])=(?!=)", "write == instead"),
    (r"&&", "write and instead"),
    (r"\|\|", "write or instead"),
    (r"(?<![.\w])(?:equals|is)(?!\w)", "write matches instead"),
    (r"(?<![.\w])(?:contains|like|includes)(?!\w)", "write matches part instead"),
)
_OPERATORS: Final = re.compile(r"\bmatches\b|\bexists\b|==|[<>]|\bin\b|\btrigger_count\b")


def pagerduty_condition(condition: str) -> str:
    """Return a condition of PagerDuty's. Raises ValueError with what it does not take, and what to write."""
    outside = _TEXT.sub("''", condition)
    for pattern, advice in _FOREIGN:
        found = re.search(pattern, outside, re.IGNORECASE)
        if found:
            raise ValueError(f"PagerDuty's conditions have no {found[0]}; {advice}")
    if outside.replace("''", "").count("'"):
        raise ValueError("a text is not closed: a single quote is missing")
    if outside.count("(") != outside.count(")"):
        raise ValueError(f"it opens ( {outside.count('(')} times and closes ) {outside.count(')')} times")
    if not _OPERATORS.search(outside):
        raise ValueError("it compares nothing, so that it is never true; use matches, exists or ==")
    return condition
