"""Words that every part which speaks to people needs."""

from __future__ import annotations


def counted(count: int, thing: str, things: str = "") -> str:
    """Return a count with its thing: `1 incident`, `2 incidents`; `things` is for what takes no s."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"
