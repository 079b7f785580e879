"""Cuts a text into tokens, in one pass of one regular expression."""

from __future__ import annotations

import re
from typing import Final

from monitors.nrql.words import KEYWORDS

# Possessive quantifiers keep all of these linear: nothing is ever tried a second time. A name may hold colons and
# periods (New Relic's "Get started with NRQL", rules); a colon before a digit or a quote ends an argument's name.
# `.%` stands for parts of a metric's name ("Query the Metric data type", wildcards).
_NAME: Final = r"[^\W\d]\w*+(?:[.:][^\W\d]\w*+|\.\w++|\.%\w*+)*+"
_TOKEN: Final = re.compile(
    rf"""
      (?P<space> [ \t\r\n\f\v]++ | --[^\n]*+ | //[^\n]*+ | /\*(?:[^*]++|\*(?!/))*+\*/ )
    | (?P<pattern> [rR]'(?:[^'\\]++|\\.)*+' )
    | (?P<word> {_NAME} )
    | (?P<number> (?:[0-9]++(?:\.[0-9]++)?+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+ )
    | (?P<text> '(?:[^'\\]++|\\.)*+' )
    | (?P<name> `[^`\n]++` )
    | (?P<variable> \{{\{{[ \t]*+[^\W\d]\w*+[ \t]*+\}}\}} )
    | (?P<sign> [<>!]=|/(?!\*)|[-+*%=<>(),\[\]:{{}}] )
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_NAME: Final = re.compile(_NAME)
_SPACE, _WORD, _SIGN = (_TOKEN.groupindex[name] for name in ("space", "word", "sign"))
_KINDS: Final = {index: name for name, index in _TOKEN.groupindex.items()}
# Most words are written in one of these cases, and are then recognised without changing theirs.
_KEYWORDS: Final = {spelling: word for word in KEYWORDS for spelling in (word, word.lower(), word.capitalize())}
_LONGEST_KEYWORD: Final = max(map(len, KEYWORDS))


class Tokens:
    """The tokens of a text, as lists of one length.

    A kind is the keyword or sign itself, `word`, `number`, `text`, `pattern`, `name`, `variable`, and last `end`, or
    `fault` where the text cannot be cut any further. The end stands right after the last token.
    """

    __slots__ = ("ends", "kinds", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._cut()

    def _cut(self) -> None:
        text, at, length = self.text, 0, len(self.text)
        add_kind, add_start, add_end = self.kinds.append, self.starts.append, self.ends.append
        match = _TOKEN.match
        while at < length and (found := match(text, at)) is not None:
            start, at, group = at, found.end(), found.lastindex
            if group == _SPACE:
                continue
            if group == _WORD:
                add_kind(_kind_of_word(text[start:at]))
            elif group == _SIGN:
                add_kind(text[start:at])
            else:
                add_kind(_KINDS[group or 0])
            add_start(start)
            add_end(at)
        if at < length:
            self._close("fault", at, at + 1)
        else:
            end = self.ends[-1] if self.ends else 0
            self._close("end", end, end)

    def _close(self, kind: str, start: int, end: int) -> None:
        self.kinds += (kind, "", "")
        self.starts += (start, end, end)
        self.ends += (end, end, end)


def is_plain_name(text: str) -> bool:
    """Say whether a name can stand without backquotes."""
    return _PLAIN_NAME.fullmatch(text) is not None and text.upper() not in KEYWORDS


def _kind_of_word(word: str) -> str:
    kind = _KEYWORDS.get(word)
    if kind is None:
        # Not for letters beyond ASCII, some of which become ASCII ones in upper case.
        kind = _KEYWORDS.get(word.upper(), "word") if len(word) <= _LONGEST_KEYWORD and word.isascii() else "word"
    return kind
