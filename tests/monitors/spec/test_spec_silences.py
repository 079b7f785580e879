"""Silences: a check, a subject and a reason, none of which can be left out."""

from __future__ import annotations

from typing import Any

import pytest
from spec_refusals import case, refusal

from monitors.spec import Silence, Spec


def silence(**changes: Any) -> Silence:
    fields = {"check": "query/limit", "subject": "condition/daily-cost", "reason": "An account took it."}
    return Silence(**{**fields, **changes})


@pytest.mark.parametrize(
    ("build", "changes", "message"),
    [
        case(
            silence,
            "silence: field check is 'limit': string should match pattern '^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$'. Give a "
            "check's code, such as query/limit; `lookout check --list` names them all.",
            check="limit",
        ),
        case(
            silence,
            "silence: field subject is '*': string should have at least 3 characters. Give kind and key, such as "
            "condition/daily-cost; * stands for any text.",
            subject="*",
        ),
        case(
            silence,
            "silence: field reason is 'because': string should have at least 10 characters. Say why it is meant so, "
            "in a sentence.",
            reason="because",
        ),
    ],
)
def test_a_silence_without_code_subject_or_reason_is_refused(
    build: type[Spec], changes: dict[str, Any], message: str
) -> None:
    assert refusal(build, **changes) == message
