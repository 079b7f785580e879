"""hosting/free-plan: a store keeps what it holds."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages
from hosting_cases import running

from monitors.rules.hosting.free_plan import CHECK
from monitors.rules.problem import Level

FREE = build.key_value(plan="free")


def test_a_free_store_of_prod_is_an_error_and_of_staging_a_note() -> None:
    (in_prod,) = findings(CHECK, running(key_values=(FREE,)))
    (in_staging,) = findings(CHECK, running("staging", key_values=(FREE,)))
    assert in_prod.message == "plan is free: Render keeps 25 MB in memory alone, and a restart loses all of it."
    assert (in_prod.level, in_staging.level) == (Level.ERROR, Level.NOTE)


def test_a_paid_store_is_fine() -> None:
    assert messages(CHECK, running(key_values=(build.key_value(),))) == []
