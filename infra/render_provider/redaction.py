"""Keeps secret values out of every text that leaves the provider."""

from __future__ import annotations

import threading
from collections.abc import Iterable

# Shorter values ("true", "8000") are settings, and replacing them would make messages unreadable.
_SHORTEST_SECRET = 6
_MASK = "[secret]"


class Redactor:
    """Remembers secret values and masks them in messages and log tails."""

    def __init__(self) -> None:
        self._values: set[str] = set()
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Redactor({len(self._values)} values)"

    def remember(self, values: Iterable[str]) -> None:
        """Mask these values from now on; every line of a file with several counts by itself."""
        parts = {part.strip() for value in values for part in (value, *value.splitlines())}
        with self._lock:
            self._values.update(part for part in parts if len(part) >= _SHORTEST_SECRET)

    def clean(self, text: str) -> str:
        """The text with every remembered value masked, the longest first."""
        with self._lock:
            values = sorted(self._values, key=len, reverse=True)
        for value in values:
            text = text.replace(value, _MASK)
        return text
