"""Runbook sections: a file of runbooks/ and an anchor, and the address they make."""

from __future__ import annotations

import pytest
from spec_builders import runbook_section
from spec_refusals import Builder, case, refusal

REFUSED = (
    case(
        runbook_section,
        "runbook section: field file is 'Incident Response.md': string should match pattern "
        "'^[a-z][a-z0-9-]*\\.md$'. Name a file of runbooks/, such as incident-response.md.",
        file="Incident Response.md",
    ),
    case(
        runbook_section,
        "runbook section: field file is 'incident-response': string should match pattern "
        "'^[a-z][a-z0-9-]*\\.md$'. Name a file of runbooks/, such as incident-response.md.",
        file="incident-response",
    ),
    case(
        runbook_section,
        "runbook section: field anchor is 'High_Errors': string should match pattern "
        "'^[a-z][a-z0-9]*(-[a-z0-9]+)*$'. A key is lower-case words joined by hyphens, such as "
        "high-skill-error-rate.",
        anchor="High_Errors",
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


@pytest.mark.parametrize("base_url", ["https://example.com/runbooks", "https://example.com/runbooks/"])
def test_the_address_is_the_file_below_the_base_with_the_alerts_key_as_anchor(base_url: str) -> None:
    expected = "https://example.com/runbooks/incident-response.md#high-errors"
    assert runbook_section().url(base_url) == expected
