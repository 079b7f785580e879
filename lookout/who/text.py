"""One answer as a person reads it: the paths drawn as timelines, and every step of them where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from lookout.who.layout import Style, styled, wrapped
from lookout.who.rounds import rounds
from monitors.alerting.paths.words import duration, moment
from monitors.words import listed

if TYPE_CHECKING:
    from lookout.who.asking import Answer
    from monitors.alerting.escalations import Reached
    from monitors.alerting.paths import Hop, NextOnCall, Notified, Path, Proof
    from monitors.spec import Stack

_MARK: Final = 10  # columns of a minute mark
_NAME: Final = 26
_KINDS: Final = {"page": "Page", "slack": "Slack", "e-mail": "E-mail", "webhook": "Webhook"}
_SHOWN: Final = ("muting-rule", "workflow", "route", "orchestration", "destination", "pagerduty-service")


def lines(answer: Answer, *, why: bool, columns: int) -> Iterator[str]:
    """Yield an answer in lines of so many columns."""
    writer = Writer(answer.stack, columns)
    for number, proof in enumerate(answer.proofs):
        if number:
            yield ""
        yield from writer.head(proof, str(answer.moment))
        if answer.moment.note is not None:
            yield from wrapped(answer.moment.note, columns, style="doubt")
        for path in proof.paths:
            yield ""
            yield from writer.path(path, answer.moment.time_zone)
        yield from writer.nobody(proof)
        if why:
            yield from writer.why(proof)


class Writer:
    """Writes proofs of one stack in lines of so many columns."""

    def __init__(self, stack: Stack, columns: int) -> None:
        self._stack = stack
        self._columns = columns
        self._roles = {user.key: user.role for user in stack.response.users}
        self._schedules = {schedule.key: schedule.name for schedule in stack.response.schedules}

    def role(self, user: str) -> str:
        """Return what a user is called."""
        return self._roles.get(user, user)

    def head(self, proof: Proof, when: str) -> Iterator[str]:
        """Yield what the proof is of, and the moment."""
        subject = proof.subject
        about = "an event" if proof.priority is None else f"a {proof.priority} issue"
        yield from wrapped(f"{subject.title}, {self._stack.name}: {about}", self._columns, style="title")
        yield from wrapped(when, self._columns)
        yield from wrapped(subject.says, self._columns, style="aside")

    def path(self, path: Path, time_zone: str) -> Iterator[str]:
        """Yield one path: the specs it goes by in a line, then who is told at which minute."""
        style: Style = "page" if path.reaches else "nobody"
        kind = _KINDS[path.kind]
        rest = " " * (len(kind) + 2)
        yield from wrapped(_way(path), self._columns, first=f"{styled(kind, style)}  ", rest=rest)
        for urgency in (hop.says for hop in path.hops if hop.kind == "urgency"):
            yield from wrapped(urgency, self._columns, first=rest, rest=rest)
        if path.kind != "page":
            yield from self._sent(path)
        elif path.notified:
            yield from self._timeline(path)
        else:
            yield from self._unheard(path, time_zone)
        for doubt in path.unsure:
            yield from wrapped(doubt, self._columns, first="  Not sure: ", rest="  ", style="doubt")

    def nobody(self, proof: Proof) -> Iterator[str]:
        """Yield why nobody is told, or not at once."""
        if not proof.paths:
            yield ""
            yield styled("Nobody is told.", "nobody")
        for hop in proof.refusals:
            yield from wrapped(f"{hop.title}: {hop.says}", self._columns, first="  ", rest="    ")

    def why(self, proof: Proof) -> Iterator[str]:
        """Yield every step of every path, with the line of the spec that it comes from, and the rule that decided."""
        for number, path in enumerate(proof.paths, 1):
            yield ""
            yield styled(f"Why, path {number}: {_KINDS[path.kind].lower()}", "title")
            for hop in path.hops:
                yield from self._step(hop, "  ")
            for part in rounds(path.notified):
                for one in part.notified:
                    yield f"  {_after(one.after_seconds)}"
                    for hop in one.hops:
                        yield from self._step(hop, "    ")
                if part.again:
                    yield from wrapped(f"The same steps again {_at(part.again)}.", self._columns, first="  ", rest="  ")
            for hop in path.ends:
                yield from self._step(hop, "  ")
        if proof.refusals:
            yield ""
            yield styled("Why not otherwise", "title")
            for hop in proof.refusals:
                yield from self._step(hop, "  ")

    def _sent(self, path: Path) -> Iterator[str]:
        target = path.hops[-1].says
        channel = next((hop.says for hop in path.hops if hop.kind == "channel"), "")
        yield from self._mark(_after(path.after_seconds), f"{channel} {target}")

    def _timeline(self, path: Path) -> Iterator[str]:
        for part in rounds(path.notified):
            for one in part.notified:
                yield from self._notified(one)
            if part.again:
                people = "the same people again" if len(part.again) == 1 else f"the same again, {_at(part.again)}"
                yield from self._mark(_after(part.again[0]), people)
        for hop in path.ends:
            is_end = hop.kind == "escalation-policy" and path.ends_seconds is not None
            yield from self._mark(_after(path.ends_seconds or 0) if is_end else "", hop.says)

    def _notified(self, one: Notified) -> Iterator[str]:
        for hop in one.hops:
            if hop.kind in ("passed-over", "urgency"):
                yield from self._mark("", f"({hop.title}: {hop.says})", style="aside")
        by_user: dict[str, list[str]] = {}
        for reached in one.by:
            by_user.setdefault(reached.user, []).append(self._by(reached))
        quietly = " (low urgency)" if one.urgency == "low" else ""
        for number, (user, ways) in enumerate(by_user.items()):
            text = f"{self.role(user):<{_NAME}} {listed(ways)}{quietly}"
            yield from self._mark(_after(one.after_seconds) if number == 0 else "", text)

    def _by(self, reached: Reached) -> str:
        if reached.schedule is None:
            return "named by the level"
        name = self._schedules[reached.schedule]
        return f"{name}, by an override" if reached.by_override else name

    def _unheard(self, path: Path, time_zone: str) -> Iterator[str]:
        last = next((hop for hop in reversed(path.hops) if hop.kind in ("event-rule", "escalation-policy")), None)
        says = "Nobody is notified." if last is None else f"{last.title}: {last.says}"
        yield from self._mark(_after(path.after_seconds), says, style="nobody")
        if path.next is not None:
            yield from self._mark("", self.next_on_call(path.next, time_zone))
        elif last is not None and last.kind == "escalation-policy":
            yield from self._mark("", "Nobody is on call within the next week either.", style="nobody")

    def next_on_call(self, coming: NextOnCall, time_zone: str) -> str:
        """Return who is on call next, and that nobody is told of what came before."""
        who, schedule = self.role(coming.user), self._schedules[coming.schedule]
        return f"Next on call: {who} in {schedule}, from {moment(coming.at, time_zone)}; not told of this then."

    def _mark(self, mark: str, text: str, style: Style | None = None) -> Iterator[str]:
        first = f"{mark:>{_MARK}} {'o' if mark else '|'}  "
        yield from wrapped(text, self._columns, first=first, rest=f"{'':>{_MARK}} |  ", style=style)

    def _step(self, hop: Hop, indent: str) -> Iterator[str]:
        place = "" if hop.place is None else f"{hop.place.path}:{hop.place.line}"
        if len(indent) + len(hop.title) + 2 + len(place) <= self._columns:
            yield f"{indent}{hop.title}{styled(f'  {place}', 'aside') if place else ''}"
        else:  # a path is not wrapped, so that it can be opened
            yield from wrapped(hop.title, self._columns, first=indent, rest=indent)
            yield f"{indent}  {styled(place, 'aside')}"
        yield from wrapped(hop.says, self._columns, first=f"{indent}  ", rest=f"{indent}  ")


def _way(path: Path) -> str:
    """Return what a path goes by, from the subject on; a page names the service, not what leads into it."""
    shown = [kind for kind in _SHOWN if path.kind != "page" or kind != "destination"]
    return " -> ".join(hop.title for hop in path.hops[1:] if hop.kind in shown)


def _after(seconds: int) -> str:
    return duration(seconds)


def _at(seconds: Sequence[int]) -> str:
    return f"at {listed(map(duration, seconds))}"
