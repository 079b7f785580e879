"""objective/unwatched: somebody hears when a budget burns."""

from __future__ import annotations

from check_cases import messages
from objective_cases import fast_burn, with_level

from monitors.rules.objective.unwatched import CHECK


def test_a_level_without_burn_rates_is_found() -> None:
    assert messages(CHECK, with_level(fast_burn(), burn_rates=())) == [
        "burn_rates is empty: no alert opens when the error budget burns."
    ]


def test_a_level_with_a_burn_alert_is_fine() -> None:
    assert messages(CHECK, with_level(fast_burn())) == []
