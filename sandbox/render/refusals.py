"""How Render's API refuses a request."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The request is answered with HTTP status `status`; the text says what is wrong and what is allowed."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def missing(what: str, object_id: str) -> Refused:
    """The answer to a path whose object does not exist."""
    return Refused(404, f"not found: {what} {shown(object_id)}")


def shown(value: Any) -> str:
    """A value as a message quotes it: short, and never the inside of an object or a list."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 80 else f'"{value[:77]}..." ({len(value)} characters)'
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else str(value)
