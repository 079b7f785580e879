"""Scores alerts by mutation, in several processes: each alert is a task of its own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import Final

from lookout.errors import CouldNotRun
from lookout.testing.progress import followed
from monitors.testing.cases import StackName
from monitors.testing.mutation.equivalents import EQUIVALENTS, Equivalents, read_equivalents
from monitors.testing.mutation.scoring import AlertScore, score
from monitors.testing.parts import CaseError
from monitors.testing.running import condition_of, load_cases

_FEW: Final = 3  # below, starting processes takes longer than they save


def scores(
    alerts: Sequence[str], stack: StackName, folder: Path, equivalents: Path | None = None
) -> tuple[AlertScore, ...]:
    """Return the score of each alert, in the order given. Raises `CouldNotRun` for a wrong list of equivalents."""
    declared = _declared(EQUIVALENTS if equivalents is None else equivalents, stack)
    one = partial(_score, stack=stack, folder=folder, declared=declared)
    found = {
        result.alert: result
        for result in followed(_each(one, alerts) if len(alerts) > _FEW else map(one, alerts), len(alerts), "mutating")
    }
    return tuple(found[alert] for alert in alerts)


def _declared(path: Path, stack: StackName) -> Equivalents:
    try:
        declared = read_equivalents(path)
        for alert in declared.reasons:
            _check_alert(path, alert, stack)
    except CaseError as error:
        raise CouldNotRun("the list of equivalent mutants cannot be read:", str(error)) from None
    return declared


def _check_alert(path: Path, alert: str, stack: StackName) -> None:
    try:
        condition_of(alert, stack)
    except CaseError as error:
        raise CaseError(f"{path.name}: {error}") from None


def _score(alert: str, *, stack: StackName, folder: Path, declared: Equivalents) -> AlertScore:
    return score(alert, stack, load_cases(folder, stacks=(stack,), alerts=(alert,)), declared.of(alert))


def _each(one: partial[AlertScore], alerts: Sequence[str]) -> Iterator[AlertScore]:
    # Processes are spawned: a fork would copy duckdb's threads, which do not survive it.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context) as pool:
        for future in as_completed([pool.submit(one, alert) for alert in alerts]):
            yield future.result()
