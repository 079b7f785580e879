"""What came of a case, and what of it was not expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitors.alerting import Facet, Incident
from monitors.testing.cases import Case, Expectation, Span, StackName
from monitors.testing.durations import duration_text
from monitors.testing.notation import number_text


@dataclass(frozen=True)
class Told:
    """Who hears of an incident: destinations by key, and the users a page reaches first."""

    destinations: tuple[str, ...]
    paged: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of one case in one stack.

    `severity` and `runbook` are the condition's, and `told` says who hears of each incident; None and nothing where
    only the times are of interest.
    """

    case: Case
    stack: StackName
    incidents: tuple[Incident, ...]
    severity: str | None = None
    runbook: str | None = None
    told: Mapping[Incident, Told] = field(default_factory=dict)

    @property
    def start(self) -> float:
        """When the case begins, in seconds since 1970."""
        return self.case.start.timestamp()

    @property
    def is_as_expected(self) -> bool:
        """Whether everything expected happened, and nothing else."""
        return next(self.differences(), None) is None

    def differences(self) -> Iterator[str]:
        """Yield a sentence for each thing that is not as expected."""
        left = list(self.incidents)
        for expected in self.case.expect:
            got = _best(expected, left, self.start)
            if got is None:
                yield f"expected {_named(expected)} to open at {expected.opens}; it did not."
                continue
            left.remove(got)
            yield from self._compared(expected, got)
        for incident in left:
            yield f"expected nothing more, but {_described(incident)} opened at {self._lifetime(incident)}."

    def _compared(self, expected: Expectation, got: Incident) -> Iterator[str]:
        what = _named(expected)
        if not expected.opens.holds(got.opened_at - self.start):
            yield f"expected {what} to open at {expected.opens}; it opened at {self._moment(got.opened_at)}."
        yield from self._closing(expected.closes, got, what)
        for label, wanted, is_ in (
            ("have severity", expected.severity, self.severity),
            ("link to the runbook", expected.runbook, self.runbook),
        ):
            if None not in (wanted, is_) and wanted != is_:
                yield f"expected {what} to {label} {wanted}; it is {is_}."
        yield from self._telling(expected, got, what)

    def _closing(self, wanted: Span | None, got: Incident, what: str) -> Iterator[str]:
        if wanted is None and got.closed_at is not None:
            closed = f"{self._moment(got.closed_at)} ({got.closed_because})"
            yield f"expected {what} to stay open to the end; it closed at {closed}."
        elif wanted is not None and got.closed_at is None:
            yield f"expected {what} to close at {wanted}; it stayed open to the end."
        elif wanted is not None and got.closed_at is not None and not wanted.holds(got.closed_at - self.start):
            yield f"expected {what} to close at {wanted}; it closed at {self._moment(got.closed_at)}."

    def _telling(self, expected: Expectation, got: Incident, what: str) -> Iterator[str]:
        told = self.told.get(got)
        if told is None:
            return
        if expected.told is not None and sorted(expected.told) != sorted(told.destinations):
            yield f"expected {what} to be told to {_listed(expected.told)}; told are {_listed(told.destinations)}."
        paged = dict(expected.paged or {}).get(self.stack)
        if paged is not None and sorted(paged) != sorted(told.paged):
            yield f"expected {what} to page {_listed(paged)}; paged are {_listed(told.paged)}."

    def _lifetime(self, incident: Incident) -> str:
        opened = self._moment(incident.opened_at)
        if incident.closed_at is None:
            return f"{opened} and stayed open"
        return f"{opened} and closed at {self._moment(incident.closed_at)}"

    def _moment(self, seconds: float) -> str:
        return duration_text(seconds - self.start)


def facet_text(facet: Facet) -> str:
    """Return a facet as a reader names it."""
    return ", ".join(str(value) for value in facet)


def _best(expected: Expectation, incidents: Sequence[Incident], start: float) -> Incident | None:
    """Return the incident that is meant: of the same kind, at the moment expected where one is, else the first."""
    alike = [
        one
        for one in incidents
        if (one.facet, one.priority, one.cause) == (expected.facet, expected.priority, expected.cause)
    ]
    exact = (one for one in alike if expected.opens.holds(one.opened_at - start))
    return next(exact, alike[0] if alike else None)


def _named(expected: Expectation) -> str:
    cause = "" if expected.cause == "threshold" else f" for {expected.cause}"
    facet = f" of {facet_text(expected.facet)}" if expected.facet else ""
    return f"the {expected.priority} incident{cause}{facet}"


def _described(incident: Incident) -> str:
    cause = "" if incident.cause == "threshold" else f" for {incident.cause}"
    facet = f" of {facet_text(incident.facet)}" if incident.facet else ""
    value = "" if incident.value is None else f" (value {number_text(float(f'{incident.value:.6g}'))})"
    return f"a {incident.priority} incident{cause}{facet}{value}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "nobody"
