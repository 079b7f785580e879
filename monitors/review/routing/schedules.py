"""Schedules: who is on call this week and the next ones, before and after, and when nobody is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.review.changes import Area, Danger
from monitors.review.fields import differences
from monitors.review.routing.doubles import doubles_by_schedule
from monitors.review.routing.layers import layer_facts
from monitors.review.routing.sides import Sides, users_of
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.turns import DAYS, Swap, Turn, seconds_by_user, swaps, together, weeks
from monitors.review.routing.weekly import ALWAYS, week_spans, when
from monitors.review.routing.words import hours, moment, span
from monitors.rules.coverage import total
from monitors.spec import Schedule, ScheduleTarget
from monitors.words import counted, listed

_TURNS_TOLD: Final = 4
_SPANS_TOLD: Final = 3


def changed(sides: Sides, before: Schedule, after: Schedule) -> Iterator[Told]:
    """Yield who is on call otherwise, then what of the schedule was edited; its time zone is named once."""
    told = list(_changed(sides, before, after))
    if before.time_zone != after.time_zone:
        yield from told
        return
    zone = f" ({after.time_zone})"
    # As they are read: the weightiest first.
    first = next((one for one in sorted(told, key=lambda one: -one.danger) if zone in one.text), None)
    for one in told:
        head, named, rest = one.text.partition(zone) if one is first else ("", "", one.text)
        yield replace(one, text=f"{head}{named}{rest.replace(zone, '')}")


def _changed(sides: Sides, before: Schedule, after: Schedule) -> Iterator[Told]:
    old, new = sides.turns(after.key, new=False), sides.turns(after.key, new=True)
    found = swaps(old, new)
    asked = bool(_policies(sides, after.key))
    danger = Danger.MEDIUM if asked else Danger.LOW
    if found:
        yield from _gaps(sides, after, found, asked=asked)
        yield from _on_call(sides, after.time_zone, old, new, danger)
        yield from _people(sides, after.time_zone, old, new, danger)
        yield _fairness(sides, old, new)
    elif any(one.path.startswith(("layers", "time_zone")) for one in differences(before, after)):
        yield Told("on call", f"Nobody's turn moves within the next {DAYS} days.")
    if found and not asked:
        yield Told("asked by", "No escalation policy asks this schedule: no page reaches anybody by it.")
    yield from doubles_by_schedule(sides, after.key)
    yield from layer_facts(sides, before, after)
    if before.team != after.team:
        yield Told(
            "team",
            f"It belongs to {sides.called('team', after.team)}; was {sides.called('team', before.team)}.",
            covers=("team",),
        )


def added(sides: Sides, one: Schedule) -> Iterator[Told]:
    """Yield who is on call in a new schedule, and who asks it."""
    zone, of = one.time_zone, sides.turns(one.key, new=True)
    first = next((turn for turn in of if turn.user), None)
    if first is None:
        yield Told("on call", f"Nobody is on call in it within the next {DAYS} days.", Danger.MEDIUM)
    else:
        who = _sequence(sides, zone, weeks(of))
        yield Told("on call", f"On call are {who} ({zone}).", Danger.LOW)
    policies = _policies(sides, one.key)
    asking = f"It is asked by {listed(policies)}." if policies else "No escalation policy asks it yet."
    yield Told("asked by", asking, Danger.LOW)


def removed(sides: Sides, one: Schedule) -> Iterator[Told]:
    """Yield who is no longer on call by it; that a page reaches somebody else is told where it is asked."""
    roles = sides.roles(users_of(one))
    yield Told("on call", f"{listed(roles)} {'has' if len(roles) == 1 else 'have'} no more turns in it.", Danger.MEDIUM)


def _gaps(sides: Sides, after: Schedule, found: Sequence[Swap], *, asked: bool) -> Iterator[Told]:
    """Yield when nobody is on call any more, and when somebody is who was not."""
    zone = after.time_zone
    lost = [one for one in found if one.after is None]
    if lost:
        text = f"Nobody is on call {_times(lost, zone, sides.at)}; somebody was."
        yield Told("gaps", text, Danger.HIGH if asked else Danger.LOW, before="somebody", after="nobody")
    won = [one for one in found if one.before is None]
    if won:
        text = f"Somebody is on call {_times(won, zone, sides.at)}; nobody was."
        yield Told("gaps", text, Danger.MEDIUM if asked else Danger.LOW, before="nobody", after="somebody")


def _times(found: Sequence[Swap], zone: str, at: datetime) -> str:
    """Return when something is so: as hours of a week where every week has the same, else time by time."""
    seconds = sum(one.seconds for one in found)
    weekly = _weekly(found, zone)
    if weekly:
        begin = found[0].start
        since = f"from {moment(begin, zone)} on " if begin >= at + timedelta(weeks=1) else ""
        return f"{since}{weekly} ({zone}), {hours(seconds)} of the next {DAYS} days"
    spans = _joined(found)
    told = [f"from {span(start, end, zone)}" for start, end in spans[:_SPANS_TOLD]]
    more = [counted(len(spans) - _SPANS_TOLD, "more time")] if len(spans) > _SPANS_TOLD else []
    return f"{listed([*told, *more])} ({zone}), {hours(seconds)} of the next {DAYS} days"


def _weekly(found: Sequence[Swap], zone: str) -> str:
    """Return the hours of a week in which something is so, "" where they are not the same every week."""
    spans = _joined(found)
    begin = spans[0][0]
    info = ZoneInfo(zone)
    each = []
    for number in range(DAYS // 7 - 1):
        # From the same time of day on, whatever the clocks do in between.
        start, end = _later(begin, number, info), _later(begin, number + 1, info)
        within = [(max(one, start), min(other, end)) for one, other in spans if one < end and other > start]
        each.append(week_spans(within, zone) if within else [])
    if not each[0] or any(one != each[0] for one in each):
        return ""
    times = when(each[0])
    return times if times == ALWAYS else f"{times}, {hours(total(each[0]))} a week"


def _later(begin: datetime, weeks_on: int, info: ZoneInfo) -> datetime:
    local = begin.astimezone(info).replace(tzinfo=None)
    return (local + timedelta(weeks=weeks_on)).replace(tzinfo=info).astimezone(begin.tzinfo)


def _joined(found: Sequence[Swap]) -> list[tuple[datetime, datetime]]:
    spans: list[tuple[datetime, datetime]] = []
    for one in found:
        if spans and spans[-1][1] == one.start:
            spans[-1] = (spans[-1][0], one.end)
        else:
            spans.append((one.start, one.end))
    return spans


def _on_call(sides: Sides, zone: str, old: Sequence[Turn], new: Sequence[Turn], danger: Danger) -> Iterator[Told]:
    """Yield who changes places, when somebody else is on call for the first times, and who is in the next turns."""
    found = [one for one in _without_pauses(old, new) if one.before is not None and one.after is not None]
    if not found:
        return  # nobody takes another's turn; when somebody is on call and when nobody is told already
    before, after = weeks(old), weeks(new)
    # Where turns end when they did, those that are another's now tell all there is.
    same_ends = [one.end for one in before[:_TURNS_TOLD]] == [one.end for one in after[:_TURNS_TOLD]]
    yield from _exchange(sides, old, new, found[0], danger)
    for one in found[: _TURNS_TOLD - 1 if same_ends else 1]:
        times = f"From {span(one.start, one.end, zone)}" if one.start > sides.at else f"Until {moment(one.end, zone)}"
        was, now = sides.role(one.before), sides.role(one.after)
        yield Told("on call", f"{times} {now} is on call, was {was} ({zone}).", danger, before=was, after=now)
    if not same_ends:
        was, now = _sequence(sides, zone, before), _sequence(sides, zone, after)
        yield Told("next turns", f"On call are {now}; was {was} ({zone}).", danger, before=was, after=now)


def _exchange(sides: Sides, old: Sequence[Turn], new: Sequence[Turn], first: Swap, danger: Danger) -> Iterator[Told]:
    """Yield that two change places, where nothing else moves; it names no times, which stacks differ by."""
    pairs = {(one.before, one.after) for one in swaps(old, new)}
    if pairs != {(first.before, first.after), (first.after, first.before)}:
        return
    was, now = sides.role(first.before), sides.role(first.after)
    text = f"{listed(sorted((was, now)))} change places: {now} is on call first."
    yield Told("on call", text, danger, before=was, after=now)


def _without_pauses(old: Sequence[Turn], new: Sequence[Turn]) -> list[Swap]:
    """Return when somebody else is on call, times at which nobody is on either side left out."""
    found: list[Swap] = []
    for one in together(old, new):
        last = found[-1] if found else None
        if one.before is None and one.after is None:
            continue
        if last and (last.before, last.after) == (one.before, one.after):
            found[-1] = Swap(last.start, one.end, last.before, last.after)
        else:
            found.append(one)
    return [one for one in found if one.before != one.after]


def _sequence(sides: Sides, zone: str, of: Sequence[Turn]) -> str:
    """Return the next turns with their ends, the last one's left out where it goes on for good."""
    told = []
    for number, turn in enumerate(of[:_TURNS_TOLD]):
        endless = number == len(of) - 1 and turn.end >= of[-1].end
        told.append(f"{sides.role(turn.user)}{'' if endless else f' until {moment(turn.end, zone)}'}")
    return ", then ".join(told) or "nobody"


def _people(sides: Sides, zone: str, old: Sequence[Turn], new: Sequence[Turn], danger: Danger) -> Iterator[Told]:
    """Yield who comes into the rotation and who leaves it, with the first turn each has or would have had."""
    before, after = _first_turns(old), _first_turns(new)
    for user in (one for one in after if one not in before):
        start = after[user]
        first = "now" if start <= sides.at else f"on {moment(start, zone)}"
        yield Told("joins", f"{_capital(sides.role(user))} is on call for the first time {first}.", danger)
    for user in (one for one in before if one not in after):
        start = before[user]
        last = "is on call now" if start <= sides.at else f"would have begun on {moment(start, zone)}"
        text = f"{_capital(sides.role(user))} is no longer on call; without the change their next turn {last}."
        if start <= sides.at:
            text = f"{_capital(sides.role(user))} is no longer on call; without the change it is their turn now."
        yield Told("leaves", text, danger)


def _first_turns(of: Sequence[Turn]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for turn in of:
        if turn.user is not None:
            found.setdefault(turn.user, turn.start)
    return found


def _fairness(sides: Sides, old: Sequence[Turn], new: Sequence[Turn]) -> Told:
    """Return how many hours each is on call over the next weeks, and was to be."""
    before, after = seconds_by_user(old), seconds_by_user(new)
    loads = [
        f"{sides.role(user)} {hours(after.get(user, 0))} (was {hours(before.get(user, 0))})"
        for user in dict.fromkeys((*after, *before))
        if round(after.get(user, 0)) != round(before.get(user, 0))
    ]
    same = "Everybody is on call as long as before" if not loads else f"Hours on call: {', '.join(loads)}"
    return Told(
        "hours on call",
        f"{same}, in the next {DAYS} days.",
        before=_loads(sides, before),
        after=_loads(sides, after),
    )


def _loads(sides: Sides, seconds: Mapping[str, float]) -> str:
    return ", ".join(f"{sides.role(user)} {hours(one)}" for user, one in seconds.items()) or "nobody"


def _policies(sides: Sides, schedule: str) -> list[str]:
    """Return the names of the escalation policies that ask a schedule on either side."""
    found = {}
    for specs in (sides.new, sides.old):
        for key, policy in specs["escalation-policy"].items():
            targets = [target for level in policy.levels for target in level.targets]
            if any(isinstance(one, ScheduleTarget) and one.schedule == schedule for one in targets):
                found[key] = f'"{sides.called("escalation-policy", key)}"'
    return list(found.values())


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


KIND: Final = Kind("schedule", Area.ON_CALL, changed, added, removed)
