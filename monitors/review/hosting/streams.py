"""What an edit of a stream changes: where the logs or metrics of the whole Render workspace go."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.phrases import quoted
from monitors.spec import LogStream, MetricsStream, Setting

Stream = LogStream | MetricsStream


def changed(old: Stream, new: Stream) -> Iterator[Finding]:
    """Yield what differs in a stream; both sides are of one kind."""
    what = what_of(new)
    for field, does in ((_address(new), f"sends {what} to"), ("token", "proves who sends them by")):
        was, now = getattr(old, field), getattr(new, field)
        if was == now:
            continue
        if was.name == now.name:
            says = f'still {does} the setting "{now.name}", which is declared otherwise'
            yield Finding(field, says, Danger.HARMLESS, field=field)
        else:
            says = f'{does} what the setting "{now.name}" holds, before "{was.name}"'
            meaning = "what is sent to the wrong place, or with the wrong token, is lost" if field == "token" else ""
            yield Finding(field, says, Danger.MEDIUM, meaning, was.name, now.name, field)
    if old.key != new.key:
        says = f"has the key {quoted(new.key)}, before {quoted(old.key)}"
        meaning = "a workspace has one stream of a kind: it is taken over, or sent nowhere for a moment"
        yield Finding("key", says, Danger.LOW, meaning, old.key, new.key, "key")


def added(new: Stream) -> str:
    """Return what a new stream does, as it follows its name."""
    setting: Setting = getattr(new, _address(new))
    return (
        f'is new: {what_of(new)} are sent to what the setting "{setting.name}" holds; provisioning refuses to '
        "overwrite a stream that the workspace has already"
    )


def removed(old: Stream) -> str:
    """Return what a stream that is gone means, as it follows its name."""
    return f"is gone: {what_of(old)} are sent nowhere any more, and alerts and dashboards that read them see nothing"


def what_of(stream: Stream) -> str:
    """Return what a stream sends."""
    return f"the {'logs' if isinstance(stream, LogStream) else 'metrics'} of the whole Render workspace"


def _address(stream: Stream) -> str:
    return "endpoint" if isinstance(stream, LogStream) else "url"
