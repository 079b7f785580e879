"""What edits of hosting and settings change: what restarts, is lost and costs, and what has to be set first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.findings import Finding, alone, changed
from monitors.review.hosting import groups, services, settings, stores, streams, whole
from monitors.review.hosting.variables import IsRenewed
from monitors.review.matching import matched
from monitors.spec import Autoscaling, Platform, Spec
from monitors.words import number

KINDS: Final = (
    "environment-group",
    "render-service",
    "store",
    "log-stream",
    "metrics-stream",
    "project",
    "tags",
    "setting",
)

Tell = Callable[[Any, Any], Iterable[Finding]]


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for everything on Render that differs or restarts, and for each setting to be set or taken out."""
    if context.before == context.after:
        return
    before, after = context.before.platform, context.after.platform
    is_renewed = context.resources.renewed.has
    yield from whole.changes(context)
    yield from _groups(context, is_renewed)
    yield from _services(before, after, is_renewed)
    yield from _stores(context)
    yield from _streams("log-stream", before.log_streams, after.log_streams)
    yield from _streams("metrics-stream", before.metrics_streams, after.metrics_streams)
    yield from settings.changes(context)


def _groups(context: Context, is_renewed: IsRenewed) -> Iterator[Change]:
    kind, after = "environment-group", context.after
    found = _matched(context.before.platform.groups, after.platform.groups)
    yield from _changed(kind, found.pairs, lambda old, new: groups.changed(old, new, after, is_renewed))
    for new in found.added:
        yield _new(kind, new, Danger.LOW, "is new", groups.added(new))
    for old in found.removed:
        yield _gone(kind, old, Danger.MEDIUM, "is gone", groups.removed(old))


def _services(before: Platform, after: Platform, is_renewed: IsRenewed) -> Iterator[Change]:
    kind = "render-service"
    found = _matched((*before.web_services, *before.private_services), (*after.web_services, *after.private_services))
    yield from _changed(kind, found.pairs, lambda old, new: services.changed(old, new, is_renewed))
    for new in found.added:
        runs = _runs(new.autoscaling, new.instances)
        yield _new(kind, new, Danger.MEDIUM, f"is new and runs {runs}", services.added(new))
    for old in found.removed:
        yield _gone(kind, old, Danger.HIGH, "is gone: it stops, and whatever asks it is not answered",
                    services.removed(old))  # fmt: skip


def _stores(context: Context) -> Iterator[Change]:
    kind, before, after = "store", context.before.platform, context.after.platform
    found = _matched((*before.postgres, *before.key_values), (*after.postgres, *after.key_values))
    yield from _changed(kind, found.pairs, stores.changed)
    for new in found.added:
        yield _new(kind, new, Danger.MEDIUM, "is new", stores.added(new))
    for old in found.removed:
        yield _gone(kind, old, Danger.HIGH, "is gone: all its data is lost", stores.removed(old, context.before))


def _streams(kind: str, before: Sequence[streams.Stream], after: Sequence[streams.Stream]) -> Iterator[Change]:
    found = _matched(before, after)
    yield from _changed(kind, found.pairs, streams.changed)
    for new in found.added:
        yield _new(kind, new, Danger.LOW, streams.added(new), ())
    for old in found.removed:
        yield _gone(kind, old, Danger.HIGH, streams.removed(old), ())


def _changed(kind: str, pairs: Iterable[tuple[Any, Any]], tell: Tell) -> Iterator[Change]:
    for old, new in pairs:
        findings = list(tell(old, new))
        # Of a spec that is the same, only what provisioning makes anew is worth a word.
        if old != new or any(one.topic == "variable" for one in findings):
            yield changed(kind, Area.HOSTING, old, new, findings)


def _new(kind: str, spec: Spec, danger: Danger, says: str, findings: Iterable[Finding]) -> Change:
    return alone(kind, Area.HOSTING, spec, Operation.ADDED, danger, says, findings)


def _gone(kind: str, spec: Spec, danger: Danger, says: str, findings: Iterable[Finding]) -> Change:
    return alone(kind, Area.HOSTING, spec, Operation.REMOVED, danger, says, findings)


def _runs(scaling: Autoscaling | None, instances: int) -> str:
    if scaling is None:
        return "1 instance" if instances == 1 else f"{number(instances)} instances"
    return f"{scaling.least} to {scaling.most} instances"


@dataclass(frozen=True)
class _Sides:
    """What both sides have, what is new and what is gone; another kind under one key is both."""

    pairs: tuple[tuple[Any, Any], ...]
    added: tuple[Any, ...]
    removed: tuple[Any, ...]


def _matched(before: Sequence[Spec], after: Sequence[Spec]) -> _Sides:
    found = matched(before, after, _essence)
    every = (*found.pairs, *found.renamed)
    exchanged = [(old, new) for old, new in every if type(old) is not type(new)]
    return _Sides(
        tuple((old, new) for old, new in every if type(old) is type(new)),
        (*found.added, *(new for _, new in exchanged)),
        (*found.removed, *(old for old, _ in exchanged)),
    )


def _essence(spec: Any) -> tuple[Hashable, ...]:
    """Return what makes something at Render what it is: its name, by which Render and provisioning know it."""
    name: str | None = getattr(spec, "name", None)
    return (name or type(spec).__name__,)
