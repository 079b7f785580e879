"""What of a schedule was edited: its layers, their order, users, handovers, turns and hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.review.changes import Danger
from monitors.review.routing.paired import paired
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Told
from monitors.review.routing.weekly import ALWAYS, day_names, merged, when, window_spans
from monitors.review.routing.words import quoted
from monitors.rules.coverage import Span
from monitors.spec import Layer, Restriction, Schedule
from monitors.words import duration, listed

_DAY: Final = 86_400
_MONDAY: Final = datetime(2024, 1, 1)  # any Monday, to reckon the hours of a week from


def layer_facts(sides: Sides, before: Schedule, after: Schedule) -> Iterator[Told]:
    """Yield what was edited; what follows from it for people is told apart from it."""
    if before.time_zone != after.time_zone:
        text = f"Its clocks are those of {after.time_zone}; was {before.time_zone}."
        yield Told("time zone", text, Danger.LOW, ("time_zone",), before.time_zone, after.time_zone)
    found = paired(before.layers, after.layers, lambda one: one.name, lambda one: (one.users, one.start))
    pairs, new, gone = found.pairs, found.new, found.gone
    for layer in new:
        text = f'The layer "{layer.name}" is new: {_rotation(sides, layer.users)}{_over(layer, after)}.'
        yield Told("layers", text, Danger.LOW, (f"layers[{layer.name}]", "layers"))
    for layer in gone:
        text = f'The layer "{layer.name}" is gone: {_rotation(sides, layer.users)}.'
        yield Told("layers", text, Danger.LOW, (f"layers[{layer.name}]", "layers"))
    for old, one in pairs:
        yield from _edited(sides, before, after, old, one)
    if not new and not gone and [one.name for _, one in pairs] != [one.name for one in after.layers]:
        order = ", then ".join(quoted([layer.name for layer in after.layers]))
        text = f"Layers cover each other in another order, each later one the earlier: {order}."
        yield Told("layers", text, Danger.LOW, ("layers",))


def handover(layer: Layer, zone: str) -> str:
    """Return when a rotation hands over, such as `every week on Monday at 09:00`."""
    local = datetime.fromisoformat(layer.start).astimezone(ZoneInfo(zone))
    at = f"{local:%H:%M:%S}".removesuffix(":00")
    if layer.turn_seconds % (7 * _DAY) == 0:
        weeks = layer.turn_seconds // (7 * _DAY)
        return f"{'every week' if weeks == 1 else f'every {weeks} weeks'} on {day_names([local.weekday()])} at {at}"
    if layer.turn_seconds % _DAY == 0:
        days = layer.turn_seconds // _DAY
        return f"{'every day' if days == 1 else f'every {days} days'} at {at}"
    return f"every {duration(layer.turn_seconds)}, counted from {local.date().isoformat()} {at}"


def covered_hours(layer: Layer) -> str:
    """Return the hours that a layer covers."""
    return ALWAYS if not layer.restrictions else when(_spans(layer.restrictions))


def _edited(sides: Sides, before: Schedule, after: Schedule, old: Layer, new: Layer) -> Iterator[Told]:
    path, which = f"layers[{new.name}]", "" if len(after.layers) == 1 else f' in the layer "{new.name}"'
    if old.name != new.name:
        covers = (f"layers[{old.name}]", path)
        yield Told("layers", f'The layer "{old.name}" is called "{new.name}".', covers=covers)
    if old.users != new.users:
        was, now = _rotation(sides, old.users), _rotation(sides, new.users)
        yield Told("rotation", f"Turns{which}: {now}; was {was}.", Danger.LOW, (f"{path}.users",), was, now)
    if old.turn_seconds != new.turn_seconds:
        was, now = duration(old.turn_seconds), duration(new.turn_seconds)
        yield Told("turn", f"A turn{which} lasts {now}; was {was}.", Danger.LOW, (f"{path}.turn_seconds",), was, now)
    was, now = handover(old, before.time_zone), handover(new, after.time_zone)
    if was != now:
        text = f"It hands over{which} {now} ({after.time_zone}); was {was} ({before.time_zone})."
        yield Told("handover", text, Danger.LOW, before=was, after=now)
    if old.start != new.start:
        yield _moved(after.time_zone, old, new, path, which)
    if old.restrictions != new.restrictions:
        was, now = covered_hours(old), covered_hours(new)
        text = f"Hours{which}: {now}; was {was}."
        if was == now:
            text = f"Hours{which} are written otherwise and are the same: {now}."
        yield Told("hours", text, Danger.LOW, (f"{path}.restrictions",), was, now)


def _moved(zone: str, old: Layer, new: Layer, path: str, which: str) -> Told:
    before, after = datetime.fromisoformat(old.start), datetime.fromisoformat(new.start)
    was, now = _date(before, zone), _date(after, zone)
    shift = (after - before) / timedelta(seconds=1)
    if not shift:
        text = f"The start{which} is written with another offset and is the same moment, {now}."
    else:
        by = f"{duration(abs(shift))} {'later' if shift > 0 else 'earlier'}"
        text = f"The rotation{which} begins on {now}, {by} than before."
        turn = new.turn_seconds
        if old.turn_seconds == turn and len(new.users) > 1 and abs(shift) % turn == 0:
            count = round(abs(shift)) // turn % len(new.users)
            steps = f"{count} turn{'s' if count > 1 else ''}"
            text += f" Everybody's turns move by {steps}." if count else " Everybody's turns stay where they were."
    return Told("start", text, Danger.LOW, (f"{path}.start",), was, now)


def _date(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def _rotation(sides: Sides, users: Iterable[str]) -> str:
    roles = [sides.role(user) for user in users]
    return f"{roles[0]} alone" if len(roles) == 1 else ", then ".join(roles)


def _over(layer: Layer, schedule: Schedule) -> str:
    below = [one.name for one in schedule.layers[: schedule.layers.index(layer)]]
    hours = f" {covered_hours(layer)}" if layer.restrictions else ""
    return f"{hours}, over {listed(quoted(below))}" if below else hours


def _spans(restrictions: Iterable[Restriction]) -> list[Span]:
    found: list[Span] = []
    for one in restrictions:
        start = datetime.combine(_MONDAY.date(), datetime.strptime(one.start, "%H:%M:%S").time())
        days = range(1, 8) if one.weekday is None else (one.weekday,)
        found += window_spans(days, start, start + timedelta(seconds=one.duration_seconds))
    return merged(found)
