"""Cuts a text into tokens, in one pass of one regular expression."""

from __future__ import annotations

import re
from typing import Final

from monitors.nrql.words import KEYWORDS

# Possessive quantifiers keep each of these linear: nothing is ever tried a second time.
_TOKEN: Final = re.compile(
    r"""
      (?P<space> [ \t\r\n\f\v]++ | --[^\n]*+ | //[^\n]*+ | /\*(?:[^*]++|\*(?!/))*+\*/ )
    | (?P<pattern> [rR]'(?:[^'\\]++|\\.)*+' )
    | (?P<word> [^\W\d]\w*+(?:[.:][^\W\d]\w*+|\.\w++)*+ )
    | (?P<number> (?:\d++(?:\.\d++)?+|\.\d++)(?:[eE][+-]?\d++)?+ )
    | (?P<text> '(?:[^'\\]++|\\.)*+' )
    | (?P<name> `[^`\n]++` )
    | (?P<variable> \{\{[ \t]*+[^\W\d]\w*+[ \t]*+\}\} )
    | (?P<sign> [<>!]=|[-+*/%=<>(),\[\]:{}] )
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE, _PATTERN, _WORD = (_TOKEN.groupindex[name] for name in ("space", "pattern", "word"))
_SIGN = _TOKEN.groupindex["sign"]
_KINDS: Final = {index: name for name, index in _TOKEN.groupindex.items()}
# Most words are written in one of two cases, so that most need no change of case to be recognised.
_KEYWORDS: Final = {spelling: word for word in KEYWORDS for spelling in (word, word.lower(), word.capitalize())}
_LONGEST_KEYWORD: Final = max(map(len, KEYWORDS))


class Tokens:
    """The tokens of a text, as lists of one length.

    A kind is the keyword or sign itself, `word`, `number`, `text`, `pattern`, `name`, `variable`, and at the end `end`,
    or `fault` where the text cannot be cut any further.
    """

    __slots__ = ("ends", "kinds", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        add_kind, add_start, add_end = self.kinds.append, self.starts.append, self.ends.append
        match, keyword, at, length = _TOKEN.match, _KEYWORDS.get, 0, len(text)
        while at < length:
            found = match(text, at)
            if found is None:
                break
            start, at = at, found.end()
            group = found.lastindex
            if group == _SPACE:
                continue
            if group == _WORD:
                word = text[start:at]
                kind = keyword(word) or (keyword(word.upper(), "word") if at - start <= _LONGEST_KEYWORD else "word")
            elif group == _SIGN:
                kind = text[start:at]
            else:
                kind = _KINDS[group or 0]
            add_kind(kind)
            add_start(start)
            add_end(at)
        add_kind("end" if at >= length else "fault")
        add_start(min(at, length))
        add_end(min(at + 1, length))
