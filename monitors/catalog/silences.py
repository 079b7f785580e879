"""What checks find in this catalogue and is meant as it is, each with the reason."""

from __future__ import annotations

from typing import Final

from monitors.spec import Silence

SILENCES: Final[tuple[Silence, ...]] = ()
