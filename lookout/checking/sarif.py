"""A run of checks as SARIF 2.1.0, the form that code scanning reads.

The standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from lookout.checking.report import Location, Report, location, page_text
from monitors.rules.check import Check
from monitors.rules.notices import NOTICES, Notice
from monitors.rules.problem import Level, Problem

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}


def log(report: Report) -> dict[str, Any]:
    """Return the log: one run with a rule for each check that was run and a result for each problem."""
    rules: tuple[Check | Notice, ...] = (*report.checks, *NOTICES)
    index = {rule.code: position for position, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    results = []
    for problem in report.problems:
        fingerprint = _fingerprint(problem)
        seen[fingerprint] += 1
        results.append(_result(problem, index[problem.code], f"{fingerprint}:{seen[fingerprint]}"))
    driver = {"name": "lookout", "version": version("lookout"), "rules": [_rule(rule) for rule in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Check | Notice) -> dict[str, Any]:
    help_text = page_text(rule.code) or rule.summary
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.code.replace("/", "-").split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _result(problem: Problem, rule_index: int, fingerprint: str) -> dict[str, Any]:
    where = location(problem)
    place: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": f"{problem.key}.{problem.field}".rstrip("."), "kind": "resource"}]
    }
    if where is not None and where.is_file:
        place["physicalLocation"] = {
            "artifactLocation": {"uri": _uri(where.path), **_base(where.path)},
            "region": _region(where, problem),
        }
    return {
        "ruleId": problem.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[problem.level],
        "message": {"text": f"{problem.subject}: {problem.message}\n{problem.advice}".rstrip()},
        "locations": [place],
        # The first is ours; by the second GitHub tells a known problem from a new one.
        "partialFingerprints": {"lookoutProblem/v1": fingerprint, "primaryLocationLineHash": fingerprint},
        "properties": {"stacks": list(problem.stacks)},
    }


def _region(where: Location, problem: Problem) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": where.line}
    if where.column is not None:
        region |= {"startColumn": where.column, "endLine": where.end_line, "endColumn": where.end_column}
    if problem.excerpt is not None:
        region["snippet"] = {"text": problem.excerpt.text}
    return region


def _uri(path: str) -> str:
    return quote(path) if not path.startswith("/") else f"file://{quote(path)}"


def _base(path: str) -> dict[str, str]:
    return {} if path.startswith("/") else {"uriBaseId": "%SRCROOT%"}


def _fingerprint(problem: Problem) -> str:
    """Return what stays the same when lines move: the check, the spec and what is said of it."""
    said = "\n".join((problem.code, problem.key, problem.field, problem.message))
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:32]
