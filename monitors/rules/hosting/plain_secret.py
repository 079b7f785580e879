"""Secrets written into a spec: they would stand in clear in the repository, in state and in previews.

The name alone gives many away, and the vocabulary refuses those; this check looks at the value. It never shows it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.subjects import Subject
from monitors.rules.told_values import services
from monitors.spec import EnvVar

# How keys of the vendors here, and of those that are leaked most, begin.
_KINDS: Final = (
    ("an Anthropic API key", re.compile(r"sk-ant-[\w-]{8,}")),
    ("an xAI API key", re.compile(r"xai-\w{16,}")),
    ("a New Relic key", re.compile(r"NR(AK|II|JS|AA|RA)-\w{8,}|\b[0-9a-f]{36}NRAL\b")),
    ("a GitHub token", re.compile(r"gh[opsu]_\w{20,}|github_pat_\w{20,}")),
    ("a Slack token", re.compile(r"xox[abprs]-[\w-]{10,}|hooks\.slack\.com/services/")),
    ("an AWS key", re.compile(r"\bAKIA[0-9A-Z]{16}\b")),
    ("a Render API key", re.compile(r"\brnd_\w{20,}")),
    ("a signed token", re.compile(r"\beyJ[\w-]{10,}\.[\w-]{10,}\.")),
    ("a private key", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
    ("an address with a password", re.compile(r"://[^/\s:@]*:[^/\s@]+@")),
)
_RANDOM: Final = re.compile(r"[A-Za-z0-9+/_=-]{24,}")
_BITS_LEAST: Final = 3.5  # of entropy a character: words and versions have less, base64 and hexadecimal keys more


def _run(review: Review) -> Iterator[Finding]:
    platform = review.stack.platform
    for service in services(platform):
        yield from _judge(review.subject("render-service", service), service.variables)
    for group in platform.groups:
        yield from _judge(review.subject("environment-group", group), group.variables)


def _judge(subject: Subject, variables: tuple[EnvVar, ...]) -> Iterator[Finding]:
    for variable in variables:
        kind = _kind(variable.value) if isinstance(variable.value, str) else None
        if kind is not None:
            message = f"The value of {variable.name} looks like {kind}, and stands in the spec for everybody to read."
            advice = "Declare a setting with secret=True, set it with `pulumi config set --secret`, and change the key."
            yield Finding(subject, f"variables.{variable.name}", message, advice)


def _kind(value: str) -> str | None:
    for kind, pattern in _KINDS:
        if pattern.search(value):
            return kind
    mixed = _RANDOM.fullmatch(value) and re.search(r"\d", value) and re.search(r"[A-Za-z]", value)
    return "a random key" if mixed and not _is_readable(value) and _bits(value) >= _BITS_LEAST else None


def _is_readable(value: str) -> bool:
    """Say whether a value is made of words and dates, such as code-execution-2025-08-25."""
    parts = [part for part in re.split(r"[-_./]", value) if part]
    return len(parts) > 1 and all(re.fullmatch(r"[A-Za-z]+|\d{1,4}|v?\d+", part) for part in parts)


def _bits(value: str) -> float:
    counts = Counter(value).values()
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts)


CHECK = Check(
    code="hosting/plain-secret",
    level=Level.ERROR,
    summary="An environment variable's value looks like a secret.",
    run=_run,
)
