"""What something costs a month at Render, and how that is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.hosting import prices
from monitors.spec import KeyValue, Postgres, PrivateService, WebService

Priced = WebService | PrivateService | Postgres | KeyValue


@dataclass(frozen=True, slots=True)
class Cost:
    """USD a month, from least to most where it scales; `without` names what has no price here, "" for nothing."""

    least: float
    most: float
    without: str = ""

    def __str__(self) -> str:
        amount = _usd(self.least) if self.least == self.most else f"{_usd(self.least)} to {_usd(self.most)}"
        told = f"{amount} USD a month"
        return f"{told} without {self.without}, whose price is not known here" if self.without else told


def cost_of(spec: Priced) -> Cost | None:
    """Return what a service or a store costs, None where the price of its plan is not known here."""
    if isinstance(spec, Postgres):
        plan = prices.POSTGRES.get(spec.plan)
        if plan is None:
            return None
        amount = plan + spec.disk_gigabytes * prices.POSTGRES_GIGABYTE
        return Cost(amount, amount, "the standby" if spec.high_availability else "")
    if isinstance(spec, KeyValue):
        store = prices.KEY_VALUES.get(spec.plan)
        return None if store is None else Cost(store, store)
    instance = prices.SERVICES.get(spec.plan)
    if instance is None:
        return None
    scaling = spec.autoscaling
    least, most = (scaling.least, scaling.most) if scaling else (spec.instances, spec.instances)
    return Cost(least * instance.usd, most * instance.usd)


def difference(old: Priced, new: Priced) -> Iterator[Finding]:
    """Yield what it costs from now on, where that is not the same."""
    was, now = cost_of(old), cost_of(new)
    if was == now and (was is not None or old.plan == new.plan):
        return
    before, after = _told(old, was), _told(new, now)
    says = f"costs {after}, before {before}"
    yield Finding("monthly cost", says, _danger(was, now), _beside(new), before, after, leads=False)


def of_new(spec: Priced) -> Finding:
    """Return what something new costs."""
    told = _told(spec, cost_of(spec))
    return Finding("monthly cost", f"costs {told}", Danger.MEDIUM, _beside(spec), None, told)


def of_gone(spec: Priced) -> Finding:
    """Return what something that is gone has cost."""
    told = _told(spec, cost_of(spec))
    return Finding("monthly cost", f"did cost {told}", Danger.HARMLESS, "", told, None)


def _told(spec: Priced, cost: Cost | None) -> str:
    return f"what the plan {spec.plan} costs, a price not known here" if cost is None else str(cost)


def _beside(spec: Priced) -> str:
    return "traffic is charged beside it" if isinstance(spec, WebService) else ""


def _danger(was: Cost | None, now: Cost | None) -> Danger:
    if was is None or now is None or (now.without and not was.without):
        return Danger.MEDIUM
    return Danger.MEDIUM if now.most > was.most or now.least > was.least else Danger.LOW


def _usd(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00")
