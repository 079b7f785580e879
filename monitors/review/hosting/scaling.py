"""What more or fewer instances mean: how much a service can take at the quietest and at the busiest."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.spec import Autoscaling, PrivateService, WebService
from monitors.words import counted, number

_ONE = "when its only instance fails or is moved, nobody is answered until another is up"


def scaling(old: WebService | PrivateService, new: WebService | PrivateService) -> Iterator[Finding]:
    """Yield what differs in how many instances run, and when more are added; none of it restarts anything."""
    was, now = old.autoscaling, new.autoscaling
    if old.instances != new.instances:
        yield _instances(old, new)
    if was is None and now is not None:
        says = f"scales by itself between {now.least} and {counted(now.most, 'instance')}, {_when(now)}"
        yield Finding("autoscaling", says, Danger.LOW, "", "none", _range(now), "autoscaling")
    elif was is not None and now is None:
        says = f"does not scale by itself any more, before between {was.least} and {was.most}"
        meaning = f"it stays at {counted(new.instances, 'instance')}, however many requests come"
        yield Finding("autoscaling", says, Danger.HIGH, meaning, _range(was), "none", "autoscaling")
    elif was is not None and now is not None:
        yield from _bounds(was, now)
        yield from _loads(was, now)


def _instances(old: WebService | PrivateService, new: WebService | PrivateService) -> Finding:
    was, now = counted(old.instances, "instance"), counted(new.instances, "instance")
    if new.autoscaling is not None:
        says = f"begins with {now}, before with {was}"
        meaning = "autoscaling goes on from there, and instances that run already stay as many as they are"
        return Finding("instances", says, Danger.HARMLESS, meaning, was, now, "instances")
    fewer = new.instances < old.instances
    meaning = f"{_percent(old.instances, new.instances)} capacity"
    if fewer and new.instances == 1:
        meaning = f"{meaning}, and {_ONE}"
    return Finding(
        "instances", f"runs {now}, before {was}", Danger.MEDIUM if fewer else Danger.LOW, meaning, was, now, "instances"
    )


def _bounds(was: Autoscaling, now: Autoscaling) -> Iterator[Finding]:
    if was.least != now.least:
        says = f"keeps at least {counted(now.least, 'instance')}, before {was.least}"
        meaning = f"{_percent(was.least, now.least)} capacity when it is quiet"
        if now.least == 1:
            meaning = f"{meaning}, and {_ONE}"
        danger = Danger.MEDIUM if now.least < was.least else Danger.LOW
        yield Finding("least instances", says, danger, meaning, str(was.least), str(now.least), "autoscaling.least")
    if was.most != now.most:
        says = f"grows to {counted(now.most, 'instance')} at most, before {was.most}"
        meaning = f"{_percent(was.most, now.most)} capacity when it is busiest"
        danger = Danger.MEDIUM if now.most < was.most else Danger.LOW
        yield Finding("most instances", says, danger, meaning, str(was.most), str(now.most), "autoscaling.most")


def _loads(was: Autoscaling, now: Autoscaling) -> Iterator[Finding]:
    for field, what in (("cpu_percent", "processors"), ("memory_percent", "memory")):
        before, after = getattr(was, field), getattr(now, field)
        if before == after:
            continue
        old, new = ("never" if one is None else f"above {one} %" for one in (before, after))
        later = after is None or (before is not None and after > before)
        meaning = (
            f"it grows {'later' if later else 'earlier'} under load, and shrinks {'earlier' if later else 'later'}"
        )
        says = f"adds instances for its {what} {new}, before {old}"
        danger = Danger.MEDIUM if later else Danger.LOW
        yield Finding(f"{what} at scaling", says, danger, meaning, old, new, f"autoscaling.{field}")


def _percent(before: int, after: int) -> str:
    """Return how much more or less, such as `50 % more`; whole percents, the direction is never rounded away."""
    change = (after - before) / before * 100
    return f"{number(max(1, round(abs(change))))} % {'more' if change > 0 else 'less'}"


def _range(scaling: Autoscaling) -> str:
    return f"{scaling.least} to {counted(scaling.most, 'instance')}"


def _when(scaling: Autoscaling) -> str:
    loads = ((scaling.cpu_percent, "of its processors"), (scaling.memory_percent, "of its memory"))
    return "from " + " or ".join(f"{percent} % {what}" for percent, what in loads if percent is not None) + " on"
