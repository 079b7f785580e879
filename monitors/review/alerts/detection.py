"""How long an outage lasts until an alert opens, worked out from its times alone; a test holds it to the simulator.

The outage is total: from its first moment on every point is beyond the threshold, and points come steadily, so that no
window waits for one. Two things are not in the specs and make the range: where in a window the outage begins, and how
the query weighs good points and bad ones of one window. At the soonest a window breaches by its last point alone, as a
`max` does; at the latest only when all its points are bad, as of a `min`.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitors.alerting.timing import Timing
from monitors.review.phrases import between
from monitors.spec import NrqlCondition, Occurrences, Threshold
from monitors.words import duration


@dataclass(frozen=True, slots=True)
class Detection:
    """From the first moment of an outage until an incident opens, in seconds."""

    soonest_seconds: int
    latest_seconds: int

    def __str__(self) -> str:
        """Return it as people say it, such as `6 to 8 min`."""
        return between(duration(self.soonest_seconds), duration(self.latest_seconds))


def detection(condition: NrqlCondition, term: Threshold) -> Detection:
    """Return how long an outage lasts until a threshold of the condition opens an incident."""
    timing = Timing.of(condition)
    counted = (windows_needed(condition, term) - 1) * timing.step_seconds + timing.wait_seconds
    return Detection(counted, counted + timing.window_seconds + timing.step_seconds)


def silence_seconds(condition: NrqlCondition) -> int | None:
    """Return how long after its last point a signal's silence opens an incident, None when it opens none."""
    loss = condition.loss_of_signal
    return loss.after_seconds if loss is not None and loss.open_incident else None


def windows_needed(condition: NrqlCondition, term: Threshold) -> int:
    """Return how many windows in a row have to breach until an incident opens."""
    if term.occurrences is Occurrences.AT_LEAST_ONCE:
        return 1
    return max(1, term.duration_seconds // condition.signal.step_seconds)
