"""Every change of one alert."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.spec import NrqlCondition
from monitors.testing.mutation.mutant import Mutant
from monitors.testing.mutation.queries import query_mutants
from monitors.testing.mutation.signals import signal_mutants
from monitors.testing.mutation.thresholds import threshold_mutants


def mutants_of(condition: NrqlCondition) -> Iterator[Mutant]:
    """Yield every change of one condition, one thing at a time; none that New Relic would refuse."""
    yield from threshold_mutants(condition)
    yield from signal_mutants(condition)
    yield from query_mutants(condition)
