"""What a handler gets and gives: one checked request to Render's API, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.controls import Controls
from sandbox.render.contract import Contract, Operation
from sandbox.render.refusals import Refused, missing
from sandbox.store import Record, Store

VENDOR = "render"
Json = Any  # Render's documents are JSON of many shapes; the contract says which.


def utc_now() -> datetime:
    """The present time."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A time as Render writes it; always with microseconds, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Account:
    """The Render account that the sandbox stands in for."""

    store: Store
    contract: Contract
    controls: Controls
    clock: Callable[[], datetime] = utc_now

    def now(self) -> str:
        """The present time as Render writes it."""
        return stamp(self.clock())

    def find(self, kind: str, object_id: str) -> Json | None:
        """An object's document, None when there is none."""
        record = self.store.get(VENDOR, kind, object_id)
        return record.document if record else None

    def known(self, kind: str, object_id: str) -> Json:
        """The document of an object that another one refers to, and that therefore exists."""
        document = self.find(kind, object_id)
        if document is None:
            raise LookupError(f"the sandbox's store has lost {kind} {object_id}")
        return document

    def all(self, kind: str, *, name: str | None = None) -> list[Record]:
        """Every object of a kind, oldest first."""
        return self.store.find(VENDOR, kind, name=name)

    def save(self, kind: str, document: Mapping[str, Json], *, name: str | None = None) -> None:
        """Insert or replace an object; its record's name is the document's unless told."""
        self.store.put(VENDOR, kind, document["id"], document["name"] if name is None else name, dict(document))

    def delete(self, kind: str, object_id: str) -> None:
        self.store.delete(VENDOR, kind, object_id)


@dataclass(frozen=True)
class Call:
    """One request that has passed the contract: `query` and `body` have the right names, types and values."""

    account: Account
    operation: Operation
    path: Mapping[str, str]
    query: Mapping[str, Json]
    body: Json = None
    base_url: str = ""

    def require(self, kind: str, parameter: str, what: str) -> Json:
        """The document of the object that a path parameter names.

        Raises:
            Refused: 404, there is none.
        """
        document = self.account.find(kind, self.path[parameter])
        if document is None:
            raise missing(what, self.path[parameter])
        return document

    def refer(self, kind: str, field_name: str, what: str) -> None:
        """Make sure that an id in the body is one of an existing object; an absent field is fine.

        Raises:
            Refused: 404, or 400 where Render's description of the request knows no 404.
        """
        given = self.body.get(field_name)
        if given is None or self.account.find(kind, given) is not None:
            return
        status = 404 if 404 in self.operation.refusals else 400
        raise Refused(status, f'field "{field_name}" is "{given}"; there is no such {what}')

    def page_of(self, kind: str, object_id: str) -> str:
        """The sandbox's own page about an object, where Render would name its dashboard."""
        return f"{self.base_url}/objects/{VENDOR}/{kind}/{object_id}"


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; `body` None means no content."""

    status: int
    body: Json = None


Handler = Callable[[Call], Answer]
