"""Ids and secrets as Render makes them."""

from __future__ import annotations

import hashlib
import secrets

_BASE32 = "0123456789abcdefghijklmnopqrstuv"
# The one workspace that a new sandbox has.
OWNER_ID = "tea-sandbox0000000000000"


def new_id(prefix: str) -> str:
    """A new id: `srv-` and 20 characters of lower-case base32."""
    return f"{prefix}-" + "".join(secrets.choice(_BASE32) for _ in range(20))


def new_password() -> str:
    """A new password of 32 letters and digits."""
    return secrets.token_hex(16)


def short_hash(*parts: str) -> str:
    """Five base32 characters that the parts determine, as at the end of an instance's id."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return "".join(_BASE32[byte % len(_BASE32)] for byte in digest[:5])


def commit_sha(*parts: str) -> str:
    """The commit id that the parts determine; the sandbox fetches no repository."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]
