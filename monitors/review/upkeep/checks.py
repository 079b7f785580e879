"""What an edit of a check from outside changes: how soon trouble is seen, from where, and which alerts read it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.findings import Finding, alone, changed
from monitors.review.matching import matched
from monitors.review.phrases import quoted
from monitors.review.readers import Readers, readers_of_name
from monitors.review.upkeep import names
from monitors.rules.synthetics.period import PERIOD_SECONDS
from monitors.spec import CertificateMonitor, Monitor, PingMonitor
from monitors.words import counted, duration, listed

_KIND = "monitor"


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each synthetic monitor that differs."""
    before, after = context.before.observability.monitors, context.after.observability.monitors
    if before == after:
        return
    matches = matched(before, after, _essence)
    for old, new in (*matches.pairs, *matches.renamed):
        if old != new:
            yield changed(_KIND, Area.UPKEEP, old, new, _findings(context, old, new))
    for one in matches.added:
        says = f"is new: it checks {_what(one)} every {_period(one)} from {_places(one.locations)}"
        fact = _read_by(readers_of_name(context.after, one.name))
        yield alone(_KIND, Area.UPKEEP, one, Operation.ADDED, Danger.LOW, says, [fact])
    for one in matches.removed:
        yield _removed(context, one)


def _essence(monitor: Monitor) -> tuple[Hashable, ...]:
    where = monitor.path if isinstance(monitor, PingMonitor) else monitor.days_before
    return (type(monitor), monitor.base_url, where, monitor.locations), monitor.name


def _findings(context: Context, old: Monitor, new: Monitor) -> Iterator[Finding]:
    readers = readers_of_name(context.after, new.name)
    if not readers.names:  # under another name nothing may read it yet
        readers = readers_of_name(context.before, old.name)
    yield from _name(context, old, new)
    if old.period != new.period:
        yield _another_period(old, new, readers)
    if old.locations != new.locations:
        yield _other_places(old, new, readers)
    if type(old) is not type(new):
        says = f"checks {_what(new)}, before {_what(old)}"
        yield Finding("check", says, _less(readers), "it sees other trouble", _what(old), _what(new), "type")
    if old.base_url != new.base_url:
        was, now = old.base_url.name, new.base_url.name
        says = f"takes its address from the setting {now}, before {was}"
        if was == now:
            says = f"takes its address from the setting {now}, whose declaration differs"
        yield Finding("address", says, _more(readers), "", was, now, "base_url")
    if isinstance(old, PingMonitor) and isinstance(new, PingMonitor):
        yield from _ping(old, new, readers)
    elif isinstance(old, CertificateMonitor) and isinstance(new, CertificateMonitor):
        yield from _certificate(old, new, readers)
    yield from names.findings(old, new, "key")


def _another_period(old: Monitor, new: Monitor, readers: Readers) -> Finding:
    before, after = PERIOD_SECONDS[old.period], PERIOD_SECONDS[new.period]
    was, now = duration(before), duration(after)
    apart = duration(abs(after - before))
    meaning = f"trouble is seen up to {apart} {'later' if after > before else 'earlier'}"
    rare = [one.name for one in readers.alerts if one.signal.window_seconds < after]
    if rare:
        meaning += f", and most windows of {listed(map(quoted, rare))} hold no result"
    danger = _less(readers) if after > before else Danger.LOW
    return Finding("period", f"checks every {now}, before every {was}", danger, meaning, was, now, "period")


def _other_places(old: Monitor, new: Monitor, readers: Readers) -> Finding:
    was, now = _places(old.locations), _places(new.locations)
    if {*old.locations} == {*new.locations}:
        says = "lists its places in another order"
        return Finding("places", says, Danger.HARMLESS, "", was, now, "locations")
    gone = listed(sorted({*old.locations} - {*new.locations}) or ["elsewhere"])
    meaning = f"trouble that is seen from {gone} alone is missed"
    danger = _less(readers)
    if {*old.locations} < {*new.locations}:
        meaning, danger = f"trouble on the way from {_new_places(old, new)} is seen as well", _more(readers)
    if len(new.locations) == 1:
        meaning += "; with one place alone, trouble of that place looks like the service's own"
    return Finding("places", f"checks from {now}, before from {was}", danger, meaning, was, now, "locations")


def _new_places(old: Monitor, new: Monitor) -> str:
    return listed(sorted({*new.locations} - {*old.locations}))


def _ping(old: PingMonitor, new: PingMonitor, readers: Readers) -> Iterator[Finding]:
    if old.path != new.path:
        says = f"asks for {new.path}, before for {old.path}"
        meaning = f"what fails at {old.path} alone is not seen any more"
        yield Finding("path", says, _less(readers), meaning, old.path, new.path, "path")
    if old.expected_text != new.expected_text:
        was, now = (quoted(one.expected_text) if one.expected_text else "any text" for one in (old, new))
        says = f"expects {now} in the answer, before {was}"
        meaning = "an answer without it counts as failed" if new.expected_text else "any answer in time is good"
        danger = _more(readers) if new.expected_text else _less(readers)
        yield Finding("expected text", says, danger, meaning, was, now, "expected_text")
    if old.verify_tls != new.verify_tls:
        was, now = ("verified" if one.verify_tls else "not verified" for one in (old, new))
        says = f"has the certificate {now}, before {was}"
        meaning = "a certificate that browsers refuse counts as failed"
        if not new.verify_tls:
            meaning = "a certificate that browsers refuse is not seen any more"
        danger = _more(readers) if new.verify_tls else _less(readers)
        yield Finding("certificate", says, danger, meaning, was, now, "verify_tls")


def _certificate(old: CertificateMonitor, new: CertificateMonitor, readers: Readers) -> Iterator[Finding]:
    if old.days_before != new.days_before:
        was, now = (counted(one.days_before, "day") for one in (old, new))
        apart = counted(abs(new.days_before - old.days_before), "day")
        later = new.days_before < old.days_before
        says = f"fails {now} before the certificate ends, before {was}"
        meaning = f"there {'is' if apart.startswith('1 ') else 'are'} {apart} {'less' if later else 'more'} to renew it"
        danger = _less(readers) if later else Danger.LOW
        yield Finding("days before", says, danger, meaning, was, now, "days_before")


def _name(context: Context, old: Monitor, new: Monitor) -> Iterator[Finding]:
    """Yield that results come under another name: whatever asks for the old one finds no more."""
    if old.name == new.name:
        return
    taken = any(one.name == old.name for one in context.after.observability.monitors)
    lost = Readers((), (), page=False) if taken else readers_of_name(context.after, old.name)
    danger, meaning = Danger.LOW, "its results from before stay under the old name"
    if lost.names:
        danger = Danger.HIGH if lost.page else Danger.MEDIUM
        one = len(lost.alerts) + len(lost.dashboards) == 1
        asks = "asks for results and finds none" if one else "ask for results and find none"
        meaning = f"by the old name {lost.names} still {asks}"
    yield Finding(
        "name", f"is the check that was called {quoted(old.name)}", danger, meaning, old.name, new.name, "name"
    )


def _removed(context: Context, monitor: Monitor) -> Change:
    had, blind = readers_of_name(context.before, monitor.name), readers_of_name(context.after, monitor.name)
    danger = Danger.HIGH if had.page else Danger.MEDIUM
    says = f"is gone: {_what(monitor)} is not checked from outside any more"
    facts = [Finding("read by", f"is still asked for by {blind.names}, and no result comes", danger)]
    return alone(_KIND, Area.UPKEEP, monitor, Operation.REMOVED, danger, says, facts if blind.names else [])


def _read_by(readers: Readers) -> Finding:
    return Finding("read by", f"is read by {readers.names or 'no alert and no dashboard'}", Danger.LOW)


def _what(monitor: Monitor) -> str:
    if isinstance(monitor, PingMonitor):
        return monitor.path
    return f"whether the certificate ends within {counted(monitor.days_before, 'day')}"


def _period(monitor: Monitor) -> str:
    return duration(PERIOD_SECONDS[monitor.period])


def _places(locations: tuple[str, ...]) -> str:
    return f"{counted(len(locations), 'place')} ({listed(locations)})"


def _less(readers: Readers) -> Danger:
    """Return the danger of seeing less: a page depends on it, or not."""
    return Danger.HIGH if readers.page else Danger.MEDIUM


def _more(readers: Readers) -> Danger:
    """Return the danger of seeing more, or otherwise."""
    return Danger.MEDIUM if readers.page else Danger.LOW
