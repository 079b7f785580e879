"""When an edit makes New Relic evaluate an alert from the start again, and how long nothing can open then.

Sources, docs.newrelic.com, "Create NRQL alert conditions": an edit that resets the evaluation delays incidents of a
"for at least x minutes" threshold by at least x minutes ("Condition edits can reset condition evaluation"); a sliding
window triggers nothing until one whole window has been gathered, after a reset and when it is made ("Sliding window
aggregation"); a window is judged when its method closes it ("Streaming method"); of an anomaly condition "all anomaly
learning is lost", for which no time to learn anew is given. A condition of another policy or of another type is a new
one (its provider replaces it), and so is one with another key, by which it is provisioned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitors.alerting.resets import resets_evaluation
from monitors.alerting.timing import Timing
from monitors.review.alerts.detection import windows_needed
from monitors.review.phrases import between
from monitors.spec import NrqlCondition, Threshold
from monitors.words import duration


@dataclass(frozen=True, slots=True)
class Blindness:
    """How long nothing opens after an evaluation begins, in seconds, whatever happens in the meantime.

    `least_seconds` is when the first window began just before that moment, `most_seconds` when it began with it.
    `learns` says that a baseline has to learn on top of that.
    """

    least_seconds: int
    most_seconds: int
    learns: bool

    def __str__(self) -> str:
        """Return it as people say it, such as `6 to 7 min`; the learning is not counted."""
        return between(duration(self.least_seconds), duration(self.most_seconds))


def blindness(condition: NrqlCondition, term: Threshold) -> Blindness:
    """Return how long a threshold opens nothing after the condition is made, or its evaluation is reset."""
    timing = Timing.of(condition)
    gathered = timing.window_seconds + (windows_needed(condition, term) - 1) * timing.step_seconds
    most = gathered + timing.wait_seconds
    return Blindness(most - timing.step_seconds, most, condition.baseline is not None)


def made_anew(before: NrqlCondition, after: NrqlCondition, policy_before: str, policy_after: str) -> Iterator[str]:
    """Yield why New Relic has to make the condition anew, as clauses; none when it edits the one it has."""
    if before.key != after.key:
        yield "it is provisioned under another key"
    if policy_before != policy_after:
        yield "a condition cannot change its policy"
    if (before.baseline is None) != (after.baseline is None):
        yield "a fixed threshold and a baseline are two types of condition"


def resets(before: NrqlCondition, after: NrqlCondition) -> tuple[str, ...]:
    """Return the edited fields that reset an enabled condition's evaluation; none where it was or is off."""
    return resets_evaluation(before, after) if before.enabled and after.enabled else ()
