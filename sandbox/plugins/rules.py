"""What a vendor's account demands of its objects, as data: identity, unique names, references, and what holds what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.plugins.facts import places
from sandbox.store import Record, Store

OnDelete = Literal["refuse", "remove", "keep"]


class Refused(Exception):
    """The account refuses a request with HTTP status `status`; the text names the thing, the field and the value."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Account:
    """One vendor's account: its objects, and the sandbox's address for links."""

    vendor: str
    store: Store
    base_url: str

    def objects(self, kind: str) -> list[Record]:
        """Every object of a kind, oldest first."""
        return self.store.find(self.vendor, kind)

    def find(self, kind: str, object_id: str) -> Record | None:
        """The object, None when there is none."""
        return self.store.get(self.vendor, kind, object_id)

    def page(self, kind: str, object_id: str) -> str:
        """The sandbox's own page about an object, where the vendor would have one."""
        return f"{self.base_url}/objects/{self.vendor}/{kind}/{object_id}"

    def number(self) -> int:
        """A number that no other object of the vendor has."""
        return self.store.next_number(self.vendor)


@dataclass(frozen=True)
class Draft:
    """An object about to be made or changed. `old` is the object as it is, None for a new one; `settings` are the
    plugin's own, such as the account's id."""

    account: Account
    kind: str
    inputs: Mapping[str, Any]
    settings: Mapping[str, Any]
    old: Record | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return name_of(self.inputs)


@dataclass(frozen=True)
class Reference:
    """A place in an object that holds the id of another, of one of `kinds`.

    `on_delete` is what happens to a request to delete the other: refused, this object goes with it, or nothing.
    `only_where` narrows the place to objects whose field has the value: `("type", "user_reference")`.
    """

    path: str
    kinds: tuple[str, ...]
    on_delete: OnDelete = "keep"
    only_where: tuple[str, str] | None = None

    def ids(self, inputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Every id at the place, with its exact path."""
        holder, _, last = self.path.rpartition(".")
        for path, value in places(inputs, self.path):
            if self.only_where and not self._applies(inputs, path, holder, last):
                continue
            if value not in (None, ""):
                yield path, str(value)

    def _applies(self, inputs: Mapping[str, Any], path: str, holder: str, last: str) -> bool:
        field_name, wanted = self.only_where or ("", "")
        around = inputs if not holder else next((found for _, found in places(inputs, path[: -len(last) - 1])), {})
        return isinstance(around, Mapping) and around.get(field_name) == wanted


NewIdentity = Callable[[Draft], str]
Outputs = Callable[[Draft, str], dict[str, Any]]
Check = Callable[[Draft], Iterator[str]]


def no_check(draft: Draft) -> Iterator[str]:
    """Find nothing wrong."""
    return iter(())


@dataclass(frozen=True)
class Rules:
    """The rules of one kind.

    - `identity` makes an object's id, `outputs` what the vendor tells of it beside its inputs.
    - `unique` is the input that no two objects of the kind share.
    - `check` finds what the vendor refuses, one sentence each.
    - `found_as` turns other spellings of an id, as `pulumi import` documents them, into the id.
    - `as_read` is how the vendor tells the inputs again.
    """

    identity: NewIdentity
    outputs: Outputs
    unique: str | None = None
    references: tuple[Reference, ...] = ()
    check: Check = no_check
    found_as: Callable[[str], str] = field(default=str)
    as_read: Callable[[dict[str, Any]], dict[str, Any]] = field(default=dict)


@dataclass(frozen=True)
class Vendor:
    """One vendor's rules; kinds without any of their own have `otherwise`. `lookups` answer the SDK's functions."""

    name: str
    title: str
    rules: Mapping[str, Rules]
    otherwise: Rules
    lookups: Mapping[str, Callable[[Account, Mapping[str, Any]], dict[str, Any]]]

    def of(self, kind: str) -> Rules:
        """The rules of a kind."""
        return self.rules.get(kind, self.otherwise)


def check_draft(vendor: Vendor, draft: Draft) -> None:
    """Hold every rule of its kind against a new or changed object.

    Raises:
        Refused: 400, with all that is wrong.
    """
    rules = vendor.of(draft.kind)
    found = [*_duplicates(rules, draft), *_dangling(rules, draft), *rules.check(draft)]
    if found:
        raise Refused(400, "; ".join(found))


def check_deletion(vendor: Vendor, account: Account, kind: str, object_id: str) -> list[Record]:
    """The objects that go with an object when it is deleted.

    Raises:
        Refused: 400, another object holds it.
    """
    going: list[Record] = []
    for holder_kind, rules in vendor.rules.items():
        for reference in rules.references:
            if kind not in reference.kinds or reference.on_delete == "keep":
                continue
            going += _held(account, holder_kind, reference, kind, object_id)
    return going


def name_of(inputs: Mapping[str, Any]) -> str:
    """What people call an object, from its inputs."""
    for name in ("name", "label", "key", "email", "description"):
        if isinstance(inputs.get(name), str) and inputs[name]:
            return str(inputs[name])
    return ""


def _held(account: Account, holder_kind: str, reference: Reference, kind: str, object_id: str) -> Iterator[Record]:
    for holder in account.objects(holder_kind):
        if not any(held == object_id for _, held in reference.ids(holder.document["inputs"])):
            continue
        if reference.on_delete == "refuse":
            raise Refused(
                400,
                f'{kind} {object_id} cannot be deleted: {holder_kind} "{holder.name}" ({holder.id}) uses it in '
                f'"{reference.path}"; change or delete that one first',
            )
        yield holder


def _duplicates(rules: Rules, draft: Draft) -> Iterator[str]:
    if rules.unique is None:
        return
    value = draft.inputs.get(rules.unique)
    for other in draft.account.objects(draft.kind):
        if other.document["inputs"].get(rules.unique) == value and (draft.old is None or other.id != draft.old.id):
            yield f'"{rules.unique}" value "{value}" has already been taken, by {draft.kind} {other.id}; choose another'
            return


def _dangling(rules: Rules, draft: Draft) -> Iterator[str]:
    for reference in rules.references:
        for path, held in reference.ids(draft.inputs):
            if not any(draft.account.find(kind, held) for kind in reference.kinds):
                wanted = " or ".join(reference.kinds)
                yield f'"{path}" value "{held}" is the id of no {wanted} in this account'
