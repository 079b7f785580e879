"""The mark of a value that nobody knows before something else was applied."""

from __future__ import annotations

from enum import Enum
from typing import Final


class _Mark(Enum):
    """An enumeration's member stays itself when it is copied."""

    UNKNOWN = "unknown"


UNKNOWN: Final = _Mark.UNKNOWN
"""Stands wherever the engine sends a value that is known after `up` only."""
