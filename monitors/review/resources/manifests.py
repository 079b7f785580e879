"""What provisioning does according to two manifests: for edits of infra itself, which no spec shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from monitors.review.changes import Effect, ResourceChange
from monitors.review.resources.comparing import Renewed, change, compared, in_order, paired
from monitors.review.resources.registered import Identity, Ref, Registered

# As recordings write what another resource tells: `AlertPolicy:slack`, `EnvironmentGroup:stores.contentHash`.
_REFERENCE: Final = re.compile(r"(\w+):([\w-]+)(?:\.(\w+))?")
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where PyYAML has it


class ManifestError(ValueError):
    """A text is no manifest; the message says what is wrong with it."""


def manifest_changes(before: str, after: str) -> tuple[ResourceChange, ...]:
    """Return every resource that provisioning touches between two manifests, what is taken away first.

    A manifest hides secrets, so that one secret in the place of another is no change here. Raises `ManifestError`.
    """
    if before == after:
        return ()
    both, gone, fresh = paired(_registered(before), _registered(after))
    found = {one.identity: change(one, Effect.DELETE) for one in gone}
    found |= {one.identity: change(one, Effect.CREATE) for one in fresh}
    renewed = Renewed()
    for one in fresh:
        renewed.add(one)
    found |= _followed(both, renewed)
    return in_order(found.values())


def _followed(both: list[tuple[Registered, Registered]], renewed: Renewed) -> dict[Identity, ResourceChange]:
    """Compare what both have, again while that renews something that others refer to."""
    found: dict[Identity, ResourceChange] = {}
    known = -1
    while known != len(renewed.outputs):
        known = len(renewed.outputs)
        for old, new in both:
            told = compared(old, new, renewed)
            if told is not None:
                found[new.identity] = told
    return found


def _registered(text: str) -> list[Registered]:
    try:
        document = yaml.load(text, _Loader)  # noqa: S506  # a safe loader in either case
    except yaml.YAMLError as error:
        raise ManifestError(f"it is no YAML: {error}") from error
    entries = document.get("resources") if isinstance(document, Mapping) else None
    if not isinstance(entries, list):
        raise ManifestError("it has no list of resources; write it anew with: python -m infra.manifest")
    names = {(_kind(one["type"]), one["name"]) for one in entries}
    # A component holds resources and is at no vendor; it alone has no inputs.
    return [_of(one, names) for one in entries if "inputs" in one]


def _of(entry: Mapping[str, Any], names: set[tuple[str, str]]) -> Registered:
    return Registered(
        _kind(entry["type"]),
        entry["name"],
        {name: _value(value, names) for name, value in entry["inputs"].items()},
        below=entry.get("parent", ""),
        is_protected=entry.get("protect", False),
        type=entry["type"],
    )


def _value(value: Any, names: set[tuple[str, str]]) -> Any:
    if isinstance(value, Mapping):
        return {_value(name, names): _value(part, names) for name, part in value.items()}
    if isinstance(value, list):
        return tuple(_value(part, names) for part in value)
    return _text(value, names) if isinstance(value, str) else value


def _text(text: str, names: set[tuple[str, str]]) -> Any:
    """Return a text with what it refers to in the place of its name; one that refers to nothing as it is."""
    parts = tuple(_parts(text, names))
    return parts[0] if len(parts) == 1 else parts


def _parts(text: str, names: set[tuple[str, str]]) -> Iterator[str | Ref]:
    start = 0
    for match in _REFERENCE.finditer(text):
        kind, name, output = match.groups()
        if (kind, name) in names:
            if match.start() > start:
                yield text[start : match.start()]
            yield Ref(kind, name, output or "id")
            start = match.end()
    if start < len(text) or not text:
        yield text[start:]


def _kind(type_: str) -> str:
    return type_.rpartition(":")[2]
