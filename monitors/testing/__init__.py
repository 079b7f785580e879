"""Unit tests of alerts: given what the service emits, these incidents open and close, and nothing else happens.

`lookout test` runs the case files; tests in Python use what is named here (see docs/alert-tests.md).
"""

from monitors.testing.building import case, check, incident, series
from monitors.testing.cases import Case, Expectation, Series
from monitors.testing.parts import CaseError
from monitors.testing.running import AlertCase, CaseFailed, CaseResult, check_case, load_cases, run_cases

__all__ = [
    "AlertCase",
    "Case",
    "CaseError",
    "CaseFailed",
    "CaseResult",
    "Expectation",
    "Series",
    "case",
    "check",
    "check_case",
    "incident",
    "load_cases",
    "run_cases",
    "series",
]
