"""What `lookout who` was asked, what it is asked about, and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lookout.errors import CouldNotRun
from lookout.who import overrides, times

if TYPE_CHECKING:
    from monitors.alerting.paths import Proof, Prover
    from monitors.alerting.pcl import Event
    from monitors.alerting.pcl import Path as FieldPath
    from monitors.spec import EventOrchestration, NrqlCondition, Priority, Stack

Asked = Sequence["NrqlCondition | EventOrchestration"]
_MOST_NAMED: Final = 8
_SEVERITY: Final = ("event", "custom_details", "severity")


@dataclass(frozen=True)
class Question:
    """The verb's arguments as they were given; `priority` is critical, warning or None."""

    name: str | None = None
    event: tuple[str, ...] = ()
    at: str | None = None
    environment: str = "prod"
    priority: str | None = None
    every: bool = False
    overrides: Path | None = None
    catalog: str | None = None


@dataclass(frozen=True)
class Answer:
    """What was proved: one proof for each alert or event that was asked about, at one moment, in one stack."""

    stack: Stack
    moment: times.Moment
    proofs: tuple[Proof, ...]
    nobody: tuple[Proof, ...]


def ask(question: Question) -> Answer:
    """Answer it. Raises `CouldNotRun` where nothing can be said."""
    _check(question)
    stack = read_stack(question.catalog, question.environment)
    asked = _asked(question, stack)
    moment = times.read(question.at, _time_zone(stack, asked))
    stand_ins = () if question.overrides is None else overrides.read(question.overrides, stack)
    from monitors.alerting.paths import Prover

    prover = Prover(stack, moment.at, stand_ins)
    proofs = tuple(_proof(prover, one, question) for one in asked)
    wakes = {one.key for one in stack.observability.conditions if one.enabled and one.severity.pages}
    return Answer(stack, moment, proofs, tuple(proof for proof in proofs if _fails(proof, wakes)))


def _check(question: Question) -> None:
    if question.every and (question.name is not None or question.event):
        raise CouldNotRun("--all asks of every alert.", "Leave NAME and --event out, or --all.")
    if question.name is None and not question.event and not question.every:
        raise CouldNotRun(
            "who is told of what?",
            'Name an alert, such as `lookout who "High Skill Error Rate"`, or ask of all with --all.',
        )
    if question.event and question.priority is not None:
        raise CouldNotRun("--priority is an issue's, and an event has none.", "Leave it out.")


def read_stack(catalog: str | None, environment: str) -> Stack:
    """Return a stack of a catalogue, of ours where none is named. Raises `CouldNotRun` where it cannot be built."""
    from lookout.checking import catalogue

    found = catalogue.read(catalog or catalogue.OURS, environment)
    if found.refused:
        problem = found.refused[0]
        raise CouldNotRun(
            f"{problem.subject} at {problem.place}: {problem.message}", "Mend the declaration, then ask again."
        )
    return found.stacks[0]


def _asked(question: Question, stack: Stack) -> Asked:
    """Return what is asked about: conditions, or orchestrations that take an event."""
    if question.every:
        return stack.observability.conditions
    orchestrations: Asked = stack.response.orchestrations
    if question.name is None:
        if not orchestrations:
            raise CouldNotRun(f"the stack {stack.name} has no event orchestration.", "Name an alert instead.")
        return orchestrations
    known: Asked = orchestrations if question.event else (*stack.observability.conditions, *orchestrations)
    found = [one for one in known if question.name == one.key]
    found = found or [one for one in known if _folded(question.name) in (_folded(one.key), _folded(one.name))]
    if len(found) > 1:
        keys = _some([one.key for one in found])
        raise CouldNotRun(f"{len(found)} alerts of {stack.name} are called {question.name!r}.", f"Name one: {keys}.")
    return found or _unknown(question, stack, known)


def _unknown(question: Question, stack: Stack, known: Asked) -> Asked:
    wanted = _folded(question.name or "")
    by_name = {_folded(one.name): one for one in known} | {_folded(one.key): one for one in known}
    within = [one.key for one in known if wanted and (wanted in _folded(one.name) or wanted in _folded(one.key))]
    near = within or [by_name[name].key for name in get_close_matches(wanted, by_name, n=3, cutoff=0.5)]
    near = list(dict.fromkeys(near))
    if near:
        step = f"Did you mean {_some(near, ' or ')}?"
    else:
        step = f"It has {_some([one.key for one in known])}." if known else "It has none."
    what = "event orchestration" if question.event else "alert or event orchestration"
    raise CouldNotRun(f"the stack {stack.name} has no {what} {question.name!r}.", step)


def _time_zone(stack: Stack, asked: Asked) -> str:
    """Return the zone of the first schedule that a page of what is asked goes to, else of the people on call."""
    from monitors.alerting.paths import Prover
    from monitors.backtest.hours import hours_of
    from monitors.spec import ScheduleTarget

    if len(asked) == 1:
        proof = _proof(Prover(stack, datetime.now(UTC)), asked[0], Question())
        services = {service.key: service for service in stack.response.services}
        policies = {policy.key: policy for policy in stack.response.escalation_policies}
        zones = {schedule.key: schedule.time_zone for schedule in stack.response.schedules}
        for path in proof.pages:
            policy = policies[services[path.service or ""].escalation_policy]
            for target in (target for level in policy.levels for target in level.targets):
                if isinstance(target, ScheduleTarget):
                    return zones[target.schedule]
    return hours_of(stack).time_zone


def _proof(prover: Prover, asked: NrqlCondition | EventOrchestration, question: Question) -> Proof:
    from monitors.spec import EventOrchestration

    if isinstance(asked, EventOrchestration):
        return prover.event(asked, _event(question.event))
    return prover.issue(asked, _priority(question.priority))


def _priority(name: str | None) -> Priority | None:
    from monitors.spec import Priority

    return {None: None, "critical": Priority.CRITICAL, "warning": Priority.HIGH}[name]


def _event(texts: Sequence[str]) -> Event:
    """Return an event of which `SEV1` or `event.source=deploy` is known. Raises `CouldNotRun` for another form."""
    from monitors.alerting.pcl import Event, path_of

    fields: dict[FieldPath, str | None] = {}
    for text in texts:
        name, is_field, value = text.partition("=")
        path = path_of(name) if is_field else _SEVERITY
        is_path = path is not None and len(path) > 1 and path[0] in ("event", "raw_event")
        if path is None or not is_path or (not is_field and (not text.strip() or "." in text)):
            raise CouldNotRun(
                f"--event {text!r} is neither a severity nor a field with its value.",
                "Write SEV1, or event.source=deploy, with a path as in PagerDuty's conditions.",
            )
        fields[path] = value if is_field else text
    return Event(fields)


def _fails(proof: Proof, wakes: set[str]) -> bool:
    """Say whether somebody should be paged, and nobody is, now or later."""
    from monitors.spec import Priority

    if proof.reaches:
        return False
    if proof.subject.kind == "condition":
        return proof.priority is Priority.CRITICAL and proof.subject.key in wakes
    return any(hop.kind == "escalation-policy" for path in proof.paths for hop in path.hops)


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


def _some(names: Sequence[str], last: str = ", ") -> str:
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED:,} more"
    return last.join(filter(None, (", ".join(names[:-1]), names[-1])))
