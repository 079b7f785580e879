"""How names, times and durations are written for people."""

from __future__ import annotations

import re

VENDORS = {"render": "Render", "newrelic": "New Relic", "pagerduty": "PagerDuty"}
_OTHER_NAMES = {"OneDashboard": "Dashboard", "Schedulev2": "Schedule (v2)"}
_CAPITALS = {"nrql", "id", "ids", "url", "guid", "cpu", "ip", "api", "gb", "apm", "sla", "html", "dns", "ssl"}


def vendor_name(vendor: str) -> str:
    """The vendor as it writes itself."""
    return VENDORS.get(vendor, vendor)


def readable(name: str) -> str:
    """A program's name as words: `aggregationWindow` becomes "Aggregation window"."""
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_-]+", " ", name)
    words = [word.upper() if word.lower() in _CAPITALS else word.lower() for word in spaced.split()]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def duration(seconds: object) -> str:
    """A number of seconds as people say it: "5 min", "1 h 30 min"; what is no number is said as it is."""
    try:
        left = int(str(seconds))
    except ValueError:
        return str(seconds)
    parts = []
    for size, unit in ((604800, "weeks"), (86400, "days"), (3600, "h"), (60, "min"), (1, "s")):
        number, left = divmod(left, size)
        if number:
            parts.append(f"{number} {unit.removesuffix('s') if number == 1 and len(unit) > 3 else unit}")
    return " ".join(parts) or "0 s"


def moment(stamp: str) -> str:
    """A time in ISO 8601 to the second, as "2026-01-31 12:00:00 UTC"."""
    return f"{stamp[:10]} {stamp[11:19]} UTC"
