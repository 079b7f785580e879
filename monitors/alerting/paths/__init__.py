"""Page paths: who is told of an alert or event at a moment, by which steps, when, and whom next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitors.alerting.paths.model import Hop, NextOnCall, Notified, Path, PathKind, Proof
from monitors.alerting.paths.proving import Prover
from monitors.alerting.rota import Override
from monitors.spec import NrqlCondition, Priority, Stack

__all__ = ["Hop", "NextOnCall", "Notified", "Path", "PathKind", "Proof", "Prover", "paths"]


def paths(
    stack: Stack,
    condition: NrqlCondition,
    at: datetime,
    *,
    priority: Priority | None = None,
    overrides: Sequence[Override] = (),
) -> tuple[Path, ...]:
    """Return every way that an issue takes which a condition of the stack opens at a moment, and that never closes.

    The moment has a time zone. Without a priority it is the worst that the condition opens. Who asks of many
    conditions asks one `Prover`, which also says why an issue takes no other way.
    """
    return Prover(stack, at, overrides).issue(condition, priority).paths
