"""What an edit of an assertion demands more, less or otherwise of the ways from alerts to people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.fields import differences
from monitors.review.findings import Finding, alone, changed
from monitors.review.matching import matched
from monitors.review.phrases import quoted
from monitors.review.routing.weekly import day_names
from monitors.review.routing.words import clock
from monitors.spec import Dates, Hours, IsTold, PathAssertion, Reaches, Stack, WakesNobody
from monitors.words import counted, listed

_KIND: Final = "assertion"
_WEEK: Final = 7
_LESS, _MORE, _OTHER = "less", "more", "something else"
_MEANINGS: Final = {
    _LESS: (Danger.MEDIUM, "it demands less, and what it no longer demands may break unseen"),
    _MORE: (Danger.LOW, "it demands more"),
    _OTHER: (Danger.MEDIUM, "what it demanded before may break unseen"),
}


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each assertion that differs."""
    before, after = context.before.assertions, context.after.assertions
    if before == after:
        return
    was, now = _Words(context.before), _Words(context.after)
    matches = matched(before, after, lambda one: ((one.expects, one.severities, one.conditions, one.when), one.says))
    for old, new in (*matches.pairs, *matches.renamed):
        if old != new:
            yield changed(_KIND, Area.ROUTING, old, new, _findings(old, new, was, now))
    for one in matches.added:
        says = f"is new: from now on it must hold that {now.whole(one)}"
        yield alone(_KIND, Area.ROUTING, one, Operation.ADDED, Danger.LOW, says, _reason(one))
    for one in matches.removed:
        says = f"is gone: nothing demands any more that {was.whole(one)}"
        yield alone(_KIND, Area.ROUTING, one, Operation.REMOVED, Danger.MEDIUM, says, _reason(one))


class _Words:
    """The words on the assertions of a stack, in which people and alerts have names."""

    def __init__(self, stack: Stack) -> None:
        response = stack.response
        self._users = {one.key: one.role for one in response.users}
        self._teams = {one.key: one.name for one in response.teams}
        self._schedules = {one.key: one.name for one in response.schedules}
        self._conditions = {one.key: one.name for one in stack.observability.conditions}

    def whole(self, one: PathAssertion) -> str:
        """Return what is demanded, such as `every SEV1 alert reaches Engineering lead within 15 minutes`."""
        return f"{self.alerts(one)} {self.expectation(one)} {times(one)}"

    def alerts(self, one: PathAssertion) -> str:
        """Return the alerts that an assertion is about."""
        if one.severities:
            return f"every {listed((str(each) for each in one.severities), 'or')} alert"
        names = listed(f'"{self._conditions.get(key, key)}"' for key in one.conditions)
        return names if len(one.conditions) == 1 else f"each of {names}"

    def expectation(self, one: PathAssertion) -> str:
        """Return what is expected of these alerts."""
        expects = one.expects
        if isinstance(expects, WakesNobody):
            return "wakes nobody"
        if isinstance(expects, IsTold):
            return f"is told by {listed(expects.by, 'or')} {limit(expects)}"
        return f"reaches {self.whom(expects)} {limit(expects)}"

    def whom(self, expects: Reaches) -> str:
        """Return whom pages have to reach."""
        if expects.user is not None:
            return self._users.get(expects.user, expects.user)
        people = "somebody" if expects.people == 1 else f"{expects.people} different people"
        if expects.team is not None:
            return f'{people} of "{self._teams.get(expects.team, expects.team)}"'
        if expects.schedule is not None:
            return f'{people} by "{self._schedules.get(expects.schedule, expects.schedule)}"'
        return people


def limit(expects: Reaches | IsTold) -> str:
    """Return how soon something is expected."""
    return f"within {counted(expects.within_minutes, 'minute')}" if expects.within_minutes else "at once"


def times(one: PathAssertion) -> str:
    """Return when an assertion has to hold."""
    match one.when:
        case Hours() as hours:
            span = f"from {clock(hours.start)} to {clock(hours.end)}"
            whole_days = "all day" if hours.start == hours.end else span
            days = (
                "every day"
                if len(hours.weekdays) == _WEEK
                else f"on {day_names([day - 1 for day in sorted(hours.weekdays)])}"
            )
            return f"{whole_days} {days} ({hours.time_zone})"
        case Dates() as dates:
            return f"from {dates.first} to {dates.last} ({dates.time_zone})"
    return "at any time"


def _reason(one: PathAssertion) -> Iterator[Finding]:
    yield Finding("reason", f"The reason is: {one.says}", Danger.HARMLESS, stands_alone=True)


def _findings(old: PathAssertion, new: PathAssertion, was: _Words, now: _Words) -> Iterator[Finding]:
    if old.key != new.key:
        says = f"has the key {new.key}, before {old.key}"
        yield Finding("key", says, Danger.HARMLESS, "", old.key, new.key, "key")
    for field in ("severities", "conditions"):
        if getattr(old, field) != getattr(new, field):
            yield _scope(old, new, was, now, field)
    yield from _expected(old, new, was, now)
    if old.when != new.when:
        told = times(old), times(new)
        yield _demands("times", f"has to hold {told[1]}, before {told[0]}", _of_times(old, new), *told, "when")
    if old.environments != new.environments:
        names = listed(old.environments), listed(new.environments)
        says = f"is asserted of {names[1]}, before of {names[0]}"
        yield Finding("environments", says, Danger.HARMLESS, "", *names, "environments")
    if old.says != new.says:
        reasons = quoted(old.says), quoted(new.says)
        says = f"gives the reason {reasons[1]}, before {reasons[0]}"
        yield Finding("reason", says, Danger.HARMLESS, "", *reasons, "says")


def _scope(old: PathAssertion, new: PathAssertion, was: _Words, now: _Words, field: str) -> Finding:
    before, after = {*getattr(old, field)}, {*getattr(new, field)}
    told = was.alerts(old), now.alerts(new)
    says = f"is about {told[1]}, before about {told[0]}"
    if before == after:
        return Finding("alerts", f"{says}: the same in another order", Danger.HARMLESS, "", *told, field)
    # One that speaks of severities where it spoke of single alerts, or the other way round, is about others.
    swaps = not before or not after
    return _demands(
        "alerts", says, _OTHER if swaps else _compared(is_less=after < before, is_more=after > before), *told, field
    )


def _expected(old: PathAssertion, new: PathAssertion, was: _Words, now: _Words) -> Iterator[Finding]:
    if old.expects == new.expects:
        return
    told = was.expectation(old), now.expectation(new)
    says = f"demands that {now.alerts(new)} {told[1]}, before that it {told[0]}"
    if told[0] == told[1]:
        says = f"names whom or what it demands otherwise: {told[1]}"
    paths = [one.path.removeprefix("expects").removeprefix(".") for one in differences(old.expects, new.expects)]
    how = {_of_expectation(old, new, path) for path in paths}
    yield _demands("expectation", says, how.pop() if len(how) == 1 else _OTHER, *told, "expects")


def _of_expectation(old: PathAssertion, new: PathAssertion, name: str) -> str:
    """Return whether one field of what is expected demands more, less or something else."""
    before: Any = getattr(old.expects, name, None)
    after: Any = getattr(new.expects, name, None)
    match name:
        case "within_minutes":
            return _compared(is_less=after > before, is_more=after < before)
        case "people":
            return _compared(is_less=after < before, is_more=after > before)
        case "by":
            return _compared(is_less={*after} > {*before}, is_more={*after} < {*before})
        case "team" | "schedule" | "user":
            return _compared(is_less=after is None, is_more=before is None)
    return _OTHER  # it expects another thing


def _of_times(old: PathAssertion, new: PathAssertion) -> str:
    if old.when is None or new.when is None:
        return _compared(is_less=old.when is None, is_more=new.when is None)
    return _OTHER


def _compared(*, is_less: bool, is_more: bool) -> str:
    return _LESS if is_less else _MORE if is_more else _OTHER


def _demands(topic: str, says: str, how: str, before: str, after: str, field: str) -> Finding:
    danger, meaning = _MEANINGS[how]
    return Finding(topic, says, danger, meaning, before, after, field)
