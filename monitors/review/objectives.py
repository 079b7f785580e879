"""What an edit of a service level changes: how much failure it allows, and when the alerts on its budget open."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from monitors.review.alerts.reach import Routes
from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.fields import differences
from monitors.review.findings import Finding, alone, changed
from monitors.review.matching import matched
from monitors.review.phrases import quoted
from monitors.spec import BurnRate, Events, ServiceLevel, Stack
from monitors.words import counted, duration, number

_KIND = "service-level"
_MINUTES_A_DAY = 24 * 60


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each service level that differs."""
    before, after = context.before.observability.service_levels, context.after.observability.service_levels
    if before == after:
        return
    was, now = _Burns(context.before), _Burns(context.after)
    matches = matched(before, after, _essence)
    for old, new in (*matches.pairs, *matches.renamed):
        if old != new:
            yield changed(_KIND, Area.OBJECTIVES, old, new, _findings(old, new, was, now))
    for one in matches.added:
        yield _added(one, now)
    for one in matches.removed:
        yield _removed(one)


def budget_minutes(level: ServiceLevel) -> float:
    """Return how many minutes of full outage a period allows."""
    return level.period_days * _MINUTES_A_DAY * level.error_budget_percent / 100


class _Burns:
    """The alerts on the budgets of a stack, by condition: their names, and whether they page."""

    def __init__(self, stack: Stack) -> None:
        routes, conditions = Routes(stack), {one.key: one for one in stack.observability.conditions}
        watching = {burn.condition for level in stack.observability.service_levels for burn in level.burn_rates}
        self._names = {key: one.name for key, one in conditions.items() if key in watching}
        self._pages = {key for key, one in conditions.items() if key in watching and routes.pages(one)}

    def name(self, burn: BurnRate) -> str:
        """Return what people call the alert on a burn rate."""
        return f'"{self._names.get(burn.condition, burn.condition)}"'

    def pages(self, burn: BurnRate) -> bool:
        """Say whether the alert on a burn rate pages."""
        return burn.condition in self._pages


def _essence(level: ServiceLevel) -> tuple[Hashable, ...]:
    return (level.valid, level.good, level.bad), level.name


def _findings(old: ServiceLevel, new: ServiceLevel, was: _Burns, now: _Burns) -> Iterator[Finding]:
    if (old.target_percent, old.period_days) != (new.target_percent, new.period_days):
        yield from _promise(old, new, now)
    yield from _burns(old, new, was, now)
    for name in ("valid", "good", "bad"):
        yield from _events(name, getattr(old, name), getattr(new, name))
    if old.monitor != new.monitor:
        says = f"is shown with the monitor {new.monitor}, before with {old.monitor}"
        yield Finding("monitor", says, Danger.HARMLESS, "", old.monitor, new.monitor, "monitor")
    if old.key != new.key:
        says = f"has the key {new.key}, before {old.key}"
        meaning = "New Relic makes it anew, and its history stays with the old one"
        yield Finding("key", says, Danger.LOW, meaning, old.key, new.key, "key")
    if old.name != new.name:
        says = f"is the service level that was called {quoted(old.name)}"
        yield Finding("name", says, Danger.HARMLESS, "", old.name, new.name, "name")
    if old.description != new.description:
        says = f"is described as {quoted(new.description)}, before as {quoted(old.description)}"
        yield Finding("description", says, Danger.HARMLESS, "", old.description, new.description, "description")


def _promise(old: ServiceLevel, new: ServiceLevel, now: _Burns) -> Iterator[Finding]:
    """Yield what another target or period allows; the alerts follow it."""
    was_budget, budget = _budgets(old, new)
    laxer = budget_minutes(new) / new.period_days > budget_minutes(old) / old.period_days
    pages = any(now.pages(burn) for burn in new.burn_rates)
    danger = Danger.LOW
    if new.burn_rates:
        danger = (Danger.HIGH if pages else Danger.MEDIUM) if laxer else (Danger.MEDIUM if pages else Danger.LOW)
    meaning = f"its error budget is {budget}, before {was_budget}"
    if old.target_percent != new.target_percent:
        was, is_now = (f"{number(one.target_percent)} %" for one in (old, new))
        says = f"promises {is_now} over {_days(new)}, before {was}"
        yield Finding("objective", says, danger, meaning, was, is_now, "target_percent")
    if old.period_days != new.period_days:
        says = f"counts over {_days(new)}, before over {_days(old)}"
        yield Finding("period", says, danger, meaning, _days(old), _days(new), "period_days")


def _budgets(old: ServiceLevel, new: ServiceLevel) -> tuple[str, str]:
    """Return both budgets in minutes, to a tenth where that tells them apart."""
    was, now = (f"{budget_minutes(one):,.1f} min" for one in (old, new))
    if was == now:
        was, now = (f"{number(round(budget_minutes(one), 6))} min" for one in (old, new))
    period = f" in {_days(old)}" if old.period_days != new.period_days else ""
    return f"{was}{period}", f"{now} of full outage in {_days(new)}"


def _days(level: ServiceLevel) -> str:
    return counted(level.period_days, "day")


def _burns(old: ServiceLevel, new: ServiceLevel, was: _Burns, now: _Burns) -> Iterator[Finding]:
    """Yield when the alerts on the budget open now, and which came and went."""
    before = {burn.condition: burn for burn in old.burn_rates}
    after = {burn.condition: burn for burn in new.burn_rates}
    for key, burn in after.items():
        if key not in before:
            says = f"is watched by {now.name(burn)} as well: it opens {_at(new, burn)}"
            yield Finding("burn alert", says, Danger.LOW, "", "none", _at(new, burn), f"burn_rates[{key}]")
        else:
            yield from _burn(old, new, before[key], burn, now)
    for key, burn in before.items():
        if key not in after:
            pages = was.pages(burn)
            says = f"is not watched by {was.name(burn)} any more, before {_at(old, burn)}"
            meaning = "what becomes of that alert is told there"
            danger = Danger.MEDIUM if pages else Danger.LOW
            yield Finding("burn alert", says, danger, meaning, _at(old, burn), "none", f"burn_rates[{key}]")
    if [*before] != [*after] and {*before} == {*after}:
        yield Finding("order", "lists its burn rates in another order", Danger.HARMLESS, field="burn_rates")


def _burn(old: ServiceLevel, new: ServiceLevel, before: BurnRate, after: BurnRate, now: _Burns) -> Iterator[Finding]:
    was, is_now = _at(old, before), _at(new, after)
    if was == is_now and before == after:
        return
    later = new.burn_threshold_percent(after) > old.burn_threshold_percent(before)
    danger = Danger.LOW
    if now.pages(after):
        danger = Danger.HIGH if later else Danger.MEDIUM
    elif later:
        danger = Danger.MEDIUM
    paths: list[str | None] = [one.path for one in differences(before, after, f"burn_rates[{after.condition}]")]
    meaning = f"a fast burn is told {'later' if later else 'earlier'}"
    for field in paths or [None]:
        yield Finding(
            "burn alert", f"{now.name(after)} has to open {is_now}, before {was}", danger, meaning, was, is_now, field,
            stands_alone=True,
        )  # fmt: skip


def _at(level: ServiceLevel, burn: BurnRate) -> str:
    """Return when an alert on the budget opens, such as `at 1.344 % errors in 1 h (2 % of the budget)`."""
    errors, share = number(level.burn_threshold_percent(burn)), number(burn.budget_percent)
    return f"at {errors} % errors in {duration(burn.window_seconds)} ({share} % of the budget)"


def _events(name: str, old: Events | None, new: Events | None) -> Iterator[Finding]:
    if old == new:
        return
    was, now = _counted(old), _counted(new)
    if old is None or new is None:
        says = f"counts {name} events by {now}, before by {was}" if new else f"counts no {name} events, before {was}"
        yield Finding(f"{name} events", says, Danger.MEDIUM, _OTHER, was, now, name)
        return
    for one in differences(old, new, name):
        says = f"counts {name} events as {now}, before as {was}"
        yield Finding(f"{name} events", says, Danger.MEDIUM, _OTHER, was, now, one.path)


_OTHER = "the share and what is left of the budget are another measure from then on"


def _counted(events: Events | None) -> str:
    if events is None:
        return "nothing"
    what = "the count" if events.function == "COUNT" else f"the sum of {events.attribute}"
    where = f" where {events.where}" if events.where else ""
    return f"{what} of {events.source}{where}"


def _added(level: ServiceLevel, now: _Burns) -> Change:
    budget = f"{budget_minutes(level):,.1f} min of full outage in {_days(level)}"
    says = f"is new: it promises {number(level.target_percent)} % over {_days(level)}, which allows {budget}"
    facts = [
        Finding("measures", f"counts {name} events as {_counted(events)}", Danger.LOW)
        for name, events in (("valid", level.valid), ("good", level.good), ("bad", level.bad))
        if events is not None
    ]
    facts += [
        Finding("burn alert", f"{now.name(burn)} opens {_at(level, burn)}", Danger.LOW, stands_alone=True)
        for burn in level.burn_rates
    ]
    return alone(_KIND, Area.OBJECTIVES, level, Operation.ADDED, Danger.LOW, says, facts)


def _removed(level: ServiceLevel) -> Change:
    says = f"is gone: nobody sees any more how much of its {number(level.target_percent)} % is kept"
    facts = [
        Finding("burn alerts", f"was watched by {counted(len(level.burn_rates), 'alert')}", Danger.LOW,
                "what becomes of them is told there")
    ]  # fmt: skip
    return alone(_KIND, Area.OBJECTIVES, level, Operation.REMOVED, Danger.MEDIUM, says, facts)
