"""A condition's times, worked out once: what its windows, delays and memories are in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from monitors.spec import EventTimer, NrqlCondition

# "Create NRQL alert conditions", Fill data gaps: a signal's history is dropped after 2 h of inactivity, or after the
# threshold duration where that is longer.
_LEAST_MEMORY_SECONDS = 2 * 3600


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of one condition.

    `step_seconds` is the slide, else the window. `wait_seconds` is the delay or the timer of the method.
    `memory_seconds` is how long a silent signal's history is kept, `expiry_seconds` when it counts as lost (None:
    never), `record_seconds` how long it is known at all: an incident of its loss can close no later.
    """

    window_seconds: int
    step_seconds: int
    method: Literal["event_flow", "event_timer", "cadence"]
    wait_seconds: int
    memory_seconds: int
    expiry_seconds: int | None
    record_seconds: int

    @classmethod
    def of(cls, condition: NrqlCondition) -> Timing:
        """Return the times of a condition."""
        signal, method = condition.signal, condition.signal.method
        wait = method.timer_seconds if isinstance(method, EventTimer) else method.delay_seconds
        loss = condition.loss_of_signal
        memory = max(
            _LEAST_MEMORY_SECONDS,
            # A window that is still open is no history: it is kept until it can close.
            signal.window_seconds + wait,
            *(term.duration_seconds for term in condition.thresholds),
        )
        expiry = None if loss is None else loss.after_seconds
        return cls(
            window_seconds=signal.window_seconds,
            step_seconds=signal.step_seconds,
            method=method.kind,
            wait_seconds=wait,
            memory_seconds=memory,
            expiry_seconds=expiry,
            record_seconds=max(memory, 0 if expiry is None else expiry + condition.violation_time_limit_seconds),
        )

    def step_end(self, timestamp: float) -> int:
        """Return the end of the step that a timestamp falls into; steps begin at multiples of their length."""
        return (int(timestamp // self.step_seconds) + 1) * self.step_seconds
