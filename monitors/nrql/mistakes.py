"""Why a text is no NRQL, said so that its author can mend it.

`explain` asks each of `_LOOKS` in turn whether it knows the mistake; the last one always answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from monitors.nrql import foreign
from monitors.nrql.characters import explain_character
from monitors.nrql.cursor import Cursor
from monitors.nrql.errors import NrqlSyntaxError
from monitors.nrql.excerpts import position
from monitors.nrql.ranks import COMPARED, POWERS
from monitors.nrql.suggestions import suggest
from monitors.nrql.words import CLAUSES, MORE, RESERVED, SOFT, UNITS, WITHIN_CLAUSES

_SHOWN: Final = 40  # characters of a token that a reason repeats
_VALUES: Final = frozenset(("word", "name", "number", "text", "pattern", "variable", ")", "]", "TRUE", "FALSE", "NULL"))
_BEFORE_VALUES: Final = frozenset((",", "(", "[", "SELECT", "WHERE", "FACET", *POWERS)) - {"IS", "IN", "*"}
_SIGNS: Final = {
    ",": "a comma",
    "(": "an opening parenthesis",
    ")": "a closing parenthesis",
    "]": "a closing bracket",
    "}": "a closing brace",
}
_A_UNIT: Final = "a unit of time such as minutes"
_DATE: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_SLASHED_NAME: Final = re.compile(r"[\w.:/-]+")
_BARE_NAME: Final = re.compile(r"\d[\w.]*")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong: `start` and `end` are characters of the text, both those of the token unless they are given."""

    reason: str
    suggestion: str | None = None
    start: int | None = None
    end: int | None = None
    expected: tuple[str, ...] = ()


class _Place:
    """The token that does not fit, with what stands before it."""

    def __init__(self, cursor: Cursor, expected: tuple[str, ...]) -> None:
        self.text, self.at, self.expected = cursor.text, cursor.at, expected
        self.kinds, self.starts, self.ends = cursor.kinds, cursor.starts, cursor.ends
        self.kind, self.source, self.word = cursor.kinds[cursor.at], cursor.source(), cursor.word()
        self.start, self.end = cursor.starts[cursor.at], cursor.ends[cursor.at]

    def kind_at(self, steps: int) -> str:
        """Return the kind of the token so many steps on, nothing beyond either end."""
        at = self.at + steps
        return self.kinds[at] if 0 <= at < len(self.kinds) else ""

    def source_at(self, steps: int) -> str:
        """Return the token so many steps on as it is written, nothing beyond either end."""
        at = self.at + steps
        return self.text[self.starts[at] : self.ends[at]] if 0 <= at < len(self.kinds) else ""

    def touches(self) -> bool:
        """Say whether nothing stands between the token and the one before."""
        return self.at > 0 and self.ends[self.at - 1] == self.start

    def open_parenthesis(self) -> int | None:
        """Return where the innermost parenthesis stands that is still open, None when none is."""
        closed = 0
        for at in range(self.at - 1, -1, -1):
            if self.kinds[at] == ")":
                closed += 1
            elif self.kinds[at] == "(":
                if not closed:
                    return self.starts[at]
                closed -= 1
        return None


def explain(cursor: Cursor, expected: tuple[str, ...]) -> NrqlSyntaxError:
    """Return what is wrong with the token at the cursor, where one of `expected` could have stood."""
    place = _Place(cursor, expected)
    found = next(mistake for look in _LOOKS if (mistake := look(place)) is not None)
    start = place.start if found.start is None else found.start
    end = place.end if found.end is None else found.end
    named = tuple(_SIGNS.get(what, what) for what in found.expected)
    return NrqlSyntaxError(place.text, start, max(1, end - start), found.reason, named, found.suggestion)


def _shown(source: str) -> str:
    cut = source if len(source) <= _SHOWN else f"{source[:_SHOWN]}..."
    return "".join(character if character.isprintable() else "." for character in cut)


def _nothing_there(place: _Place) -> Mistake | None:
    if place.kind != "end" or place.at:
        return None
    what = "holds only a comment" if place.text.strip() else "is empty"
    return Mistake(f"the text {what}, and no query", expected=place.expected)


def _character(place: _Place) -> Mistake | None:
    if place.kind != "fault":
        return None
    pattern = place.touches() and place.source_at(-1) in ("r", "R")
    reason, suggestion, end = explain_character(place.text, place.start, pattern=pattern)
    return Mistake(reason, suggestion, end=end)


def _operator(place: _Place) -> Mistake | None:
    """`==`, `<>`, `=>` and `=<`, whose first sign is an operator of its own."""
    both = place.source_at(-1) + place.source if place.touches() else ""
    wanted = {"==": "=", "<>": "!=", "=>": ">=", "=<": "<="}.get(both)
    if place.kind == "=" and place.kind_at(-1) == "NOT":
        both, wanted = "NOT =", "!="
    if wanted is None:
        return None
    return Mistake(f"NRQL has no operator {both}", wanted, start=place.starts[place.at - 1])


def _quote_within_a_text(place: _Place) -> Mistake | None:
    if place.kind_at(-1) not in ("text", "pattern") or not place.touches():
        return None
    if place.kind == "text":
        return Mistake(
            "a single quote within a text stands after a backslash",
            r"\'",
            start=place.ends[place.at - 1] - 1,
            end=place.start + 1,
        )
    if place.kind == "word":
        reason = "the text before this has ended here: a quote is missing before, or one within it needs a backslash"
        return Mistake(reason, start=place.starts[place.at - 1])
    return None


def _by_after_facet(place: _Place) -> Mistake | None:
    # BY itself has been read as an attribute of that name.
    if place.kind_at(-1) != "BY" or place.kind_at(-2) != "FACET":
        return None
    return Mistake("FACET takes no BY", f"FACET {_shown(place.source)}", start=place.starts[place.at - 2])


def _keyword_read_as_a_name(place: _Place) -> Mistake | None:
    """`SELECT a, LIMIT 5`: LIMIT stands where a value should, and 5 does not fit after a name."""
    keyword = place.kind_at(-1)
    if keyword not in SOFT or place.kind_at(-2) not in _BEFORE_VALUES:
        return None
    before = place.at - 1
    if place.kind_at(-2) == ",":
        return Mistake("nothing follows this comma", start=place.starts[before - 1], end=place.ends[before - 1])
    reason = f"a value is missing before {keyword}; a name spelled like it stands in backquotes"
    return Mistake(reason, start=place.starts[before], end=place.ends[before])


def _words_of_sql(place: _Place) -> Mistake | None:
    if place.word in foreign.STATEMENTS and not place.at:
        return Mistake(f"NRQL only reads data; {place.word} is no query", expected=("SELECT", "FROM"))
    # A word that SQL puts before a value, as in COUNT(DISTINCT name), has been read as a name.
    before = place.source_at(-1).upper() if place.kind in _VALUES else ""
    for steps, word in ((-1, before), (0, place.word)):
        if word in foreign.SQL:
            reason, instead = foreign.SQL[word]
            return Mistake(reason, instead, start=place.starts[place.at + steps], end=place.ends[place.at + steps])
    return None


def _unit(place: _Place) -> Mistake | None:
    abbreviated = place.kind_at(-1) == "number" and place.kind == "word" and place.source.lower() in foreign.UNITS
    if not abbreviated and place.expected[:1] != (_A_UNIT,):
        return None
    count, unit = place.source_at(-1), foreign.UNITS.get(place.source.lower())
    start = place.starts[place.at - 1]
    if place.kind == "word":
        unit = unit or suggest(place.source, ("minutes", "hours", "seconds", "days", "weeks", "months", "years"))
        if unit and count == "1":
            unit = unit.removesuffix("s")
        reason = f"{_shown(place.source)} is no unit of time"
        return Mistake(reason, f"{_shown(count)} {unit}" if unit else None, start=start, expected=(_A_UNIT,))
    return Mistake("the duration has no unit", start=start, end=place.ends[place.at - 1], expected=(_A_UNIT,))


def _date_without_quotes(place: _Place) -> Mistake | None:
    if place.kind_at(-1) != "number" or place.kind_at(-2) not in ("SINCE", "UNTIL", "WITH"):
        return None
    start = place.starts[place.at - 1]
    found = _DATE.match(place.text, start)
    if found is None:
        return None
    return Mistake("a date stands in single quotes", f"'{found[0]}'", start=start, end=found.end())


def _name_that_needs_backquotes(place: _Place) -> Mistake | None:
    if place.kind == "number" and place.kind_at(1) == "word" and place.starts[place.at + 1] == place.end:
        name = place.source + place.source_at(1)
        reason = "a name that begins with a digit stands in backquotes"
        return Mistake(reason, f"`{_shown(name)}`", end=place.ends[place.at + 1])
    if place.kind == "word" and place.kind_at(-1) == "number" and place.touches():
        start = place.starts[place.at - 1]
        found = _BARE_NAME.match(place.text, start)
        name = found[0] if found else place.source
        return Mistake("a name that begins with a digit stands in backquotes", f"`{_shown(name)}`", start=start)
    if place.kind == "/" and place.kind_at(-1) == "word" and place.kind_at(-2) == "FROM":
        start = place.starts[place.at - 1]
        found = _SLASHED_NAME.match(place.text, start)
        name = found[0] if found else place.source
        return Mistake("a name with slashes stands in backquotes", f"`{_shown(name)}`", start=start)
    return None


def _comma(place: _Place) -> Mistake | None:
    if place.kind_at(-1) == "," and (place.kind in RESERVED or place.kind in (")", "end", ",")):
        comma = place.at - 1
        return Mistake(
            "nothing follows this comma",
            start=place.starts[comma],
            end=place.ends[comma],
            expected=place.expected,
        )
    if place.kind == ",":
        return Mistake("nothing stands before this comma", expected=place.expected)
    return None


def _label_without_as(place: _Place) -> Mistake | None:
    if place.kind in ("text", "name") and place.kind_at(-1) in _VALUES and place.open_parenthesis() is None:
        return Mistake("a label stands after AS", f"AS {_shown(place.source)}")
    return None


def _closing(place: _Place) -> Mistake | None:
    opened = place.open_parenthesis()
    if place.kind == ")" and opened is None:
        return Mistake("this parenthesis closes nothing", expected=place.expected)
    if opened is None or not (place.kind == "end" or place.kind in RESERVED):
        return None
    if place.kind_at(-1) not in _VALUES and place.kind_at(-1) != "*":
        return None
    line, column = position(place.text, opened)
    return Mistake(f"the parenthesis opened at line {line}, column {column} is not closed", expected=(")",))


def _variable(place: _Place) -> Mistake | None:
    if place.kind == "{" and place.kind_at(1) == "{":
        reason = "a template variable is one name in double braces"
        return Mistake(reason, "{{name}}", end=place.ends[place.at + 1])
    if place.kind == "variable" and place.kind_at(-1) in _VALUES:
        return Mistake("a template variable stands for a name, a value or a duration, not for clauses or operators")
    if place.kind_at(-1) != "variable":
        return None
    before = place.starts[place.at - 1]
    if place.kind == "(":
        return Mistake("a template variable cannot be a function's name here", start=before)
    if place.word.lower() in UNITS:
        return Mistake("a template variable has to hold the whole duration, number and unit", start=before)
    return None


def _with_without_text(place: _Place) -> Mistake | None:
    word = place.source_at(-1).upper()
    if place.kind_at(-2) != "WITH" or word not in ("TIMEZONE", "METRIC_FORMAT"):
        return None
    return Mistake(f"WITH {word} takes a text in single quotes", f"'{_shown(place.source)}'")


def _clause_of_another(place: _Place) -> Mistake | None:
    """A clause that stands within another, apart from it."""
    joined = ("JOIN", "FROM")
    of = {"SLIDE": ("SLIDE BY", "TIMESERIES"), "JOIN": joined, "INNER": joined, "LEFT": joined}
    if place.kind not in of:
        return None
    clause, other = of[place.kind]
    return Mistake(f"{clause} follows {other} directly")


def _missing_from(place: _Place) -> Mistake | None:
    if place.expected != ("FROM",) or suggest(place.source, ("FROM",)) or place.kind == ")":
        return None
    named = f"FROM {_shown(place.source)}" if place.kind in ("word", "name") else None
    return Mistake("FROM is missing, which says what event type to read", named, expected=place.expected)


def _misspelt(place: _Place) -> Mistake | None:
    if place.kind != "word":
        return None
    known = [word for word in place.expected if word.isupper()]
    if MORE in place.expected:
        known += (*CLAUSES, *WITHIN_CLAUSES)
    meant = suggest(place.source, dict.fromkeys(word.partition(" ")[0] for word in known))
    if meant is None or meant == place.word:
        return None
    full = next((clause for clause in CLAUSES if clause.partition(" ")[0] == meant), meant)
    return Mistake(f"{_shown(place.source)} does not fit here", full, expected=place.expected)


def _keyword_for_a_name(place: _Place) -> Mistake | None:
    if place.kind not in RESERVED or "a value" not in place.expected:
        return None
    if POWERS.get(place.kind_at(1)) == COMPARED:
        reason = f"{place.word} is a keyword; a name spelled like it stands in backquotes"
        return Mistake(reason, f"`{place.source}`", expected=place.expected)
    return Mistake(f"a value is missing before {place.word}", expected=place.expected)


def _text_for_a_name(place: _Place) -> Mistake | None:
    if place.kind != "text" or place.expected != ("an event type",):
        return None
    name = place.source[1:-1]
    return Mistake("an event type is a name, and single quotes make it a text", _shown(name), expected=place.expected)


def _anything(place: _Place) -> Mistake:
    if place.kind == "end":
        return Mistake("the query ends too early", expected=place.expected)
    if len(place.expected) == 1 and place.expected[0] != MORE:
        what = _SIGNS.get(place.expected[0], place.expected[0])
        return Mistake(f"{what} is missing before {_shown(place.source)}", expected=place.expected)
    return Mistake(f"{_shown(place.source)} does not fit here", expected=place.expected)


_LOOKS: Final[tuple[Callable[[_Place], Mistake | None], ...]] = (
    _nothing_there,
    _character,
    _operator,
    _quote_within_a_text,
    _by_after_facet,
    _keyword_read_as_a_name,
    _words_of_sql,
    _unit,
    _date_without_quotes,
    _name_that_needs_backquotes,
    _comma,
    _variable,
    _with_without_text,
    _clause_of_another,
    _label_without_as,
    _closing,
    _missing_from,
    _misspelt,
    _keyword_for_a_name,
    _text_for_a_name,
    _anything,
)
