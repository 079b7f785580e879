"""runbook/missing-file: the file of every alert's runbook exists."""

from __future__ import annotations

import spec_builders as build
from runbook_cases import findings_with

from monitors.rules.runbook.missing_file import CHECK


def test_a_file_that_does_not_exist_is_found_with_the_likely_one() -> None:
    condition = build.condition(runbook=build.runbook_section(file="incident-responses.md"))
    (found,) = findings_with(CHECK, {"incident-response.md": ""}, condition)
    assert found.message == "There is no runbook incident-responses.md: the link in the page leads nowhere."
    assert (found.field, found.advice) == ("runbook.file", "Did you mean incident-response.md?")


def test_a_file_that_resembles_none_is_to_be_written() -> None:
    (found,) = findings_with(CHECK, {"costs.md": ""}, build.condition())
    assert found.advice == "Write runbooks/incident-response.md, with a section for this alert."


def test_a_file_that_exists_and_runbooks_that_were_not_looked_up_are_fine() -> None:
    assert findings_with(CHECK, {"incident-response.md": ""}, build.condition()) == []
    assert findings_with(CHECK, None, build.condition()) == []
