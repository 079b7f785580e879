"""What other windows, methods, fills and rules for silence mean for what an alert sees, and when."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.alerts.edits import Edit
from monitors.review.findings import Finding
from monitors.review.phrases import quantity
from monitors.spec import Cadence, EventFlow, EventTimer, Fill, LossOfSignal
from monitors.words import duration

Method = EventFlow | EventTimer | Cadence


def findings(edit: Edit) -> Iterator[Finding]:
    """Yield what differs in the signal and in what silence means."""
    yield from _windows(edit)
    yield from _method(edit)
    yield from _fill(edit)
    yield from _loss(edit)


def _windows(edit: Edit) -> Iterator[Finding]:
    old, new = edit.old.signal, edit.new.signal
    if old.window_seconds != new.window_seconds:
        was, now = duration(old.window_seconds), duration(new.window_seconds)
        longer = new.window_seconds > old.window_seconds
        meaning = (
            "short peaks are evened out and may not reach the threshold any more"
            if longer
            else "values swing more, and short peaks open it sooner"
        )
        says = f"judges {now} of data at a time, before {was}"
        yield Finding("window", says, edit.more, meaning, was, now, "signal.window_seconds")
    if old.slide_seconds != new.slide_seconds:
        was, now = (
            "apart from each other" if one is None else f"slid by {duration(one)}"
            for one in (old.slide_seconds, new.slide_seconds)
        )
        says = f"has windows that are {now}, before {was}"
        meaning = f"it is judged every {duration(new.step_seconds)}, before every {duration(old.step_seconds)}"
        yield Finding("slide", says, edit.more, meaning, was, now, "signal.slide_seconds")


def _method(edit: Edit) -> Iterator[Finding]:
    old, new = edit.old.signal.method, edit.new.signal.method
    if type(old) is not type(new):
        was, now = _named(old), _named(new)
        yield Finding(
            "method", f"closes windows by {now}, before by {was}", edit.more, _suits(new), was, now, "signal.method"
        )
    elif old != new:
        before, after = _wait(old), _wait(new)
        was, now = duration(before), duration(after)
        late = after < before
        field = "timer" if isinstance(new, EventTimer) else "delay"
        says = f"waits {now} for late points, before {was}"
        meaning = f"points that come later than that are missed, and it opens {duration(before - after)} earlier"
        if not late:
            meaning = f"it opens {duration(after - before)} later, and fewer points are missed"
        yield Finding(field, says, edit.more, meaning, was, now, f"signal.method.{field}_seconds")


def _named(method: Method) -> str:
    kind = method.kind.replace("_", " ")
    return f"{kind} ({duration(_wait(method))})"


def _suits(method: Method) -> str:
    """Return what the method waits for (docs.newrelic.com, "Streaming alerts: key terms and concepts")."""
    match method:
        case EventFlow():
            return "a window stays open until a later point comes, so that silence holds it open"
        case EventTimer():
            return "a window closes once nothing has come for that time, whether more follows or not"
    return "a window closes by the clock, whether its points have come or not"


def _wait(method: Method) -> int:
    return method.timer_seconds if isinstance(method, EventTimer) else method.delay_seconds


def _fill(edit: Edit) -> Iterator[Finding]:
    old, new = edit.old.signal.fill, edit.new.signal.fill
    was, now = _filled(edit, old, before=True), _filled(edit, new, before=False)
    if old.option != new.option:
        meaning = "an empty window starts the count of breaching windows anew" if new.option == "none" else ""
        says = f"takes a window without data for {now}, before for {was}"
        yield Finding("gaps", says, edit.more, meaning, was, now, "signal.fill.option")
    if old.value != new.value:
        says = f"fills windows without data with {now}, before with {was}"
        yield Finding("filled value", says, edit.more, "", was, now, "signal.fill.value")


def _filled(edit: Edit, fill: Fill, *, before: bool) -> str:
    if fill.value is not None:
        return quantity(fill.value, (edit.old if before else edit.new).unit)
    return {"none": "nothing", "last_value": "the value before it"}[fill.option]


def _loss(edit: Edit) -> Iterator[Finding]:
    old, new = edit.old.loss_of_signal, edit.new.loss_of_signal
    if old == new:
        return
    if old is None or new is None:
        yield _loss_appears(edit, old, new)
        return
    was, now = duration(old.after_seconds), duration(new.after_seconds)
    if old.after_seconds != new.after_seconds:
        later = new.after_seconds > old.after_seconds
        meaning = f"it comes {duration(abs(new.after_seconds - old.after_seconds))} {'later' if later else 'earlier'}"
        danger = edit.less if later and new.open_incident else edit.more
        says = f"takes a source for lost after {now} of silence, before after {was}"
        yield Finding("silence", says, danger, meaning, was, now, "loss_of_signal.after_seconds")
    if old.open_incident != new.open_incident:
        yield _opens(edit, now, opens=new.open_incident)
    yield from _endings(edit, old, new)


def _loss_appears(edit: Edit, old: LossOfSignal | None, new: LossOfSignal | None) -> Finding:
    was, now = _on_silence(old), _on_silence(new)
    opened, opens = (one is not None and one.open_incident for one in (old, new))
    if opened:
        says, meaning, danger = f"does nothing on silence, before it {was}", _silent(edit, opens=False), edit.less
    elif opens:
        says, meaning, danger = f"{now}", _silent(edit, opens=True), edit.more
    elif new is None:
        says, danger = "does nothing on silence any more", edit.more
        meaning = "incidents whose source has gone stay open until their time limit"
    else:
        says, meaning, danger = now, "they end without having recovered", edit.more
    return Finding("silence", says, danger, meaning, was, now, "loss_of_signal")


def _on_silence(loss: LossOfSignal | None) -> str:
    if loss is None:
        return "does nothing"
    acts = [*(["closes its incidents"] if loss.close_incidents else []), *(["opens"] if loss.open_incident else [])]
    return f"{' and '.join(acts)} after {duration(loss.after_seconds)} of silence"


def _silent(edit: Edit, *, opens: bool) -> str:
    if opens:
        return f"a source that goes silent {'pages' if edit.pages else 'is told'} now"
    return f"nobody is {edit.told} when its source goes silent"


def _opens(edit: Edit, now: str, *, opens: bool) -> Finding:
    was, is_now = ("opens nothing", "opens") if opens else ("opens", "opens nothing")
    says = f"{is_now} after {now} of silence, before it {'did not' if opens else 'did'}"
    danger = edit.more if opens else edit.less
    return Finding("silence", says, danger, _silent(edit, opens=opens), was, is_now, "loss_of_signal.open_incident")


def _endings(edit: Edit, old: LossOfSignal, new: LossOfSignal) -> Iterator[Finding]:
    if old.close_incidents != new.close_incidents:
        says, meaning = "closes its open incidents on silence, before it kept them", "they end without having recovered"
        if not new.close_incidents:
            says = "keeps its open incidents on silence, before it closed them"
            meaning = "they stay open until data shows a recovery, or until their time limit"
        names = ("kept", "closed") if new.close_incidents else ("closed", "kept")
        yield Finding("incidents on silence", says, edit.more, meaning, *names, "loss_of_signal.close_incidents")
    if old.ignore_expected_termination != new.ignore_expected_termination:
        ignores = new.ignore_expected_termination
        says = "opens nothing when a source ends that is tagged as expected to end, before it did"
        if not ignores:
            says = "opens even when a source ends that is tagged as expected to end, before it did not"
        yield Finding(
            "expected ends",
            says,
            edit.less if ignores else edit.more,
            "" if ignores else "a source that is shut down on purpose is told as well",
            *(("told", "ignored") if ignores else ("ignored", "told")),
            "loss_of_signal.ignore_expected_termination",
        )
