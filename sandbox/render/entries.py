"""Environment variables and secret files: lists of named texts, on a service or in a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.render.ids import new_password
from sandbox.render.refusals import Refused, missing

Entry = dict[str, str]


def env_vars(given: Sequence[Mapping[str, Any]], at: str = "envVars") -> list[Entry]:
    """The variables of a request as they are kept: Render makes up those that ask for a generated value.

    `at` is the field that has them, "" for the body itself.

    Raises:
        Refused: 400, a key is given twice or cannot be a variable's name; no value is quoted.
    """
    found = [{"key": env_var_key(entry["key"]), "value": env_var_value(entry)} for entry in given]
    return _distinct(found, "key", at)


def secret_files(given: Sequence[Mapping[str, Any]], at: str = "secretFiles") -> list[Entry]:
    """The secret files of a request as they are kept.

    Raises:
        Refused: 400, a name is given twice or is no file name; no content is quoted.
    """
    found = [{"name": file_name(entry["name"]), "content": entry["content"]} for entry in given]
    return _distinct(found, "name", at)


def env_var_key(key: str) -> str:
    """The key itself, once it is one that a process can be given."""
    if not key:
        raise Refused(400, 'an environment variable has the key ""; a key is needed')
    if "=" in key or "\0" in key:
        # What follows the sign is a value, most likely, and a message quotes none.
        name = key.partition("=")[0].partition("\0")[0]
        raise Refused(
            400, f'environment variable "{name}": its key goes on with "=" or a zero byte; give the name only'
        )
    return key


def env_var_value(entry: Mapping[str, Any]) -> str:
    """The value told, or a new random one where that is asked for."""
    if entry.get("generateValue"):
        return new_password()
    return str(entry.get("value", ""))


def file_name(name: str) -> str:
    """The name itself, once it is one file's in one folder."""
    if not name or "/" in name or name in {".", ".."}:
        raise Refused(400, f'secret file "{name}" has no possible name; it is not empty and has no "/"')
    return name


def one(entries: Sequence[Entry], key: str, name: str, what: str) -> Entry:
    """The entry of a name.

    Raises:
        Refused: 404, there is none.
    """
    for entry in entries:
        if entry[key] == name:
            return entry
    raise missing(what, name)


def with_entry(entries: Sequence[Entry], key: str, entry: Entry) -> list[Entry]:
    """The entries with one added, or put in the place of that with its name."""
    if all(other[key] != entry[key] for other in entries):
        return [*entries, entry]
    return [entry if other[key] == entry[key] else other for other in entries]


def without_entry(entries: Sequence[Entry], key: str, name: str, what: str) -> list[Entry]:
    """The entries without the one of a name.

    Raises:
        Refused: 404, there is none.
    """
    gone = one(entries, key, name, what)
    return [entry for entry in entries if entry is not gone]


def _distinct(entries: list[Entry], key: str, at: str) -> list[Entry]:
    names = [entry[key] for entry in entries]
    for name in names:
        if names.count(name) > 1:
            where = f'field "{at}"' if at else "the body"
            raise Refused(400, f'{where} has "{name}" {names.count(name)} times; each {key} may be there once')
    return entries
