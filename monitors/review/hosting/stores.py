"""What an edit of a database or a key-value store changes: what is lost, what is refused, and what it costs a month.

Sources: https://render.com/docs/postgresql-creating-connecting and /key-value (what can change, and that a disk only
grows, at most every 12 hours), and infra's provider for Render, which refuses what would lose data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.hosting import costs
from monitors.review.phrases import quoted
from monitors.spec import KeyValue, Postgres, PrivateService, Stack, StoreAddress, WebService
from monitors.words import listed

Store = Postgres | KeyValue
_PROTECTED: Final = "it is protected, so provisioning refuses this until somebody takes the protection off by hand"
_KEY_VALUE_PLANS: Final = ("free", "starter", "standard", "pro", "pro_plus")
_IMMUTABLE: Final = {
    "region": "stands in {now}, before in {was}",
    "version": "is Postgres {now}, before {was}",
    "database": "holds the database {now}, before {was}",
    "user": "has the user {now}, before {was}",
}


def changed(old: Store, new: Store) -> Iterator[Finding]:
    """Yield what differs in a store; both sides are of one kind."""
    yield from _immutable(old, new)
    if old.plan != new.plan:
        yield _plan(old, new)
    if isinstance(old, Postgres) and isinstance(new, Postgres):
        yield from _postgres(old, new)
    if isinstance(old, KeyValue) and isinstance(new, KeyValue) and old.eviction != new.eviction:
        yield _eviction(old, new)
    if old.name != new.name:
        says = f"is called {quoted(new.name)} at Render, before {quoted(old.name)}"
        yield Finding("name", says, Danger.LOW, "its data and its address stay", old.name, new.name, "name")
    if old.key != new.key:
        says = f"has the key {quoted(new.key)}, before {quoted(old.key)}"
        meaning = f"Pulumi takes it for another store and would delete this one; {_PROTECTED}"
        yield Finding("key", says, Danger.HIGH, meaning, old.key, new.key, "key")
    yield from costs.difference(old, new)


def added(new: Store) -> Iterator[Finding]:
    """Yield what a new store is and costs; it begins empty."""
    yield Finding("plan", f"is of the plan {new.plan} in {new.region}, and empty at first", Danger.LOW)
    yield costs.of_new(new)


def removed(old: Store, before: Stack) -> Iterator[Finding]:
    """Yield what is lost with a store that is gone."""
    lost = "all its data is lost, and its backups with it" if isinstance(old, Postgres) else "all its data is lost"
    yield Finding("what is lost", "is deleted at Render", Danger.HIGH, f"{lost}; {_PROTECTED}")
    users = users_of(old.key, before)
    if users:
        yield Finding("used by", f"was used by {listed(users)}", Danger.HIGH)
    yield costs.of_gone(old)


def users_of(key: str, stack: Stack) -> list[str]:
    """Return who holds a store's address, as Render calls them."""
    platform = stack.platform
    services: tuple[WebService | PrivateService, ...] = (*platform.web_services, *platform.private_services)
    holders = [
        *((one.name, one.variables) for one in platform.groups),
        *((one.name, one.variables) for one in services),
    ]
    return [
        f'"{name}"'
        for name, variables in holders
        if any(isinstance(one.value, StoreAddress) and one.value.store == key for one in variables)
    ]


def _immutable(old: Store, new: Store) -> Iterator[Finding]:
    for field, says in _IMMUTABLE.items():
        was, now = getattr(old, field, None), getattr(new, field, None)
        if was != now:
            lost = "data and backups are" if isinstance(new, Postgres) else "data is"
            meaning = f"Render cannot change that: an empty one takes its place, and all {lost} lost; {_PROTECTED}"
            yield Finding(field, says.format(was=was, now=now), Danger.HIGH, meaning, str(was), str(now), field)


def _plan(old: Store, new: Store) -> Finding:
    says = f"is of the plan {new.plan}, before {old.plan}"
    danger, meaning = Danger.MEDIUM, "it cannot be reached for some minutes while Render moves it, and its data stays"
    if isinstance(new, KeyValue):
        if _KEY_VALUE_PLANS.index(new.plan) < _KEY_VALUE_PLANS.index(old.plan):
            danger, meaning = Danger.HIGH, "Render makes no such store smaller, and provisioning refuses it"
        elif old.plan == "free":
            danger, meaning = Danger.HIGH, "it cannot be reached while Render moves it, and its data is lost"
    return Finding("plan", says, danger, meaning, old.plan, new.plan, "plan")


def _postgres(old: Postgres, new: Postgres) -> Iterator[Finding]:
    if old.disk_gigabytes != new.disk_gigabytes:
        was, now = f"{old.disk_gigabytes} GB", f"{new.disk_gigabytes} GB"
        danger, meaning = Danger.LOW, "it never shrinks again, and cannot grow again for 12 h; nothing restarts"
        if new.disk_gigabytes < old.disk_gigabytes:
            danger, meaning = Danger.HIGH, "a disk at Render only grows, and provisioning refuses it"
        yield Finding("disk", f"has a disk of {now}, before {was}", danger, meaning, was, now, "disk_gigabytes")
    if old.high_availability != new.high_availability:
        was, now = ("a standby" if one.high_availability else "no standby" for one in (old, new))
        meaning = "a standby takes over when it fails"
        if not new.high_availability:
            meaning = "when it fails, the database is away until Render has another one up"
        yield Finding("high availability", f"has {now}, before {was}", Danger.MEDIUM, meaning, was, now,
                      "high_availability")  # fmt: skip


def _eviction(old: KeyValue, new: KeyValue) -> Finding:
    says = f"follows {new.eviction} when its memory is full, before {old.eviction}"
    meaning = "what is kept then is another choice"
    if new.eviction == "noeviction":
        meaning = "writes are refused then, where before something was thrown out for them"
    elif old.eviction == "noeviction":
        meaning = "something is thrown out for a write then, where before the write was refused"
    return Finding("eviction", says, Danger.MEDIUM, meaning, old.eviction, new.eviction, "eviction")
