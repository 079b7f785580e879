"""The answer as data, for programs; fields are documented in docs/who.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lookout.who.asking import Answer
    from monitors.alerting.paths import Hop, Notified, Path, Proof


def document(answer: Answer) -> dict[str, Any]:
    """Return an answer as what JSON has: keys of specs, moments with offsets, durations in seconds.

    What alerts of one policy and priority share stands once, under `ways`, which proofs name by number.
    """
    numbers: dict[object, int] = {}
    ways: list[dict[str, Any]] = []
    proofs: list[dict[str, Any]] = []
    nobody = {id(proof) for proof in answer.nobody}
    for proof in answer.proofs:
        way = proof.way or id(proof)
        if way not in numbers:
            numbers[way] = len(ways)
            ways.append(_way(proof))
        proofs.append(_proof(proof, way=numbers[way], fails=id(proof) in nobody))
    return {
        "stack": answer.stack.name,
        "at": answer.moment.local.isoformat(),
        "time_zone": answer.moment.time_zone,
        "note": answer.moment.note,
        "users": {user.key: user.role for user in answer.stack.response.users},
        "proofs": proofs,
        "ways": ways,
    }


def _proof(proof: Proof, *, way: int, fails: bool) -> dict[str, Any]:
    return {**_hop(proof.subject), "priority": proof.priority, "pages_nobody": fails, "way": way}


def _way(proof: Proof) -> dict[str, Any]:
    """Return what follows the subject, which is the first hop of each path."""
    return {
        "paths": [_path(path) for path in proof.paths],
        "refusals": [_hop(hop) for hop in proof.refusals],
    }


def _path(path: Path) -> dict[str, Any]:
    coming = path.next
    return {
        "kind": path.kind,
        "after_seconds": path.after_seconds,
        "service": path.service,
        "hops": [_hop(hop) for hop in path.hops[1:]],
        "notified": [_notified(one) for one in path.notified],
        "ends_seconds": path.ends_seconds,
        "ends": [_hop(hop) for hop in path.ends],
        "next_on_call": None
        if coming is None
        else {"at": coming.at.isoformat(), "user": coming.user, "schedule": coming.schedule},
        "unsure": list(path.unsure),
    }


def _notified(one: Notified) -> dict[str, Any]:
    return {
        "after_seconds": one.after_seconds,
        "urgency": one.urgency,
        "loop": one.loop,
        "level": one.level,
        "users": list(one.users),
        "by": [
            {"user": way.user, "schedule": way.schedule, "layer": way.layer, "override": way.by_override}
            for way in one.by
        ],
        "hops": [_hop(hop) for hop in one.hops],
    }


def _hop(hop: Hop) -> dict[str, Any]:
    place = None if hop.place is None else {"file": hop.place.path, "line": hop.place.line}
    return {"kind": hop.kind, "key": hop.key, "title": hop.title, "says": hop.says, "place": place}
