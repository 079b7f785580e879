"""Who is paged otherwise, told once: at the one spec that caused it, or at the service where several did together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.oncall import on_call
from monitors.review.routing.ladder_words import Names, Page, sentence, told_difference
from monitors.review.routing.ladders import Ladder, Pager
from monitors.review.routing.reach import does_page
from monitors.review.routing.sides import Sides, Specs
from monitors.review.routing.telling import Told
from monitors.review.routing.weekly import merged, week_spans
from monitors.rules.coverage import Span, total
from monitors.spec import PagerDutyChannel, PagerDutyDestination, Severity, SupportHours

Owner = tuple[str, str]  # the kind and today's key of a spec
_Pair = tuple[Ladder, Ladder]  # whom pages ask before and after
_WEEK: Final = timedelta(days=7)
# Where several specs differ on one path, people look for what it comes to at the first of these.
_WHERE_TOLD: Final = ("pagerduty-service", "escalation-policy", "schedule", "integration", "destination", "workflow")
# What decides whom a page asks; names and texts do not.
_DECISIVE: Final[Mapping[str, tuple[str, ...]]] = {
    "pagerduty-service": ("escalation_policy", "urgency", "auto_resolve_seconds"),
    "escalation-policy": ("levels",),
    "schedule": ("layers", "time_zone"),
    "integration": ("service",),
    "destination": ("integration",),
    "workflow": ("policies", "channels", "priorities"),
}
_EDGE_SECONDS: Final = 3600  # a week; less than that is told as an edge of longer times


@dataclass(frozen=True)
class _Route:
    """Alert policies whose pages go the same way on both sides."""

    policies: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def effects(sides: Sides) -> Mapping[Owner, tuple[Told, ...]]:
    """Return who is paged otherwise, by the spec to tell it at."""
    persons = _persons(sides)
    old, new = Pager(sides.old, sides.at, persons), Pager(sides.new, sides.at, persons)
    names = partial(_name, sides, sides.old), partial(_name, sides, sides.new)
    found: dict[tuple[Owner, str, tuple[Span, ...]], _Effect] = defaultdict(_Effect)
    for route in _routes(sides, old, new):
        owner = _owner(sides, route, old, new)
        if owner is None:
            continue
        differing = _differing(sides, route, old, new)
        long = {pair: spans for pair, spans in differing.items() if total(spans) >= _EDGE_SECONDS} or differing
        edge = sum(total(spans) for pair, spans in differing.items() if pair not in long)
        for text, pairs in _told_alike(long, names).items():
            spans = tuple(merged(span for pair in pairs for span in long[pair]))
            effect = found[owner, text, spans]
            effect.routes.append(route)
            effect.pairs.update(dict.fromkeys(pairs))
            effect.edge_seconds = max(effect.edge_seconds, edge)
    told: dict[Owner, list[Told]] = defaultdict(list)
    severities = _severities(sides)
    for (owner, _, spans), effect in found.items():
        page = _page(sides, [policy for route in effect.routes for policy in route.policies], severities)
        told[owner].append(told_difference(page, list(effect.pairs), spans, names, effect.edge_seconds))
    return {owner: tuple(facts) for owner, facts in told.items()}


@dataclass
class _Effect:
    """What is asked otherwise, for which alerts, in one sentence."""

    routes: list[_Route] = field(default_factory=list)
    pairs: dict[_Pair, None] = field(default_factory=dict)
    edge_seconds: int = 0


def _told_alike(spans: Mapping[_Pair, Sequence[Span]], names: tuple[Names, Names]) -> Mapping[str, list[_Pair]]:
    """Return what is asked before and after by the sentence that tells it, what holds for longest first."""
    found: dict[str, list[_Pair]] = defaultdict(list)
    for pair in sorted(spans, key=lambda pair: -total(spans[pair])):
        found[sentence("It", *pair, "at some hours", names)].append(pair)
    return found


def _persons(sides: Sides) -> Mapping[str, str]:
    """Return the schedules that are one and the same person's on each side: people call them by the person."""
    found = {}
    for key in {*sides.old["schedule"], *sides.new["schedule"]}:
        sides_with = [new for new in (False, True) if key in (sides.new if new else sides.old)["schedule"]]
        users = {turn.user for new in sides_with for turn in sides.turns(key, new=new)} - {None}
        if len(users) == 1:
            found[key] = str(users.pop())
    return found


def _routes(sides: Sides, old: Pager, new: Pager) -> Iterator[_Route]:
    """Yield the ways of pages that both sides have; alerts that are new or gone are told where alerts are."""
    ways: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for policy in sides.new["policy"]:
        if policy in sides.old["policy"]:
            ways[old.services(policy), new.services(policy)].append(policy)
    for (before, after), policies in ways.items():
        if before or after:
            yield _Route(tuple(policies), before, after)


def _owner(sides: Sides, route: _Route, old: Pager, new: Pager) -> Owner | None:
    """Return the spec on a route that caused a difference; of several, the one to tell of it."""
    differing = [one for one in _on_the_way(sides, route, old, new) if _differs(sides, one)]
    return min(differing, key=lambda one: _WHERE_TOLD.index(one[0]), default=None)


def _on_the_way(sides: Sides, route: _Route, old: Pager, new: Pager) -> Iterator[Owner]:
    for specs, services, pager in ((sides.new, route.after, new), (sides.old, route.before, old)):
        for key in services:
            yield "pagerduty-service", key
            yield "escalation-policy", pager.policy_key(key)
            yield from (("schedule", schedule) for schedule in pager.schedules_of(key))
        yield from _from_new_relic(specs, route.policies)


def _from_new_relic(specs: Specs, policies: Sequence[str]) -> Iterator[Owner]:
    for key, workflow in specs["workflow"].items():
        if not set(policies).isdisjoint(workflow.policies):
            yield "workflow", key
            for channel in workflow.channels:
                if isinstance(channel, PagerDutyChannel):
                    yield "destination", channel.destination
                    destination = specs["destination"].get(channel.destination)
                    if isinstance(destination, PagerDutyDestination):
                        yield "integration", destination.integration


def _differs(sides: Sides, owner: Owner) -> bool:
    kind, key = owner
    before, after = sides.old[kind].get(key), sides.new[kind].get(key)
    if before is None or after is None:
        return before is not after
    return any(getattr(before, name, None) != getattr(after, name, None) for name in _DECISIVE[kind])


def _differing(sides: Sides, route: _Route, old: Pager, new: Pager) -> dict[_Pair, list[Span]]:
    """Return when in the week pages ask others than before, by both ladders."""
    zone = _zone(sides, route, old, new)
    start = sides.at.replace(microsecond=0).astimezone(ZoneInfo(zone))
    # The same time of day a week on, whatever the clocks do in between.
    end = (start.replace(tzinfo=None) + _WEEK).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    begin = start.astimezone(UTC)
    moments = {moment for key in route.before for moment in old.boundaries(key)}
    moments |= {moment for key in route.after for moment in new.boundaries(key)}
    inside = sorted({begin, *(moment for moment in moments if begin < moment < end)})
    spans: dict[_Pair, list[tuple[datetime, datetime]]] = defaultdict(list)
    for moment, until in zip(inside, [*inside[1:], end], strict=True):
        pair = old.ladder(route.before, moment), new.ladder(route.after, moment)
        if pair[0] != pair[1]:
            spans[pair].append((moment, until))
    return {pair: week_spans(times, zone) for pair, times in spans.items()}


def _zone(sides: Sides, route: _Route, old: Pager, new: Pager) -> str:
    """Return the time zone that a route's hours are told in: the support hours' own, else that of a schedule."""
    for specs, services, pager in ((sides.new, route.after, new), (sides.old, route.before, old)):
        for key in services:
            urgency = specs["pagerduty-service"][key].urgency
            if isinstance(urgency, SupportHours):
                return urgency.time_zone
        for schedule in (schedule for key in services for schedule in pager.schedules_of(key)):
            return str(specs["schedule"][schedule].time_zone)
    return "Etc/UTC"


def _page(sides: Sides, policies: Sequence[str], of_policy: Mapping[str, frozenset[Severity]]) -> Page:
    """Return what to call the pages of some alert policies: by severity, where they are all pages of it."""
    severities = sorted({severity for policy in policies for severity in of_policy.get(policy, ())})
    same = [policy for policy, found in of_policy.items() if not found.isdisjoint(severities)]
    if severities and set(same) <= set(policies):
        return Page(f"A {' or '.join(severities)} page", tuple(severities))
    names = " or ".join(f'"{sides.called("policy", policy)}"' for policy in policies)
    return Page(f"A page of {names}", tuple(severities))


def _severities(sides: Sides) -> Mapping[str, frozenset[Severity]]:
    """Return the severities whose pages each policy's workflows are meant for, on the new side, else on the old."""
    found: dict[str, frozenset[Severity]] = {}
    for specs in (sides.new, sides.old):
        here: dict[str, set[Severity]] = defaultdict(set)
        for workflow in specs["workflow"].values():
            if does_page(workflow):
                for policy in workflow.policies:
                    here[policy].update(workflow.severities)
        found |= {policy: frozenset(severities) for policy, severities in here.items() if policy not in found}
    return {policy: severities for policy, severities in found.items() if policy in sides.new["policy"]}


def _name(sides: Sides, specs: Specs, asked: tuple[str, str]) -> str:
    """Return what people call somebody whom one side asks; a schedule with who is on call in it now."""
    kind, key = asked
    if kind == "user":
        return sides.role(key)
    return f"{sides.called('schedule', key)} (now {sides.role(on_call(specs['schedule'][key], sides.at))})"
