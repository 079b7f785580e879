"""What a workflow's channels carry, and to where: destinations, templates, enrichments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from monitors.review.changes import Danger
from monitors.review.phrases import quoted as in_quotes
from monitors.review.routing.reach import alerts_in_words, alerts_of, are, form, pages_elsewhere, place
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Told
from monitors.review.routing.words import quoted, setting
from monitors.spec import (
    Channel,
    EmailChannel,
    PagerDutyChannel,
    SlackChannel,
    WebhookChannel,
    Workflow,
)
from monitors.words import listed

_RUNBOOK: Final = "runbook"


def channel_facts(sides: Sides, before: Workflow, after: Workflow) -> Iterator[Told]:
    """Yield where messages go otherwise, and what they say otherwise."""
    pairs, new, gone = _paired(before.channels, after.channels)
    if len(gone) == len(new) == 1 and type(gone[0]) is type(new[0]):
        yield from _redirected(sides, after, gone[0], new[0])
    else:
        yield from _alone(sides, after, gone, new)
    for old, one in pairs:
        if old != one:
            yield from _edited(sides, old, one)
    if not new and not gone and before.channels != after.channels and [one for _, one in pairs] != [*after.channels]:
        yield Told("channels", "Its channels stand in another order.", covers=("channels",))
    yield from _enrichments(before, after)


def _redirected(sides: Sides, after: Workflow, old: Channel, new: Channel) -> Iterator[Told]:
    """Yield that messages go to another destination of the same kind, and what they say otherwise there."""
    alerts = alerts_of(sides.new, after.policies)
    was, now = place(sides.old, old), place(sides.new, new)
    text = f"{alerts_in_words(alerts)} {are(alerts)} told to {now}; was {was}."
    covers = (f"channels[{old.destination}]", f"channels[{new.destination}]", "channels")
    danger = Danger.MEDIUM if isinstance(new, PagerDutyChannel) and alerts else Danger.LOW
    yield Told("channels", text, danger, covers, was, now)
    yield from _edited(sides, old, new)


def _alone(sides: Sides, after: Workflow, gone: Sequence[Channel], new: Sequence[Channel]) -> Iterator[Told]:
    alerts = alerts_of(sides.new, after.policies)
    for one in gone:
        text = f"{alerts_in_words(alerts)} {are(alerts)} no longer told to {place(sides.old, one)}."
        danger = _of_loss(sides, one, after) if alerts else Danger.LOW
        yield Told("channels", text, danger, (f"channels[{one.destination}]", "channels"))
    for one in new:
        text = f"{alerts_in_words(alerts)} {are(alerts)} told to {place(sides.new, one)} too."
        danger = Danger.MEDIUM if isinstance(one, PagerDutyChannel) and alerts else Danger.LOW
        yield Told("channels", text, danger, (f"channels[{one.destination}]", "channels"))


def _of_loss(sides: Sides, channel: Channel, after: Workflow) -> Danger:
    """Return how dangerous it is that alerts are not told through a channel any more."""
    if isinstance(channel, WebhookChannel):  # a program acts on it, such as the automatic rollback
        return Danger.HIGH if "rollback" in channel.destination else Danger.MEDIUM
    paged = isinstance(channel, PagerDutyChannel) and not _still_pages(sides, after)
    return Danger.HIGH if paged else Danger.LOW


def _still_pages(sides: Sides, after: Workflow) -> bool:
    """Say whether every alert of a workflow still pages, by this or another one."""
    here = any(isinstance(one, PagerDutyChannel) for one in after.channels)
    return here or all(pages_elsewhere(sides.new, policy, after.key) for policy in after.policies)


def _paired(
    before: Sequence[Channel], after: Sequence[Channel]
) -> tuple[list[tuple[Channel, Channel]], list[Channel], list[Channel]]:
    """Return which channel is which, by kind and destination, and where several share both, the equal ones first."""
    left: dict[object, list[Channel]] = defaultdict(list)
    for one in after:
        left[type(one), one.destination].append(one)
    pairs, gone = [], []
    for one in sorted(before, key=lambda one: one not in after):
        others = left[type(one), one.destination]
        if not others:
            gone.append(one)
            continue
        other = one if one in others else others[0]
        others.remove(other)
        pairs.append((one, other))
    order = {id(one): number for number, one in enumerate(before)}
    pairs.sort(key=lambda pair: order[id(pair[0])])
    return pairs, [one for others in left.values() for one in others], gone


def _edited(sides: Sides, old: Channel, new: Channel) -> Iterator[Told]:
    path = f"channels[{new.destination}]"
    match old, new:
        case PagerDutyChannel(), PagerDutyChannel():
            if old.summary != new.summary:
                yield _template("summary", "A page", old.summary, new.summary, f"{path}.summary")
            yield from _table(sides, "page", old.details, new.details, f"{path}.details")
        case SlackChannel(), SlackChannel() if old.channel_id != new.channel_id:
            was, now = setting(old.channel_id), setting(new.channel_id)
            if was == now:
                text = f"{now[:1].upper()}{now[1:]} is described otherwise; messages go to the same Slack channel."
                yield Told("Slack channel", text, covers=(f"{path}.channel_id", "channels"))
            else:
                text = f"Slack messages go to the channel of {now}; was that of {was}."
                yield Told("Slack channel", text, Danger.LOW, (f"{path}.channel_id", "channels"), was, now)
        case EmailChannel(), EmailChannel() if old.subject != new.subject:
            yield _template("subject", "A mail", old.subject, new.subject, f"{path}.subject")
        case WebhookChannel(), WebhookChannel():
            yield from _table(sides, "request", old.payload, new.payload, f"{path}.payload")


def _template(topic: str, what: str, before: str, after: str, path: str) -> Told:
    was, now = in_quotes(before), in_quotes(after)
    return Told(topic, f"{what} has the {topic} {now}; was {was}.", Danger.LOW, (path, "channels"), was, now)


def _table(sides: Sides, what: str, before: Mapping[str, str], after: Mapping[str, str], path: str) -> Iterator[Told]:
    """Yield which values a message no longer carries, carries too or fills otherwise."""
    for name in (one for one in before if one not in after):
        carried = "the runbook link" if name == _RUNBOOK else f"{in_quotes(name)}"
        needs = _needing(sides, name) if what == "page" else []
        text = f"The {what} no longer carries {carried}{_so(needs, name)}."
        danger = Danger.MEDIUM if needs or what == "request" else Danger.LOW
        yield Told(name, text, danger, (f"{path}[{name}]", "channels"), in_quotes(before[name]), "absent")
    for name in (one for one in after if one not in before):
        text = f"The {what} also carries {in_quotes(name)}: {in_quotes(after[name])}."
        yield Told(name, text, Danger.LOW, (f"{path}[{name}]", "channels"), "absent", in_quotes(after[name]))
    for name in (one for one in before if after.get(one, before[one]) != before[one]):
        was, now = in_quotes(before[name]), in_quotes(after[name])
        needs = _needing(sides, name) if what == "page" else []
        text = f"The {what} fills {in_quotes(name)} with {now}; was {was}{_so(needs, name)}."
        yield Told(name, text, Danger.MEDIUM if needs else Danger.LOW, (f"{path}[{name}]", "channels"), was, now)


def _needing(sides: Sides, name: str) -> list[str]:
    """Return the event rules of PagerDuty services that look at a page's detail or repeat it."""
    wanted = re.compile(rf"event\.custom_details\.{re.escape(name)}\b")
    return [
        rule.label
        for service in sides.new["pagerduty-service"].values()
        for rule in service.event_rules
        if wanted.search(rule.condition) or wanted.search(rule.note or "")
    ]


def _so(needs: Sequence[str], name: str) -> str:
    if not needs:
        return ""
    rules = "event rule" if len(needs) == 1 else "event rules"
    return f", which the {rules} {listed(quoted(needs))} {'reads' if len(needs) == 1 else 'read'}"


def _enrichments(before: Workflow, after: Workflow) -> Iterator[Told]:
    old = {one.name: one.query for one in before.enrichments}
    new = {one.name: one.query for one in after.enrichments}
    messages = listed(sorted({f"{form(channel)}s" for channel in after.channels}))
    for name in dict.fromkeys((*old, *new)):
        covers = (f"enrichments[{name}]", "enrichments")
        if name not in new:
            text = f"{messages[:1].upper()}{messages[1:]} no longer carry the result of {in_quotes(name)}."
            yield Told("enrichments", text, Danger.LOW, covers)
        elif name not in old:
            text = f"{messages[:1].upper()}{messages[1:]} also carry the result of {in_quotes(name)}."
            yield Told("enrichments", text, Danger.LOW, covers)
        elif old[name] != new[name]:
            was, now = in_quotes(old[name]), in_quotes(new[name])
            yield Told("enrichments", f"{in_quotes(name)} asks {now}; was {was}.", Danger.LOW, covers, was, now)
    if old == new and [*old] != [*new]:
        yield Told("enrichments", "Its enrichments stand in another order.", covers=("enrichments",))
