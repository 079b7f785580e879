"""What is wrong with a text that is no NRQL."""

from __future__ import annotations


class NrqlSyntaxError(ValueError):
    """A text cannot be read as NRQL.

    `line` and `column` count from 1, `offset` and `length` are characters of the text; `expected` says what could have
    stood there, most likely first, and may be empty. `suggestion` is the likely intended word, None when there is none.
    `reason` is one sentence without the place; `str()` shows the place, the line with carets under the fault, what was
    expected beyond what the reason names, and what was likely meant.
    """

    def __init__(
        self,
        text: str,
        offset: int,
        length: int,
        reason: str,
        expected: tuple[str, ...] = (),
        suggestion: str | None = None,
    ) -> None:
        from monitors.nrql.excerpts import pointed_at, position

        self.text = text
        self.line, self.column = position(text, offset)
        self.offset, self.length = offset, length
        self.reason, self.expected, self.suggestion = reason, expected, suggestion
        lines = [f"line {self.line}, column {self.column}: {reason}", *pointed_at(text, offset, offset + length)]
        unnamed = [what for what in expected if what not in reason]
        if unnamed:
            lines.append(f"expected: {', '.join(unnamed)}")
        if suggestion:
            lines.append(f"did you mean {suggestion}?")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[NrqlSyntaxError], tuple[object, ...]]:
        # An exception is otherwise pickled by its message alone, and could not come back from another process.
        return type(self), (self.text, self.offset, self.length, self.reason, self.expected, self.suggestion)
