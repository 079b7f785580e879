"""What somebody made by hand in the real accounts, by the vendors' own APIs; reading alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Final

import requests

from lookout.drift.reading import Reading
from lookout.drift.strangers import Inventory, Stranger
from lookout.drift.vendors import newrelic, pagerduty

Look = Callable[[str, Reading], Iterator[Stranger]]
_LOOKS: Final[tuple[tuple[str, str, Look], ...]] = (
    ("New Relic", "NEW_RELIC_API_KEY", newrelic.strangers),
    ("PagerDuty", "PAGERDUTY_TOKEN", pagerduty.strangers),
)


def inventory(reading: Reading, looks: tuple[tuple[str, str, Look], ...] = _LOOKS) -> Inventory:
    """Return what the accounts hold of the kinds that can touch ours; an account without a key is named, not skipped.

    Keys come from the environment, as the vendors' own tools take them. An account that does not answer is named too.
    """
    found: list[Stranger] = []
    unseen: list[str] = []
    for vendor, variable, look in looks:
        key = os.environ.get(variable)
        if not key:
            unseen.append(
                f"What was made by hand at {vendor} was not looked for: set {variable} to a key that may read."
            )
            continue
        try:
            found += look(key, reading)
        except (requests.RequestException, LookupError) as fault:
            unseen.append(f"What was made by hand at {vendor} could not be looked for: {_told(fault, key)}")
    return Inventory(tuple(found), tuple(unseen))


def _told(fault: Exception, key: str) -> str:
    """Return the fault's first line; a key that stands in it is taken out."""
    lines = str(fault).replace(key, "[secret]").splitlines() or [type(fault).__name__]
    return f"{lines[0][:200].rstrip('.')}."
