"""Reads who stands in for whom from a file in the form of PagerDuty's own answers.

The file holds an object: the key of a schedule, and what `GET /schedules/{id}/overrides` answers for it, or the list
in that answer. Users are named by our user key or role, in `id`, in `summary`, or as a text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lookout.errors import CouldNotRun

if TYPE_CHECKING:
    from monitors.alerting.rota import Override
    from monitors.spec import Stack

_SHAPE: Final = (
    'Write {"ai-primary": [{"start": "2026-12-24T00:00:00-08:00", "end": "2026-12-25T00:00:00-08:00", '
    '"user": "ai-engineer-a"}]}.'
)


def read(path: Path, stack: Stack) -> tuple[Override, ...]:
    """Return the overrides in a file, for the schedules and users of a stack. Raises `CouldNotRun` for a fault."""
    return tuple(_Reader(path, stack).overrides(_loaded(path)))


def _loaded(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "it is no text in UTF-8"
        raise CouldNotRun(f"--overrides {path} cannot be read: {reason}.", "Name a JSON file.") from fault
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as fault:
        where = f" at line {fault.lineno}: {fault.msg}" if isinstance(fault, json.JSONDecodeError) else ""
        raise CouldNotRun(f"--overrides {path} is no JSON{where}.", _SHAPE) from fault


@dataclass(frozen=True)
class _Reader:
    path: Path
    stack: Stack

    def overrides(self, content: Any) -> Iterator[Override]:
        if not isinstance(content, Mapping):
            raise self._fault("the file", f"holds {_kind(content)}, not an object by schedule key", _SHAPE)
        schedules = [schedule.key for schedule in self.stack.response.schedules]
        if "overrides" in content and "overrides" not in schedules:
            raise self._fault(
                "the file", "does not say whose overrides these are", f'Write {{"{schedules[0]}": ...}} around them.'
            )
        for key, answer in content.items():
            if key not in schedules:
                near = get_close_matches(str(key), schedules, n=1, cutoff=0.5)
                step = f"Did you mean {near[0]}?" if near else f"It has {', '.join(schedules)}."
                raise self._fault(repr(key), f"is no schedule of {self.stack.name}", step)
            where = str(key)
            if isinstance(answer, Mapping):
                if "overrides" not in answer:
                    raise self._fault(where, 'has no "overrides"', _SHAPE)
                answer, where = answer["overrides"], f"{where}.overrides"
            if not isinstance(answer, list):
                raise self._fault(where, f"is {_kind(answer)}, not a list", _SHAPE)
            for number, entry in enumerate(answer):
                yield self._override(str(key), f"{where}[{number}]", entry)

    def _override(self, schedule: str, where: str, entry: Any) -> Override:
        from monitors.alerting.rota import Override

        if not isinstance(entry, Mapping):
            raise self._fault(where, f"is {_kind(entry)}, not an object with start, end and user", _SHAPE)
        start, end = self._moment(where, entry, "start"), self._moment(where, entry, "end")
        if start >= end:
            raise self._fault(
                where, f"ends {entry['end']}, which is not after its start {entry['start']}", "Swap them."
            )
        return Override(schedule, self._user(f"{where}.user", entry.get("user")), start, end)

    def _moment(self, where: str, entry: Mapping[str, Any], field: str) -> datetime:
        value, step = entry.get(field), "Write a time with offset, such as 2026-12-24T00:00:00-08:00."
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
            if moment is not None and moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self._fault(f"{where}.{field}", f"is {_shown(value)}, which is no time with offset", step)

    def _user(self, where: str, value: Any) -> str:
        users = self.stack.response.users
        by_name = {user.role.casefold(): user.key for user in users} | {user.key: user.key for user in users}
        names = [value] if isinstance(value, str) else []
        if isinstance(value, Mapping):
            names = [name for name in (value.get("id"), value.get("summary")) if isinstance(name, str)]
        for name in names:
            if name.casefold() in by_name:
                return by_name[name.casefold()]
        near = get_close_matches(names[-1].casefold(), by_name, n=1, cutoff=0.6) if names else []
        listed = ", ".join(user.key for user in users)
        step = f"Did you mean {by_name[near[0]]}?" if near else f"Name one of {listed}, as id, summary or text."
        raise self._fault(where, f"is {_shown(value)}, which names no user of {self.stack.name}", step)

    def _fault(self, where: str, what: str, step: str) -> CouldNotRun:
        return CouldNotRun(f"--overrides {self.path}: {where} {what}.", step)


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _shown(value: object) -> str:
    if value is None:
        return "not given"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
