"""Why a text is no NRQL, said so that its author can mend it."""

from __future__ import annotations

from monitors.nrql.cursor import Cursor
from monitors.nrql.errors import NrqlSyntaxError

_SHOWN = 40  # characters of a token that a message repeats


def explain(cursor: Cursor, expected: tuple[str, ...]) -> NrqlSyntaxError:
    """Return what is wrong with the token at the cursor, where one of `expected` could have stood."""
    from monitors.nrql.functions import FUNCTIONS
    from monitors.nrql.suggestions import suggest

    kind, source = cursor.kinds[cursor.at], cursor.source()
    start, end = cursor.starts[cursor.at], cursor.ends[cursor.at]
    shown = source if len(source) <= _SHOWN else f"{source[:_SHOWN]}..."
    suggestion = None
    if kind == "end":
        reason = "the query ends too early"
    elif kind == "fault":
        reason = f"{shown!r} is nothing that NRQL has"
    elif expected == ("a function",):
        reason = f"there is no function {shown}"
        suggestion = suggest(source, [function.name for function in FUNCTIONS.values()])
        expected = ()
    else:
        reason = f"{shown} does not fit here"
    return NrqlSyntaxError(cursor.text, start, max(1, end - start), reason, expected, suggestion)
