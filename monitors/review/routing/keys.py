"""What another key does to something that is provisioned: Pulumi deletes the old one and makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitors.review.changes import Danger

_ANEW: Final = "provisioning makes it again under the new key"
_OF_KIND: Final[Mapping[str, tuple[str, Danger]]] = {
    # Users are PagerDuty's, and come in by a setting: nothing is made.
    "user": ("the setting with the ids of PagerDuty's users has to name the new key", Danger.HARMLESS),
    "pagerduty-service": (f"{_ANEW}, and incidents that are open go with the old one", Danger.MEDIUM),
    "integration": (f"{_ANEW}, and whoever sends by it needs its new integration key", Danger.MEDIUM),
    "orchestration": (f"{_ANEW}, and whoever sends by it needs its new integration key", Danger.MEDIUM),
    "webhook": (f"{_ANEW}, and PagerDuty signs with another secret", Danger.MEDIUM),
    "schedule": (f"{_ANEW}, and overrides that somebody made in PagerDuty go with the old one", Danger.LOW),
}


def key_means(kind: str) -> tuple[str, Danger]:
    """Return what a renamed key does to a spec of a kind, and how dangerous that is."""
    return _OF_KIND.get(kind, (_ANEW, Danger.HARMLESS))
