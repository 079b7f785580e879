"""synthetics/period: every window holds a result."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from check_on_health import on_health

from monitors import spec
from monitors.rules.synthetics.period import CHECK


def test_a_period_longer_than_the_window_is_found() -> None:
    assert messages(CHECK, on_health(), build.ping(period="EVERY_5_MINUTES")) == [
        'Monitor "Health" checks every 300 s, and signal.window_seconds is 60: most windows hold no result.'
    ]


def test_a_window_of_the_period_and_longer_is_fine() -> None:
    signal = spec.Signal(window_seconds=300)
    assert messages(CHECK, on_health(signal=signal), build.ping(period="EVERY_5_MINUTES")) == []
    assert messages(CHECK, on_health(), build.ping()) == []
