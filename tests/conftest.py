"""Rules for every test: in CI, nothing may be skipped."""

from __future__ import annotations

import os

import pytest
from _pytest.terminal import TerminalReporter

NO_SKIPS_VARIABLE = "LOOKOUT_NO_SKIPS"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when a test was skipped where LOOKOUT_NO_SKIPS is set: a skipped promise is not a kept one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get(NO_SKIPS_VARIABLE) or not isinstance(reporter, TerminalReporter):
        return
    if reporter.stats.get("skipped") and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name the skipped tests and why each was, where skipping fails the run."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not os.environ.get(NO_SKIPS_VARIABLE) or not skipped:
        return
    terminalreporter.section(f"{NO_SKIPS_VARIABLE} is set, and {len(skipped)} tests were skipped", red=True)
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{report.nodeid}: {reason}")
