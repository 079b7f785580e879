"""Which spec an id in an account means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lookout.drift.reading import Reading


@dataclass(frozen=True)
class References:
    """Keys of our specs by ids of the account."""

    reading: Reading

    @cached_property
    def _users(self) -> Mapping[str, str]:
        ids = json.loads(self.reading.settings.get("pagerDutyUserIds", "{}"))
        return {str(object_id): key for key, object_id in ids.items()}

    def key(self, object_id: str, *kinds: str) -> str:
        """Return the key of an object of ours. Raises `KeyError` for one that is none of ours."""
        for kind in kinds:
            name = self.reading.name_of(str(object_id), kind)
            if name is not None:
                return name
        raise KeyError(f"{object_id} is none of our objects")

    def user(self, object_id: str) -> str:
        """Return a user's key. Raises `KeyError` for a person the settings do not name."""
        return self._users[str(object_id)]
