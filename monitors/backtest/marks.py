"""How recorded data says what it is."""

from __future__ import annotations

from typing import Final

MADE_UP: Final = "madeUp"  # the attribute by which every row of the sample says that nobody measured it
