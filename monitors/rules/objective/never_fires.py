"""Alerts on a share of errors that cannot open, whatever fails: their floor is above the traffic there is."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.shares import Alarm, alarm, traffic_of
from monitors.rules.times import in_words
from monitors.spec import Traffic


def _run(review: Review) -> Iterator[Finding]:
    for condition in review.conditions:
        for name in ("critical", "warning"):
            found = alarm(condition, getattr(condition.spec, name))
            traffic = None if found is None else traffic_of(found.share, review.stack.traffic)
            told = None if found is None or traffic is None else _judge(found, traffic)
            if told is not None:
                message, advice, level = told
                yield Finding(condition.subject, name, message, advice, level=level)


def _judge(found: Alarm, traffic: Traffic) -> tuple[str, str, Level] | None:
    if found.of_good:
        return _falls_by_itself(found, traffic)
    rates = (
        ("busiest", traffic.peak_per_minute, Level.ERROR),
        ("usual", traffic.typical_per_minute, Level.WARNING),
        ("quietest", traffic.quiet_per_minute, Level.NOTE),
    )
    for hours, rate, level in rates:
        every = found.in_window(rate)
        most = found.share.of(every, every)
        if not found.is_over(most):
            message = (
                f"{in_words(found.window_seconds)} of the {hours} hours holds {every:,.0f} ({rate:g} a minute), and "
                f"with every one of them failing the query gives {most:g} %, where the threshold is {found.percent:g} "
                f"%: it {'never opens' if level is Level.ERROR else 'does not open then'}."
            )
            floor = int(100 * every / found.percent) if found.percent else int(every)
            return message, f"Take the share of at most {floor:,} (clamp_min), or lengthen the window.", level
    return None


def _falls_by_itself(found: Alarm, traffic: Traffic) -> tuple[str, str, Level] | None:
    every = found.in_window(traffic.quiet_per_minute)
    good = found.share.of(every, every)
    if not found.is_over(100 - good):
        return None
    message = (
        f"The part is what went well, of at least {found.share.floor:g}: in the quietest hours, with {every:,.0f} in "
        f"{in_words(found.window_seconds)} and none failing, the query gives {good:g} %, and the alert opens."
    )
    return message, "Count what failed, and take that from 100: 100 - failed / clamp_min(all, ...) * 100.", Level.ERROR


CHECK = Check(
    code="objective/never-fires",
    level=Level.ERROR,
    summary="At the stated traffic an alert on a share of errors cannot open, or opens by itself.",
    run=_run,
)
