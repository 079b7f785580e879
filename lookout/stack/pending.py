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
from functools import cached_property
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

    @property
    def is_found_by_its_provider(self) -> bool:
        """Whether the provider itself finds the object again when it is asked to make it: Render's does."""
        return self.vendor == "render"


@dataclass(frozen=True)
class Outcome:
    """What became of an open create: the id of the object it made, None when it made none.

    `is_repeated` says that a later run, unaware of it, made the object again.
    """

    pending: Pending
    object_id: str | None
    is_repeated: bool = False

    @property
    def is_adopted(self) -> bool:
        """Whether the state takes the object over."""
        return self.object_id is not None and not self.is_repeated


@dataclass(frozen=True)
class Unfinished:
    """The creates without an answer in a stack's state, with the state itself, as Pulumi exports it."""

    pending: tuple[Pending, ...]
    exported: Mapping[str, Any]

    @cached_property
    def known(self) -> frozenset[tuple[str, str, str]]:
        """The ids that the state holds, with vendor and kind."""
        return frozenset((*_kind_of(one["type"]), one["id"]) for one in _resources(self.exported) if one.get("id"))

    @cached_property
    def urns(self) -> frozenset[str]:
        """The names of everything in the state."""
        return frozenset(one["urn"] for one in _resources(self.exported))


def read_unfinished(pulumi: Pulumi, stack: str) -> Unfinished:
    """Return what the last update on the stack left open. Raises `CouldNotRun` when the state cannot be read."""
    exported = json.loads(pulumi.read(["stack", "export", "--stack", stack]))
    return Unfinished(tuple(_pending(resource) for resource in _creates(exported)), exported)


def match(unfinished: Unfinished, find: Find) -> list[Outcome]:
    """Return for every open create what became of it.

    Raises `CouldNotRun` when two objects fit: which is ours cannot be told then.
    """
    taken = set(unfinished.known)
    outcomes: list[Outcome] = []
    for pending in unfinished.pending:
        fitting = [
            found.id
            for found in _candidates(pending, find)
            if (pending.vendor, pending.kind, found.id) not in taken and _same(pending.inputs, found.inputs)
        ]
        if len(fitting) > 1:
            raise CouldNotRun(
                f"{pending.name} was being made when the last run was killed, and {len(fitting)} objects in the "
                f"account fit it: {', '.join(fitting)}.",
                "Delete those that nobody needs in the account, then run this again.",
            )
        outcomes.append(Outcome(pending, fitting[0] if fitting else None, pending.urn in unfinished.urns))
        taken.update((pending.vendor, pending.kind, object_id) for object_id in fitting)
    return outcomes


def decide(unfinished: Unfinished, made: Mapping[str, str], not_made: Sequence[str]) -> list[Outcome]:
    """Return what a person found out about every open create: `made` are ids by URN, `not_made` the other URNs.

    Creates of Render's provider need no decision. Raises `CouldNotRun` when another is left undecided, or when one is
    named that was not cut off.
    """
    decided = {*made, *not_made}
    open_urns = {pending.urn for pending in unfinished.pending}
    strange = sorted(decided - open_urns)
    if strange:
        raise CouldNotRun(
            f"{strange[0]} is no create that was cut off.",
            "Copy the name from the list that this command prints without it.",
        )
    undecided = [one for one in unfinished.pending if not one.is_found_by_its_provider and one.urn not in decided]
    if undecided:
        listed = "\n".join(f"  - {one.name}\n    {one.urn}" for one in undecided)
        raise CouldNotRun(
            f"an earlier run was killed while it made these, and it is not known whether they exist:\n{listed}",
            "Look each up in its account, then run this again with --made '<urn>=<id>' for each that exists and "
            "--not-made '<urn>' for each that does not.",
        )
    return [Outcome(one, made.get(one.urn), one.urn in unfinished.urns) for one in unfinished.pending]


def settle(pulumi: Pulumi, stack: str, unfinished: Unfinished, outcomes: Sequence[Outcome]) -> None:
    """Bring the state in line with the outcomes: what was made is adopted and read back, what was not is forgotten.

    (Pulumi's own `refresh --import-pending-creates` forgets them all when nobody is there to answer its questions.)
    """
    adopted = {outcome.pending.urn: outcome.object_id for outcome in outcomes if outcome.is_adopted}
    found = [
        {**resource, "id": adopted[resource["urn"]], "outputs": resource.get("inputs") or {}}
        for resource in _creates(unfinished.exported)
        if resource["urn"] in adopted
    ]
    rest = [one for one in _operations(unfinished.exported) if one["type"] != "creating"]
    deployment = {**unfinished.exported["deployment"], "pending_operations": rest}
    deployment["resources"] = [*_resources(unfinished.exported), *found]
    pulumi.read(
        ["stack", "import", "--stack", stack], typed=json.dumps({**unfinished.exported, "deployment": deployment})
    )
    if adopted:
        targets = [part for urn in adopted for part in ("--target", urn)]
        pulumi.read(["refresh", "--stack", stack, "--yes", "--skip-preview", *targets])


def _resources(exported: Mapping[str, Any]) -> list[dict[str, Any]]:
    return (exported.get("deployment") or {}).get("resources") or []


def _operations(exported: Mapping[str, Any]) -> list[dict[str, Any]]:
    return (exported.get("deployment") or {}).get("pending_operations") or []


def _creates(exported: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one["resource"] for one in _operations(exported) if one["type"] == "creating"]


def _candidates(pending: Pending, find: Find) -> Sequence[Found]:
    return () if pending.is_found_by_its_provider else find(pending.vendor, pending.kind, pending.inputs)


def _pending(resource: Mapping[str, Any]) -> Pending:
    vendor, kind = _kind_of(resource["type"])
    return Pending(resource["urn"], vendor, kind, resource.get("inputs") or {})


def _kind_of(token: str) -> tuple[str, str]:
    vendor, _, rest = token.partition(":")
    return vendor, rest.rpartition(":")[2]


def _same(sent: Any, held: Any) -> bool:
    """Compare what was sent with what the account tells; secrets, which no account tells, are passed over."""
    if _is_secret(sent):
        return True
    if isinstance(sent, Mapping):
        plain = {key: value for key, value in sent.items() if key != "__defaults" and not _is_secret(value)}
        return isinstance(held, Mapping) and all(key in held and _same(plain[key], held[key]) for key in plain)
    if isinstance(sent, list):
        return isinstance(held, list) and len(sent) == len(held) and all(map(_same, sent, held))
    return bool(sent == held)


def _is_secret(value: Any) -> bool:
    return isinstance(value, Mapping) and _SECRET_SIGNATURE in value
