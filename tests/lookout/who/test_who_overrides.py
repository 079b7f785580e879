"""Who stands in for whom, from a file in the form of PagerDuty's answers, and every fault in it by its place."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lookout.errors import CouldNotRun
from lookout.who.overrides import read
from monitors import catalog
from monitors.alerting.rota import Override

ENTRY = {"start": "2026-12-24T00:00:00-08:00", "end": "2026-12-25T00:00:00Z", "user": "ai-engineer-a"}
EXPECTED = Override(
    "ai-primary", "ai-engineer-a", datetime(2026, 12, 24, 8, tzinfo=UTC), datetime(2026, 12, 25, tzinfo=UTC)
)


def written(folder: Path, content: Any) -> Path:
    path = folder / "overrides.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "user",
    [
        "ai-engineer-a",
        "AI engineer A",
        {"id": "ai-engineer-a", "type": "user_reference"},
        {"id": "PABC123", "summary": "AI engineer A"},
        {"id": "PABC123", "summary": "ai-engineer-a"},
    ],
)
def test_a_user_is_named_by_key_or_role(user: Any, tmp_path: Path) -> None:
    path = written(tmp_path, {"ai-primary": [{**ENTRY, "user": user}]})
    assert read(path, catalog.stack("prod")) == (EXPECTED,)


def test_pagerdutys_own_answer_is_taken_as_it_is(tmp_path: Path) -> None:
    answer = {"overrides": [{**ENTRY, "id": "Q1", "user": {"id": "PABC", "summary": "AI engineer A"}}], "total": None}
    assert read(written(tmp_path, {"ai-primary": answer}), catalog.stack("prod")) == (EXPECTED,)


def test_no_overrides_are_none(tmp_path: Path) -> None:
    assert read(written(tmp_path, {"ai-primary": {"overrides": []}}), catalog.stack("prod")) == ()


SHAPE = (
    'Write {"ai-primary": [{"start": "2026-12-24T00:00:00-08:00", "end": "2026-12-25T00:00:00-08:00", '
    '"user": "ai-engineer-a"}]}.'
)
OFFSET = "Write a time with offset, such as 2026-12-24T00:00:00-08:00."


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ([], f"the file holds a list, not an object by schedule key.\n{SHAPE}"),
        ({"overrides": []}, 'the file does not say whose overrides these are.\nWrite {"ai-primary": ...} around them.'),
        ({"ai-primry": []}, "'ai-primry' is no schedule of prod.\nDid you mean ai-primary?"),
        (
            {"zzz": []},
            "'zzz' is no schedule of prod.\nIt has ai-primary, ai-secondary, platform-primary, lead.",
        ),
        ({"ai-primary": {}}, f'ai-primary has no "overrides".\n{SHAPE}'),
        ({"ai-primary": "x"}, f"ai-primary is a text, not a list.\n{SHAPE}"),
        ({"ai-primary": {"overrides": 3}}, f"ai-primary.overrides is a number, not a list.\n{SHAPE}"),
        (
            {"ai-primary": [ENTRY, None]},
            f"ai-primary[1] is null, not an object with start, end and user.\n{SHAPE}",
        ),
        (
            {"ai-primary": [{**ENTRY, "start": "2026-12-24T00:00"}]},
            f'ai-primary[0].start is "2026-12-24T00:00", which is no time with offset.\n{OFFSET}',
        ),
        (
            {"ai-primary": {"overrides": [{"start": ENTRY["start"]}]}},
            f"ai-primary.overrides[0].end is not given, which is no time with offset.\n{OFFSET}",
        ),
        (
            {"ai-primary": [{**ENTRY, "end": "0001-01-01T00:00:00+23:00"}]},
            f'ai-primary[0].end is "0001-01-01T00:00:00+23:00", which is no time with offset.\n{OFFSET}',
        ),
        (
            {"ai-primary": [{**ENTRY, "end": ENTRY["start"]}]},
            "ai-primary[0] ends 2026-12-24T00:00:00-08:00, which is not after its start 2026-12-24T00:00:00-08:00.\n"
            "Swap them.",
        ),
        (
            {"ai-primary": [{**ENTRY, "user": {"id": "PABC", "summary": "AI enginer A"}}]},
            'ai-primary[0].user is {"id": "PABC", "summary": "AI enginer A"}, which names no user of prod.\n'
            "Did you mean ai-engineer-a?",
        ),
        (
            {"ai-primary": [{**ENTRY, "user": 7}]},
            "ai-primary[0].user is 7, which names no user of prod.\nName one of ai-engineer-a, ai-engineer-b, "
            "ai-engineer-c, platform-engineer-a, platform-engineer-b, platform-engineer-c, engineering-lead, as id, "
            "summary or text.",
        ),
    ],
)
def test_a_fault_is_told_by_file_place_value_and_next_step(content: Any, fault: str, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    with pytest.raises(CouldNotRun) as refused:
        read(path, catalog.stack("prod"))
    assert str(refused.value) == f"--overrides {path}: {fault}"


def test_what_is_no_json_is_told_by_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, '{\n"ai-primary": [}')
    with pytest.raises(CouldNotRun, match=r"is no JSON at line 2: Expecting value"):
        read(path, catalog.stack("prod"))


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun, match="cannot be read: No such file or directory"):
        read(tmp_path / "none.json", catalog.stack("prod"))
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(CouldNotRun, match="cannot be read: it is no text in UTF-8"):
        read(tmp_path / "binary", catalog.stack("prod"))


def test_json_that_is_too_deep_is_told(tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun, match="is no JSON"):
        read(written(tmp_path, "[" * 100_000), catalog.stack("prod"))
