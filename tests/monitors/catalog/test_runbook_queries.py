"""The runbooks' queries can be pasted: they name only what is emitted, in an environment that exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from query_faults import faults, source_of

FOLDER: Final = Path(__file__).parents[3] / "runbooks"
QUERIES: Final = [
    pytest.param(line.strip(), id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.md"))
    for number, line in enumerate(
        line
        for block in re.findall(r"^ *```nrql\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    )
]


def test_the_runbooks_hold_queries() -> None:
    assert len(QUERIES) > 50


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_names_only_what_the_service_or_the_vendor_emits(query: str) -> None:
    assert faults(query) == []


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_looks_at_a_time_of_its_own_and_at_one_environment(query: str) -> None:
    assert " SINCE " in query
    if source_of(query) not in {"Log", "SyntheticCheck", "NrIntegrationError"}:
        assert "WHERE env = 'prod'" in query or "WHERE env = 'staging'" in query
