"""A query of New Relic, set out clause by clause."""

from __future__ import annotations

import re

from sandbox.pages.html import Html, element

# The clauses of NRQL's reference: docs.newrelic.com/docs/nrql/nrql-syntax-clauses-functions
_NEW_LINE = ("FROM", "WHERE", "FACET", "SINCE", "UNTIL", "TIMESERIES", "LIMIT", "COMPARE WITH", "ORDER BY", "WITH")
_INLINE = ("SELECT", "AS", "AND", "OR", "NOT", "IN", "LIKE", "IS", "NULL", "AGO", "AUTO", "MAX", "EXTRAPOLATE")
_PIECES = re.compile(
    r"(?P<quoted>'(?:\\.|[^'\\])*'|`[^`]*`)"
    rf"|\b(?P<line>{'|'.join(_NEW_LINE).replace(' ', chr(92) + 's+')})\b"
    rf"|\b(?P<inline>{'|'.join(_INLINE)})\b"
    r"|(?P<open>\()|(?P<close>\))|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


def query_block(query: str) -> Html:
    """The query as code: each clause on its own line, its keyword marked, what is quoted left as it is."""
    parts: list[Html | str] = []
    depth = 0
    for match in _PIECES.finditer(query.strip()):
        text, group = match[0], match.lastgroup
        depth += (group == "open") - (group == "close")
        if group in {"line", "inline"}:
            if group == "line" and depth == 0 and parts:
                parts.append("\n")
            parts.append(element("b", text))
        else:
            parts.append(element("i", text) if group == "quoted" else text)
    return element("pre", element("code", parts), class_="nrql", tabindex="0")
