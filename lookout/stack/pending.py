"""What a killed update leaves open: creates that were sent and whose answer was lost.

Such an object may exist in the account and is missing in the state, so the next update would make it twice. Before an
update, each is looked up in the account; the one that was made is adopted into the state, and the rest is forgotten.
An object is ours when the account holds it with exactly the values that the killed update sent, under the stack's own
names, and the state knows it under no other entry. Render's provider needs none of this: it finds its objects again by
the ownership mark they carry.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lookout.errors import CouldNotRun
from lookout.stack.pulumi_cli import Pulumi

_SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d"  # noqa: S105  # Pulumi's public mark of a secret in a state

Find = Callable[[str, str, Mapping[str, Any]], Sequence["Found"]]


@dataclass(frozen=True)
class Found:
    """An object in an account: its id and the inputs it was made from."""

    id: str
    inputs: Mapping[str, Any]


@dataclass(frozen=True)
class Pending:
    """A create without an answer: `vendor` and `kind` as in `newrelic` and `AlertPolicy`."""

    urn: str
    vendor: str
    kind: str
    inputs: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What a person calls it: kind and logical name."""
        return f"{self.kind} {self.urn.rpartition('::')[2]}"


@dataclass(frozen=True)
class Outcome:
    """What became of an open create: the id of the object it made, None when it made none."""

    pending: Pending
    object_id: str | None


@dataclass(frozen=True)
class Unfinished:
    """The creates without an answer in a stack's state, and the ids the state holds, by vendor and kind."""

    pending: tuple[Pending, ...]
    known: frozenset[tuple[str, str, str]]


def read_unfinished(pulumi: Pulumi, stack: str) -> Unfinished:
    """Return what the last update on the stack left open. Raises `CouldNotRun` when the state cannot be read."""
    deployment = json.loads(pulumi.read(["stack", "export", "--stack", stack])).get("deployment") or {}
    operations = [one for one in deployment.get("pending_operations") or [] if one["type"] == "creating"]
    resources = deployment.get("resources") or []
    return Unfinished(
        tuple(_pending(operation["resource"]) for operation in operations),
        frozenset((*_kind_of(resource["type"]), resource["id"]) for resource in resources if resource.get("id")),
    )


def match(unfinished: Unfinished, find: Find) -> list[Outcome]:
    """Return for every open create what became of it.

    Raises `CouldNotRun` when two objects fit: which is ours cannot be told then.
    """
    taken = set(unfinished.known)
    outcomes: list[Outcome] = []
    for pending in unfinished.pending:
        fitting = [
            found.id
            for found in find(pending.vendor, pending.kind, pending.inputs)
            if (pending.vendor, pending.kind, found.id) not in taken and _same(pending.inputs, found.inputs)
        ]
        if len(fitting) > 1:
            raise CouldNotRun(
                f"{pending.name} was being made when the last run was killed, and {len(fitting)} objects in the "
                f"account fit it: {', '.join(fitting)}.",
                "Delete those that nobody needs in the account, then run this again.",
            )
        outcomes.append(Outcome(pending, fitting[0] if fitting else None))
        taken.update((pending.vendor, pending.kind, object_id) for object_id in fitting)
    return outcomes


def settle(pulumi: Pulumi, stack: str, outcomes: Sequence[Outcome]) -> None:
    """Bring the state in line with the outcomes: what was made is adopted, what was not is forgotten."""
    made = [(outcome.pending.urn, outcome.object_id) for outcome in outcomes if outcome.object_id is not None]
    pairs = ",".join(f"{urn},{object_id}" for urn, object_id in made)
    imports = ["--import-pending-creates", pairs] if pairs else []
    targets = [part for urn, _ in made for part in ("--target", urn)]
    options = ["--yes", "--skip-preview", *imports, *targets, "--clear-pending-creates"]
    pulumi.read(["refresh", "--stack", stack, *options])


def _pending(resource: Mapping[str, Any]) -> Pending:
    vendor, kind = _kind_of(resource["type"])
    return Pending(resource["urn"], vendor, kind, resource.get("inputs") or {})


def _kind_of(token: str) -> tuple[str, str]:
    vendor, _, rest = token.partition(":")
    return vendor, rest.rpartition(":")[2]


def _same(sent: Any, held: Any) -> bool:
    """Compare what was sent with what the account holds; secrets, encrypted in the state, are passed over."""
    if isinstance(sent, Mapping):
        if _SECRET_SIGNATURE in sent:
            return True
        keys = {key for key in sent if key != "__defaults"}
        return isinstance(held, Mapping) and all(key in held and _same(sent[key], held[key]) for key in keys)
    if isinstance(sent, list):
        return isinstance(held, list) and len(sent) == len(held) and all(map(_same, sent, held))
    return bool(sent == held)
