"""Objects that somebody made by hand: in an account, in no state of ours, and in touch with what is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lookout.drift.reading import Reading
from monitors.review.changes import Area, Change, Danger, Operation

Inputs = Mapping[str, Any]


@dataclass(frozen=True)
class Stranger:
    """An object of an account that no state of ours knows; `inputs` are named as Pulumi names them."""

    vendor: str
    kind: str
    id: str
    name: str
    inputs: Inputs


@dataclass(frozen=True)
class Inventory:
    """What one account holds of the kinds that can touch ours; `unseen` says what could not be looked at, and why."""

    strangers: tuple[Stranger, ...]
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Touch:
    """How objects of a kind touch ours: `ids` are those they name, `says` what follows from it."""

    words: str
    ids: Callable[[Inputs], Iterator[str]]
    area: Area
    danger: Danger
    says: str


def _of(*names: str) -> Callable[[Inputs], Iterator[str]]:
    def ids(inputs: Inputs) -> Iterator[str]:
        yield from (str(inputs[name]) for name in names if inputs.get(name))

    return ids


def _policies_of_workflow(inputs: Inputs) -> Iterator[str]:
    for part in (inputs.get("issuesFilter") or {}).get("predicates") or ():
        if part.get("attribute") == "labels.policyIds":
            yield from map(str, part.get("values") or ())


def _policies_of_muting(inputs: Inputs) -> Iterator[str]:
    for part in (inputs.get("condition") or {}).get("conditions") or ():
        yield from map(str, part.get("values") or ())


def _targets(inputs: Inputs) -> Iterator[str]:
    for rule in inputs.get("rules") or ():
        yield from (str(target["id"]) for target in rule.get("targets") or () if "id" in target)


def _services(inputs: Inputs) -> Iterator[str]:
    yield from map(str, inputs.get("services") or ())


_TOUCHES: Final[Mapping[str, _Touch]] = {
    "NrqlAlertCondition": _Touch(
        "NRQL condition", _of("policyId"), Area.ALERTS, Danger.MEDIUM, "its incidents go the way of that policy"
    ),
    "Workflow": _Touch(
        "workflow", _policies_of_workflow, Area.ROUTING, Danger.MEDIUM, "it tells somebody else of that policy's issues"
    ),
    "AlertMutingRule": _Touch(
        "muting rule", _policies_of_muting, Area.UPKEEP, Danger.HIGH, "while it is in force nobody hears of that policy"
    ),
    "NotificationChannel": _Touch(
        "channel", _of("destinationId"), Area.ROUTING, Danger.LOW, "it sends through that destination"
    ),
    "EscalationPolicy": _Touch(
        "escalation policy", _targets, Area.ON_CALL, Danger.MEDIUM, "people on call there are woken by it as well"
    ),
    "Service": _Touch(
        "PagerDuty service", _of("escalationPolicy"), Area.ON_CALL, Danger.MEDIUM, "its incidents wake the same people"
    ),
    "ServiceIntegration": _Touch(
        "integration", _of("service"), Area.ROUTING, Danger.MEDIUM, "whoever has its key can page through that service"
    ),
    "MaintenanceWindow": _Touch(
        "maintenance window", _services, Area.ROUTING, Danger.HIGH, "during it no incident opens there: nobody is paged"
    ),
    "ScheduleOverride": _Touch(
        "override", _of("schedule"), Area.ON_CALL, Danger.LOW, "somebody else is on call there for that time"
    ),
}
KINDS: Final = tuple(_TOUCHES)


def touching(reading: Reading, inventory: Inventory) -> Iterator[Change]:
    """Yield a change for each object made by hand that touches one of ours."""
    for stranger in inventory.strangers:
        touch = _TOUCHES.get(stranger.kind)
        if touch is None or stranger.id in reading.known:
            continue
        ours = [reading.known[one] for one in touch.ids(stranger.inputs) if one in reading.known]
        if ours:
            yield _change(stranger, touch, ours[0].name, ours[0].kind)


def apart(reading: Reading, inventory: Inventory, told: Iterable[Change]) -> int:
    """Return how many objects nobody declared that touch nothing of ours."""
    unknown = sum(one.id not in reading.known for one in inventory.strangers)
    return unknown - len(list(told))


def _change(stranger: Stranger, touch: _Touch, name: str, kind: str) -> Change:
    title = f'{touch.words} "{stranger.name}"'
    return Change(
        subject=f"by-hand/{stranger.vendor}/{stranger.kind}/{stranger.id}",
        title=title,
        area=touch.area,
        operation=Operation.ADDED,
        danger=touch.danger,
        headline=f'The {title} was made by hand and names our {_spoken(kind)} "{name}": {touch.says}.',
    )


def _spoken(kind: str) -> str:
    known = {"AlertPolicy": "policy", "NotificationDestination": "destination", "Schedulev2": "schedule"}
    touch = _TOUCHES.get(kind)
    return known.get(kind) or (touch.words if touch else kind.lower())
