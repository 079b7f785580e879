"""The page shows what its commands print.

LOOKOUT_WRITE=1 .venv/bin/python -m pytest tests/lookout/who/test_who_page.py

writes what is printed into the page.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from lookout.main import main

PAGE = Path(__file__).resolve().parents[3] / "docs" / "who.md"
WRITES = os.environ.get("LOOKOUT_WRITE") == "1"
_EXAMPLE = re.compile(
    r"^```sh\n\.venv/bin/lookout (?P<command>who [^\n]*)\n```\n\n```text\n(?P<output>.*?)^```$", re.M | re.S
)
_JSON = re.compile(r"^```json\n(.*?)^```$", re.M | re.S)


def commands() -> list[str]:
    """Return the commands whose output the page shows."""
    return [found["command"] for found in _EXAMPLE.finditer(PAGE.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("command", commands())
def test_the_page_shows_what_a_command_prints(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    overrides = _JSON.search(page)
    assert overrides is not None
    (tmp_path / "overrides.json").write_text(overrides[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    assert main(shlex.split(command)) in (0, 1)
    printed = capsys.readouterr()
    assert printed.err == ""
    found = next(one for one in _EXAMPLE.finditer(page) if one["command"] == command)
    if WRITES:
        PAGE.write_text(f"{page[: found.start('output')]}{printed.out}{page[found.end('output') :]}", encoding="utf-8")
    else:
        assert _without_lines(found["output"]) == _without_lines(printed.out)


def _without_lines(output: str) -> str:
    """Return an output without the numbers of lines, which move with every edit above them."""
    return re.sub(r"(\.py):\d+", r"\1", output)


def test_every_command_on_the_page_is_run_and_no_block_is_left_out() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(commands()) == page.count("```text\n") == page.count("```sh\n")
    assert len(set(commands())) == len(commands())
