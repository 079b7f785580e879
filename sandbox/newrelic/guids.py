"""Entity guids as New Relic writes them: `account|domain|type|id` in base64 without padding."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass


@dataclass(frozen=True)
class EntityGuid:
    """The parts of a guid, such as 1234567, AIOPS, CONDITION, 42."""

    account_id: str
    domain: str
    type: str
    id: str

    def __str__(self) -> str:
        text = f"{self.account_id}|{self.domain}|{self.type}|{self.id}"
        return base64.b64encode(text.encode()).decode().rstrip("=")


def parse_guid(text: str) -> EntityGuid | None:
    """The parts of a guid, None when the text is none."""
    try:
        decoded = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    parts = decoded.split("|")
    return EntityGuid(*parts) if len(parts) == 4 and all(parts) else None
