"""A place in the tokens of a text: looks, takes, and says what is wrong there."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from monitors.nrql.errors import NrqlSyntaxError
from monitors.nrql.limits import NESTED_MOST
from monitors.nrql.tokens import Tokens
from monitors.nrql.tree import Span, Variable
from monitors.nrql.words import KEYWORDS, SOFT

_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "'": "'", '"': '"', "\\": "\\"}


class Cursor:
    """Reads the tokens of one text from left to right."""

    __slots__ = ("at", "depth", "ends", "kinds", "starts", "text")

    def __init__(self, tokens: Tokens) -> None:
        self.text, self.kinds, self.starts, self.ends = tokens.text, tokens.kinds, tokens.starts, tokens.ends
        self.at = 0
        self.depth = 0

    # What stands here.

    def word(self, ahead: int = 0) -> str:
        """Return the token's text in upper case when it is a word or keyword, else nothing."""
        at = self.at + ahead
        kind = self.kinds[at]
        if kind != "word":
            return kind if kind in KEYWORDS else ""
        word = self.text[self.starts[at] : self.ends[at]]
        return word.upper() if word.isascii() else word

    def source(self) -> str:
        """Return the token as it is written."""
        return self.text[self.starts[self.at] : self.ends[self.at]]

    def span_from(self, start: int) -> Span:
        """Return the span from a token to the one before the cursor."""
        return self.starts[start], self.ends[self.at - 1]

    # Taking it.

    def take(self, kind: str) -> bool:
        """Go past the token when it is of a kind; say whether it was."""
        if self.kinds[self.at] != kind:
            return False
        self.at += 1
        return True

    def take_word(self, word: str) -> bool:
        """Go past the token when it is a word, given in upper case; say whether it was."""
        if self.word() != word:
            return False
        self.at += 1
        return True

    def need(self, kind: str, *expected: str) -> None:
        """Go past a token of a kind. Raises `NrqlSyntaxError` when another stands here."""
        if self.kinds[self.at] != kind:
            self.unexpected(*(expected or (kind,)))
        self.at += 1

    def text_here(self, what: str) -> str:
        """Take a text in single quotes and return its value."""
        if self.kinds[self.at] != "text":
            self.unexpected(what)
        value = self.source()[1:-1]
        self.at += 1
        return _ESCAPE.sub(_unescape, value) if "\\" in value else value

    def name_here(self, what: str) -> str:
        """Take a name, bare or in backquotes, and return it without them."""
        kind = self.kinds[self.at]
        if kind == "name":
            name = self.source()[1:-1]
        elif kind == "word" or kind in SOFT:
            name = self.source()
        else:
            self.unexpected(what)
        self.at += 1
        return name

    def label_here(self) -> str:
        """Take what stands after AS."""
        what = "a label such as 'Requests'"
        return self.text_here(what) if self.kinds[self.at] == "text" else self.name_here(what)

    def variable_here(self) -> Variable:
        """Take a template variable."""
        name = self.source()[2:-2].strip()
        self.at += 1
        return Variable(name, span=self.span_from(self.at - 1))

    def deeper(self) -> None:
        """Go one level down. Raises `NrqlSyntaxError` when that is deeper than is read."""
        self.depth += 1
        if self.depth > NESTED_MOST:
            self.fail(f"parentheses, calls, operators and subqueries are nested more than {NESTED_MOST} levels deep")

    # Saying what is wrong.

    def fail(
        self,
        reason: str,
        *expected: str,
        suggestion: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> NoReturn:
        """Raise a fault of the tokens from `start` to `end`, each the one here unless it is given."""
        begin = self.starts[self.at if start is None else start]
        length = max(1, self.ends[self.at if end is None else end] - begin)
        raise NrqlSyntaxError(self.text, begin, length, reason, expected, suggestion)

    def unexpected(self, *expected: str) -> NoReturn:
        """Raise what is wrong with the token here, where one of `expected` could have stood."""
        # Imported where something is wrong: most texts are right, and need neither the reasons nor the time for them.
        from monitors.nrql.mistakes import explain

        raise explain(self, expected)


def _unescape(match: re.Match[str]) -> str:
    return _ESCAPED.get(match[1], match[0])
