"""The verb `who`, run as a person runs it."""

from __future__ import annotations

from typing import Any

import pytest

from lookout.main import main


class Run:
    """What one run of the verb answered and printed."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def who(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that runs the verb in 100 columns."""
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str) -> Run:
        code = main(["who", *arguments])
        printed = capsys.readouterr()
        return Run(code, printed.out, printed.err)

    return run
