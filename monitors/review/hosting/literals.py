"""Values that stand in specs as text: shown in a comparison, unless they look like something that is to stay secret."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final

_SHOWN_CHARACTERS: Final = 80
# What vendors begin their keys with: Anthropic and OpenAI, New Relic, Render, GitHub, Slack, PagerDuty, xAI, AWS, JWTs.
_PREFIXES: Final = re.compile(
    r"(sk-|sk_|pk_|rk_|NRAK-|NRII-|NRJS-|rnd_|gh[oprsu]_|github_pat_|xox[a-z]-|xapp-|pdus\+|xai-|AKIA|ASIA|eyJ|AIza"
    r"|glpat-|-----BEGIN)"
)
_CREDENTIALS_IN_URL: Final = re.compile(r"://[^/\s@]*@")
_SECRET_IN_QUERY: Final = re.compile(r"[?&][^=&]*(token|key|secret|password|signature|sig)[^=&]*=", re.IGNORECASE)
# A piece of text without a break in it that is long and as mixed as chance makes it.
_PIECE: Final = re.compile(r"[A-Za-z0-9+/_=\-]{16,}")
_RANDOM_BITS: Final = 3.2  # a character of English words has less, of random hexadecimal digits up to 4, of base64 6
_LONG: Final = 20


def shown(text: str) -> str | None:
    """Return a value in quotes, None for one that may be a secret."""
    if looks_secret(text):
        return None
    return f'"{text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."}"'


def looks_secret(text: str) -> bool:
    """Say whether a value may be a key, a password or a token: rather one too many than one too few."""
    if any(pattern.search(text) for pattern in (_PREFIXES, _CREDENTIALS_IN_URL, _SECRET_IN_QUERY)):
        return True
    return any(_looks_random(piece) for piece in _PIECE.findall(text))


def _looks_random(piece: str) -> bool:
    kinds = sum(bool(re.search(one, piece)) for one in ("[a-z]", "[A-Z]", "[0-9]"))
    if kinds < 2 or _is_words(piece):
        return False
    counts = Counter(piece)
    bits = -sum(count / len(piece) * math.log2(count / len(piece)) for count in counts.values())
    return bits >= _RANDOM_BITS or len(piece) >= 2 * _LONG


def _is_words(piece: str) -> bool:
    """Say whether a piece is words, numbers and dates joined by dashes, as in `code-execution-2025-08-25`."""
    parts = re.split(r"[-_/+=]+", piece)
    return all(re.fullmatch(r"[A-Za-z]?[a-z]*|[A-Z]*|v?\d{1,4}|[a-z]+\d{1,2}", part) for part in parts)
