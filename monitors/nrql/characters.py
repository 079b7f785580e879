"""Why a text cannot be cut into tokens at some character."""

from __future__ import annotations

import re
from typing import Final

_TYPOGRAPHIC: Final = (
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
    "\N{RIGHT DOUBLE QUOTATION MARK}\N{ACUTE ACCENT}"
)
_DOUBLE: Final = "double quotes mean nothing in NRQL; a text stands in single quotes, a name in backquotes"
_CLOSED: Final = re.compile(rf'"([^"\n]{{0,60}})"|[{_TYPOGRAPHIC}]([^{_TYPOGRAPHIC}\n]{{0,60}})[{_TYPOGRAPHIC}]')
_SIGNS: Final = {
    ";": ("a text holds one query, and no semicolon", None),
    "&": ("NRQL joins conditions with words", "AND"),
    "|": ("NRQL joins conditions with words", "OR"),
    "~": ("NRQL matches regular expressions with RLIKE", "RLIKE r'...'"),
    "^": ("NRQL has no operator ^", "pow(attribute, exponent)"),
    "!": ("NRQL has no operator !; NOT stands before a condition, and != between two values", "NOT"),
    "`": ("this name in backquotes is empty, or its second backquote is missing on this line", None),
    "/": ("this comment is not closed; */ ends it", None),
    **dict.fromkeys(
        ("\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"), ("this is a typographic dash, and no minus sign", "-")
    ),
    "\N{MULTIPLICATION SIGN}": ("NRQL multiplies with *", "*"),
    "\N{DIVISION SIGN}": ("NRQL divides with /", "/"),
    "≠": ("NRQL has no operator ≠", "!="),
    "≤": ("NRQL has no operator ≤", "<="),
    "≥": ("NRQL has no operator ≥", ">="),
}
_INVISIBLE: Final = {
    "\u00a0": "a no-break space",
    "\u200b": "a space without width",
    "\ufeff": "a byte order mark",
    "\u2028": "a line separator",
    "\u3000": "a wide space",
}
_IN_NAMES: Final = "$@#?\\"


def explain_character(text: str, at: int, *, pattern: bool) -> tuple[str, str | None, int]:
    """Return reason, suggestion and end of what begins at a character; `pattern` says that it is r'...'."""
    character = text[at]
    if character == "'":
        what = "regular expression" if pattern else "text"
        return f"this {what} is not closed: a single quote is missing", None, at + 1
    if character == '"':
        return _quoted(
            text, at, "double quotes mean nothing in NRQL; a text stands in single quotes, a name in backquotes"
        )
    if character in _TYPOGRAPHIC:
        return _quoted(text, at, "this is a typographic quote; a text stands in single quotes")
    if character in _SIGNS:
        reason, suggestion = _SIGNS[character]
        return reason, suggestion, at + (2 if text[at : at + 2] in ("&&", "||", "/*") else 1)
    if character in _IN_NAMES:
        return f"a name with {character} in it stands in backquotes", None, at + 1
    if character in _INVISIBLE or not character.isprintable():
        called = _INVISIBLE.get(character, "a character that does not show")
        return f"this is {called} (U+{ord(character):04X}); NRQL takes spaces, tabs and line breaks", None, at + 1
    return f"NRQL has no character {character}", None, at + 1


def _quoted(text: str, at: int, reason: str) -> tuple[str, str | None, int]:
    found = _CLOSED.match(text, at)
    if found is None:
        return reason, None, at + 1
    inner = (found[1] or found[2] or "").replace("\\", "\\\\").replace("'", "\\'")
    shown = "".join(character if character.isprintable() else "." for character in inner)
    return reason, f"'{shown}'", found.end()
