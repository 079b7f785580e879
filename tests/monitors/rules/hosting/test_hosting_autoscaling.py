"""hosting/autoscaling: instances are added, and in time."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from hosting_cases import web

from monitors.rules.hosting.autoscaling import CHECK


def test_a_range_of_one_is_found() -> None:
    assert messages(CHECK, web(autoscaling=build.autoscaling(least=2, most=2))) == [
        "least and most are both 2: autoscaling never adds an instance."
    ]


def test_a_late_target_is_found() -> None:
    assert messages(CHECK, web(autoscaling=build.autoscaling(cpu_percent=95))) == [
        "cpu_percent is 95: by the time an instance is added, requests already fail."
    ]


def test_room_and_time_and_none_at_all_are_fine() -> None:
    assert messages(CHECK, web(autoscaling=build.autoscaling(memory_percent=80))) == []
    assert messages(CHECK, web()) == []
