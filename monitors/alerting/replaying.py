"""The same incidents as the simulator's, from windows of recorded data that are complete and in order.

Recorded data arrive at their own timestamps, so every window is as a query finds it, and when it closed follows from
the points alone. What is left is finding runs of windows that are alike, which numpy does at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from monitors.alerting.incidents import Facet, Incident
from monitors.spec import NrqlCondition

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class NotReplayed(ValueError):
    """Recorded data whose windows are not those the condition saw; `simulate` judges them from the points."""


class SignalWindows(Protocol):
    """Every window that has a point, and when points were stamped, facet by facet and ascending.

    Windows `offsets[f]` to before `offsets[f + 1]` are those of facet f, likewise its points by `point_offsets`. A
    window's end is a multiple of the step since 1970; NaN is NULL.
    """

    @property
    def facets(self) -> Sequence[Facet]: ...
    @property
    def offsets(self) -> NDArray[np.int64]: ...
    @property
    def ends(self) -> NDArray[np.int64]: ...
    @property
    def values(self) -> NDArray[np.float64]: ...
    @property
    def point_offsets(self) -> NDArray[np.int64]: ...
    @property
    def point_times(self) -> NDArray[np.float64]: ...


def replay(condition: NrqlCondition, windows: SignalWindows, *, until_seconds: float) -> tuple[Incident, ...]:
    """Return the incidents of recorded data, those still open at the end included.

    Equal to `simulate` on the same points where each arrives at its timestamp. Raises `NotReplayed` where an event
    timer runs out between two points of one window: the window then closed without the later one.
    """
    if not condition.enabled:
        return ()
    from monitors.alerting.recorded import incidents_of_windows  # numpy takes 0.1 s to import

    return incidents_of_windows(condition, windows, until_seconds)
