"""notification/unused-destination: every destination is told something."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings

from monitors.rules.notification.unused_destination import CHECK


def test_a_destination_without_a_channel_is_found() -> None:
    destinations = (build.pagerduty_destination(), build.email_destination())
    (found,) = findings(CHECK, build.stack(observability=build.observability(destinations=destinations)))
    assert found.subject.key == "destination/mail"
    assert found.message == "No workflow has a channel into this destination: nothing is ever sent there."


def test_destinations_that_are_used_are_fine() -> None:
    assert findings(CHECK, build.stack()) == []
