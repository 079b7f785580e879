"""In CI a skipped test fails the run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
RULES = Path(__file__).resolve().parents[1] / "conftest.py"
SKIPPING = "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no account here')\n"


@pytest.fixture
def run(pytester: pytest.Pytester) -> pytest.Pytester:
    shutil.copy(RULES, pytester.path / "conftest.py")
    return pytester


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_a_skipped_test_fails_the_run_and_is_named_with_its_reason(
    run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, workers: list[str]
) -> None:
    monkeypatch.setenv("LOOKOUT_NO_SKIPS", "1")
    run.makepyfile(SKIPPING)
    result = run.runpytest_subprocess(*workers)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*LOOKOUT_NO_SKIPS is set, and 1 tests were skipped*", "*test_b: *no account here"])


def test_a_module_that_skips_itself_fails_the_run_too(run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_NO_SKIPS", "1")
    run.makepyfile("import pytest\npytest.importorskip('no_such_module')\n")
    assert run.runpytest_subprocess().ret == pytest.ExitCode.TESTS_FAILED


def test_without_the_setting_a_skipped_test_is_fine(run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOOKOUT_NO_SKIPS", raising=False)
    run.makepyfile(SKIPPING)
    assert run.runpytest_subprocess().ret == pytest.ExitCode.OK


def test_with_the_setting_a_run_without_skips_is_fine(run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKOUT_NO_SKIPS", "1")
    run.makepyfile("def test_a(): pass\n")
    assert run.runpytest_subprocess().ret == pytest.ExitCode.OK
