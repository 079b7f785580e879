"""Which values of variables are shown in a comparison: none that may be a secret, and every plain word."""

from __future__ import annotations

import base64
import secrets

import pytest
from hosted_stacks import changes, set_in_group, told
from hypothesis import given
from hypothesis import strategies as st

from monitors.review.hosting.literals import looks_secret, shown

# Made up, in the form of the vendors' own.
SECRETS = [
    "sk-ant-api03-" + "x" * 12,
    "NRAK-0000000000000000000000000ZZ",
    "rnd_" + "a1" * 10,
    "ghp_" + "Ab1" * 8,
    "github_pat_11AAAA",
    "xoxb-1-2-abc",
    "xai-abcdef",
    "AKIA0000000000000000",
    "eyJhbGciOiJIUzI1NiJ9.e30.x",
    "postgres://user:password@host/db",
    "https://token@host/",
    "https://hooks.example/x?token=abc",
    "3f9a1c7be2d84f60a5b7c9d1e3f50718",
    "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==",
]
PLAIN = [
    "info",
    "true",
    "5",
    "skills-2025-10-02",
    "code-execution-2025-08-25",
    "legal-platform-ai-service",
    "https://legal.example/path",
    "claude-opus-4-1",
    "America/Los_Angeles",
    "0.5,0.9",
    "newrelic.syslog.nr-data.net:6514",
    "",
]


@pytest.mark.parametrize("text", SECRETS)
def test_what_looks_like_a_secret_is_not_shown(text: str) -> None:
    assert shown(text) is None


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_word_is_shown(text: str) -> None:
    assert shown(text) == f'"{text}"'


@given(st.binary(min_size=24, max_size=64))
def test_bytes_of_some_length_look_like_a_secret_in_every_usual_form(data: bytes) -> None:
    if len(set(data)) > 16:
        assert looks_secret(base64.urlsafe_b64encode(data).decode())
        assert looks_secret(data.hex())


def test_tokens_of_the_standard_library_look_like_secrets() -> None:
    texts = [make(32) for make in (secrets.token_hex, secrets.token_urlsafe) for _ in range(500)]
    assert [text for text in texts if not looks_secret(text)] == []


def test_a_long_text_is_cut() -> None:
    assert shown("word " * 40) == f'"{"word " * 16}..."'


@pytest.mark.parametrize("text", [one for one in SECRETS if ":password@" not in one])  # which no spec takes
def test_no_sentence_holds_a_value_that_may_be_a_secret(text: str) -> None:
    before = set_in_group("telemetry", GREETING="hello")
    for after in (set_in_group("telemetry", GREETING=text), set_in_group("telemetry", GREETING=None)):
        for one, other in ((before, after), (after, before)):
            for change in changes(one, other):
                assert text not in told(change)
                assert all(text not in str((fact.before, fact.after)) for fact in change.facts)
