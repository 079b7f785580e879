"""What is told of an assertion that does not hold: what was expected, when first and how often, and the way then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.paths import Hop, Notified, Path, Prover
from monitors.alerting.paths.words import duration
from monitors.rules.paths.proving import Broken
from monitors.spec import Dates, IsTold, Reaches, Stack, WakesNobody
from monitors.words import counted, listed

_WAY: Final = ("muting-rule", "workflow", "destination", "pagerduty-service", "escalation-policy")
_SECOND: Final = timedelta(seconds=1)


class Words:
    """The words on one assertion that does not hold in a stack."""

    def __init__(self, stack: Stack, broken: Broken) -> None:
        self._stack, self._broken = stack, broken
        self._roles = {user.key: user.role for user in stack.response.users}
        when = broken.assertion.when
        zones = (schedule.time_zone for schedule in stack.response.schedules)
        self._zone = next(zones, "Etc/UTC") if when is None else when.time_zone
        self._proof = Prover(stack, broken.opens).issue(broken.conditions[0], broken.priority)

    def message(self) -> str:
        """Return what does not hold, why it should, and the way of the first issue that shows it."""
        what = f"{self._alerts()} {self._fault()} {self._times()}."
        return "\n".join((what, f'Asserted is: "{self._broken.assertion.says}"', *self._ways()))

    def advice(self) -> str:
        """Return the next step, with the line at which the way leads elsewhere than was expected."""
        places = (hop.place for path in self._paths() for hop in reversed(_main_hops(path)) if hop.place is not None)
        place = next(places, self._broken.policy.declared_at)
        return f"Mend the way, which leads by {place}, or change what is asserted."

    def _alerts(self) -> str:
        conditions = self._broken.conditions
        severities = listed(dict.fromkeys(str(condition.severity) for condition in conditions))
        if len(conditions) == 1:
            return f'"{conditions[0].name}" ({severities})'
        return f'{severities} ({counted(len(conditions), "alert")} such as "{conditions[0].name}")'

    def _fault(self) -> str:
        expects = self._broken.assertion.expects
        one = len(self._broken.conditions) == 1
        if isinstance(expects, WakesNobody):
            return f"{'wakes' if one else 'wake'} {self._role(self._broken.user or '')}"
        within = counted(expects.within_minutes, "minute")
        limit = f"within {within}" if expects.within_minutes else "at once"
        if isinstance(expects, IsTold):
            return f"{'is' if one else 'are'} not told by {' or '.join(expects.by)} {limit}"
        return f"{'does' if one else 'do'} not reach {self._whom(expects)} {limit}"

    def _whom(self, expects: Reaches) -> str:
        response = self._stack.response
        if expects.user is not None:
            return self._role(expects.user)
        people = "anybody" if expects.people == 1 else f"{expects.people} different people"
        if expects.team is not None:
            return f'{people} of "{next(one.name for one in response.teams if one.key == expects.team)}"'
        if expects.schedule is not None:
            return f'{people} by "{next(one.name for one in response.schedules if one.key == expects.schedule)}"'
        return people

    def _times(self) -> str:
        """Return when it is so first, how often and how long; of moments alone no length is told."""
        spans, within = self._broken.spans, self._broken.within
        lasts = sum((end - start for start, end in spans), timedelta(0))
        if lasts == within[1] - within[0]:
            return f"at any time of {self._period()}"
        start, end = spans[0]
        first = f"from {self._moment(start)} to {self._moment(end)}" if end - start >= _SECOND else self._moment(start)
        more = "" if len(spans) == 1 else f", and {counted(len(spans) - 1, 'more time')}"
        length = f", {duration(lasts.total_seconds())} in all" if lasts >= _SECOND and more else ""
        return f"{first} ({self._zone}){more}{length} in {self._period()}"

    def _period(self) -> str:
        when = self._broken.assertion.when
        if isinstance(when, Dates):
            return f"{when.first} to {when.last}"
        return f"the year from {self._broken.within[0].astimezone(ZoneInfo(self._zone)):%Y-%m-%d}"

    def _ways(self) -> Iterator[str]:
        """Yield a line for each way that an issue takes which shows it first, or for what holds it back."""
        opens = f"An issue of {self._moment(self._broken.opens)}"
        paths = self._paths()
        for path in paths:
            yield f"{opens}: {' > '.join(hop.title for hop in _main_hops(path))}: {self._end(path)}."
        if not paths:
            held = [f"{hop.title}: {hop.says}" for hop in self._proof.refusals]
            elsewhere = (
                [f"it is told by {listed(path.kind for path in self._proof.paths)}."] if self._proof.paths else []
            )
            yield " ".join([f"{opens}:", *elsewhere, *held]) if held or elsewhere else f"{opens}: nobody is told."

    def _paths(self) -> tuple[Path, ...]:
        """Return the ways that count for what is expected."""
        expects = self._broken.assertion.expects
        kinds = expects.by if isinstance(expects, IsTold) else ("page",)
        return tuple(path for path in self._proof.paths if path.kind in kinds)

    def _end(self, path: Path) -> str:
        """Return whom a way reaches and when, or the step at which it ends."""
        if path.kind != "page":
            return _after(path.after_seconds)
        if not path.notified:
            last = path.hops[-1]
            return f"{last.title}: {last.says.rstrip('.')}"
        return "; ".join(self._notified(one) for one in path.notified if one.loop == 1)

    def _notified(self, one: Notified) -> str:
        low = " with low urgency" if one.urgency == "low" else ""
        return f"{listed(self._role(user) for user in one.users)}{low} {_after(one.after_seconds)}"

    def _role(self, user: str) -> str:
        return self._roles.get(user, user)

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(ZoneInfo(self._zone))
        return f"{local:%a %Y-%m-%d} {local:%H:%M:%S}" if local.second else f"{local:%a %Y-%m-%d %H:%M}"


def _main_hops(path: Path) -> list[Hop]:
    return [hop for hop in path.hops if hop.kind in _WAY]


def _after(seconds: int) -> str:
    return f"after {duration(seconds)}" if seconds else "at once"
