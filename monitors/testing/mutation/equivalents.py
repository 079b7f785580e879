"""Mutants that no case can notice, because they mean the same: named in a data file, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import Field

from monitors.testing.parts import CaseError, CasePart

EQUIVALENTS: Final = Path(__file__).resolve().parents[2] / "catalog" / "equivalent_mutants.yaml"


class Equivalent(CasePart):
    """Changes of alerts that change nothing, by their titles, and why."""

    alerts: Annotated[tuple[str, ...], Field(min_length=1, description="List the alerts by key.")]
    changes: Annotated[
        tuple[str, ...], Field(min_length=1, description="List the changes as `lookout test --mutate` prints them.")
    ]
    reason: Annotated[str, Field(min_length=20, description="Say why no data can tell them from the original.")]


@dataclass(frozen=True)
class Equivalents:
    """What a file declares: for each alert the reasons by change; `file` is its name, for messages."""

    file: str = ""
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, alert: str) -> Mapping[str, str]:
        """Return the reasons of one alert by change."""
        return self.reasons.get(alert, {})


def read_equivalents(path: Path = EQUIVALENTS) -> Equivalents:
    """Return what the file declares, nothing where there is no file. Raises `CaseError` for a wrong one."""
    if not path.exists():
        return Equivalents(path.name)
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CaseError(f"{path.name}: this is no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(entries, list):
        raise CaseError(f"{path.name}: the file holds no list; begin each entry with `- alerts: [...]`")
    reasons: dict[str, dict[str, str]] = {}
    for number, entry in enumerate(entries, 1):
        for alert, change, reason in _declared(entry, f"{path.name}: entry {number}"):
            if change in reasons.setdefault(alert, {}):
                raise CaseError(f"{path.name}: entry {number}: {alert}, {change!r} is declared twice; keep one of them")
            reasons[alert][change] = reason
    return Equivalents(path.name, reasons)


def _declared(entry: object, where: str) -> list[tuple[str, str, str]]:
    if not isinstance(entry, dict):
        raise CaseError(f"{where}: fields are needed: alerts, changes and reason")
    try:
        one = Equivalent(**{str(name): value for name, value in entry.items()})
    except CaseError as error:
        raise CaseError(*(f"{where}: {fault}" for fault in error.faults)) from None
    return [(alert, change, one.reason) for alert in one.alerts for change in one.changes]
