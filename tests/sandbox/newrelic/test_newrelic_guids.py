"""Entity guids are those that New Relic writes."""

from __future__ import annotations

import pytest

from sandbox.newrelic.guids import EntityGuid, parse_guid


def test_a_guid_is_its_four_parts_in_base64_without_padding() -> None:
    # As the real plugin sent and took them.
    assert str(EntityGuid("123456", "AIOPS", "CONDITION", "1007")) == "MTIzNDU2fEFJT1BTfENPTkRJVElPTnwxMDA3"
    assert str(EntityGuid("123456", "SYNTH", "MONITOR", "1002")) == "MTIzNDU2fFNZTlRIfE1PTklUT1J8MTAwMg"


def test_a_guid_reads_back_to_its_parts() -> None:
    guid = EntityGuid("1", "APM", "APPLICATION", "1")
    assert parse_guid("MXxBUE18QVBQTElDQVRJT058MQ") == guid
    assert parse_guid(str(guid)) == guid


@pytest.mark.parametrize("text", ["", "not base64!", "MXxBUE0", "fHx8", "é"])
def test_other_texts_are_no_guids(text: str) -> None:
    assert parse_guid(text) is None
