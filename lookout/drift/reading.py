"""Asks Pulumi what the accounts hold, changing nothing: neither an account nor the state."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from lookout.errors import CouldNotRun
from lookout.stack.pulumi_cli import Pulumi

# Options of `pulumi preview`: it asks each provider for every object first, and writes nothing down.
_PREVIEW: Final = ("preview", "--refresh", "--json", "--show-secrets=false")
# A replacement has three steps; each tells of the whole.
_EFFECTS: Final[Mapping[str, str]] = {
    "create": "create",
    "update": "update",
    "delete": "delete",
    "replace": "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
}

TAGS: Final = ("EntityTags", "TagAssignment")
"""Kinds that stand on another object."""


@dataclass(frozen=True)
class Object:
    """One resource on both sides: `account` and `declared` are inputs as Pulumi names them, None where there is none.

    `effect` is what `up` would do to bring the account to what is declared; `because` are the properties that force a
    replacement.
    """

    type: str
    name: str
    effect: str
    account: Mapping[str, Any] | None
    declared: Mapping[str, Any] | None
    because: tuple[str, ...] = ()
    id: str = ""

    @property
    def kind(self) -> str:
        """The last part of the type, such as `NrqlAlertCondition`."""
        return self.type.rpartition(":")[2]

    @property
    def differing(self) -> tuple[str, ...]:
        """The properties that differ where both sides have the object."""
        if self.account is None or self.declared is None:
            return ()
        names = dict.fromkeys((*self.declared, *self.account))
        return tuple(name for name in names if self.account.get(name) != self.declared.get(name))


@dataclass(frozen=True)
class Reading:
    """Every object of a stack, and the stack's settings with secrets masked."""

    objects: tuple[Object, ...]
    settings: Mapping[str, str]

    @property
    def changed(self) -> tuple[Object, ...]:
        """The objects that are not as declared."""
        return tuple(one for one in self.objects if one.effect != "same")

    @cached_property
    def known(self) -> Mapping[str, Object]:
        """Every object that the state knows, by its id in the account; tags and the like have their owner's id."""
        return {one.id: one for one in reversed(self.objects) if one.id and one.kind not in TAGS}

    def name_of(self, object_id: str, kind: str) -> str | None:
        """Return the logical name of an object of ours by its id, None when no such kind of ours has it."""
        return self._names.get((kind, object_id))

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], str]:
        return {(one.kind, one.id): one.name for one in self.objects}


def read(pulumi: Pulumi, stack: str) -> Reading:
    """Return what the accounts hold of a stack. Raises `CouldNotRun` when Pulumi cannot tell."""
    printed = pulumi.read([*_PREVIEW, "--stack", stack])
    try:
        document = json.loads(printed)
    except json.JSONDecodeError as fault:
        raise CouldNotRun(
            f"`pulumi preview --refresh --json` on {stack} printed no JSON: {fault}",
            f"Run it yourself: `pulumi preview --refresh --stack {stack}`.",
        ) from fault
    found = parsed(document)
    if found.objects and not any(one.id for one in found.objects):
        where = " --sandbox" if "LOOKOUT_SANDBOX_URL" in pulumi.environment else ""
        raise CouldNotRun(
            f"nothing of {stack} was ever provisioned here, or all of it was destroyed: there is nothing to compare.",
            f"Provision it first, with `lookout up --stack {stack}{where}`.",
        )
    return found


def parsed(document: Mapping[str, Any]) -> Reading:
    """Return a reading from the document that Pulumi's preview prints."""
    ids: dict[str, str] = {}
    last: dict[str, Object] = {}
    for step in document.get("steps", ()):
        if not _is_object(step):
            continue
        urn = step["urn"]
        for side in ("oldState", "newState"):
            if (found := (step.get(side) or {}).get("id")) is not None:
                ids.setdefault(urn, str(found))
        if step["op"] in ("same", "refresh"):
            last.setdefault(urn, _object(step, "same"))
        elif step["op"] in _EFFECTS and (urn not in last or last[urn].effect == "same" or last[urn].declared is None):
            last[urn] = _object(step, _EFFECTS[step["op"]])
    settings = {name.partition(":")[2]: str(value) for name, value in document.get("config", {}).items()}
    return Reading(tuple(replace(one, id=ids.get(urn, "")) for urn, one in last.items()), settings)


def _is_object(step: Mapping[str, Any]) -> bool:
    state = step.get("newState") or step.get("oldState") or {}
    return bool(state.get("custom")) and ":providers:" not in state.get("type", "")


def _object(step: Mapping[str, Any], effect: str) -> Object:
    old, new = step.get("oldState"), step.get("newState")
    return Object(
        type=(new or old or {})["type"],
        name=step["urn"].rpartition("::")[2],
        effect=effect,
        account=None if effect == "create" or old is None else _inputs(old),
        declared=None if effect == "delete" or new is None else _inputs(new),
        because=tuple(step.get("replaceReasons") or ()),
    )


def _inputs(state: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_plain(state.get("inputs") or {}))


def _plain(inputs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the inputs without Pulumi's own notes, which begin with two underscores."""
    return ((name, value) for name, value in inputs.items() if not name.startswith("__"))
