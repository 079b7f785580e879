"""The picture of a case: it fits a terminal, and a breach, however small, is seen to cross the threshold's line."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from monitors.alerting import Incident
from monitors.spec import NrqlCondition
from monitors.testing import Case, Expectation, case, series
from monitors.testing import incident as expected
from monitors.testing.chart import Line, chart
from monitors.testing.outcomes import Outcome
from monitors.testing.running import condition_of
from monitors.testing.timeline import Recording, Seen, timeline

START = 1_772_442_000.0
CACHE = condition_of("prompt-cache-hit-rate", "prod")
SKILL = condition_of("slow-skill", "prod")


def case_lasting(length: str, *expect: Expectation) -> Case:
    healthy = series(f"1 for {length}", metric="Custom/Service/Health", every="1m")
    return case("a promise about it", healthy, expect=expect)


def drawn(
    condition: NrqlCondition,
    one: Case,
    values: Sequence[float | None],
    *incidents: Incident,
    late: tuple[float, ...] = (),
    facet: tuple[str, ...] = (),
) -> str:
    step = condition.signal.step_seconds
    windows = tuple(
        Seen(facet, START + index * step, START + (index + 1) * step, value) for index, value in enumerate(values)
    )
    recording = Recording(windows, tuple((facet, START + at) for at in late))
    return timeline(condition, Outcome(one, "prod", incidents), recording)


def incident(opens: int, closes: int | None) -> Incident:
    closed = None if closes is None else START + closes
    return Incident("an-alert", (), "critical", "threshold", START + opens, closed)


def test_the_whole_picture() -> None:
    wanted = expected(opens="40m", closes="1h20m", priority="critical")
    values = [60, 60, 39.9, 24, 20, 24.9, 25, 25.1, 24.5, None, 22, 50, 60, 70, 80, 80, 80, 80]
    picture = drawn(CACHE, case_lasting("1h35m", wanted), values, incident(2700, 5100), late=(60,))
    assert picture.split("\n") == [
        "signal in %, windows of 5m; a column is 5m from Mon 02 Mar 2026 09:00:00 UTC",
        "               80 ┐",
        "                  │             ▄████",
        "                  │██         ▄██████",
        "     warning < 40 ┼██─────────███████─",
        "                  │███        ███████",
        "                  │███    ▁   ███████",
        "    critical < 25 ┼███────█───███████─",
        "                  │████▅████ ▇███████",
        "                  │█████████ ████████",
        "                0 ┘",
        "          no data │         ·        ·",
        "      late points │L",
        "     got critical │         O=======C",
        "expected critical │        O=======C",
        "                   └0          └1h",
        "· no value; L came after its window had closed; O opened, = open, C closed, X both",
    ]


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), min_size=1, max_size=400))
def test_no_line_is_longer_than_a_hundred_characters(values: list[float | None]) -> None:
    picture = drawn(CACHE, case_lasting("30h"), values, incident(60, None))
    assert max(len(line) for line in picture.split("\n")) <= 100


@given(st.floats(1e-6, 1e6), st.floats(1e-3, 1e6))
def test_a_value_just_beyond_a_threshold_is_drawn_beyond_its_line(excess: float, threshold: float) -> None:
    if threshold + excess == threshold:
        return
    rows = chart([threshold, threshold + excess], [Line(threshold, "critical")])
    line = next(index for index, row in enumerate(rows) if "critical" in row)
    assert rows[line].endswith("┼─█")
    assert rows[line - 1].rstrip().endswith(("▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"))


def test_facets_are_drawn_apart_under_their_names() -> None:
    summary = case_lasting("20m", expected(opens="10m", priority="warning", facet="summary"))
    picture = drawn(SKILL, summary, [4000, 6000], facet=("contract-review",))
    assert "\n  contract-review\n" in picture
    assert "\n  summary\n" in picture


def test_of_many_facets_those_with_incidents_are_drawn_and_the_others_counted() -> None:
    windows = tuple(Seen((f"skill-{number:02}",), START, START + 300, 1.0) for number in range(20))
    late = expected(opens="10m", priority="warning", facet="skill-19")
    picture = timeline(SKILL, Outcome(case_lasting("20m", late), "prod", ()), Recording(windows))
    assert [line.strip() for line in picture.split("\n") if line.startswith("  skill")] == [
        *["skill-19", "skill-00", "skill-01", "skill-02", "skill-03", "skill-04"]
    ]
    assert "\n  and 14 more facets\n" in picture


def test_a_signal_that_never_was_is_drawn_empty() -> None:
    assert "no data │··" in drawn(SKILL, case_lasting("10m"), [])


def test_of_several_windows_in_a_column_the_worst_is_drawn() -> None:
    picture = drawn(SKILL, case_lasting("12h"), [100.0] * 100 + [9000.0] + [100.0] * 43)
    assert picture.split("\n")[1].strip().startswith("9000")


def test_an_incident_that_opens_and_closes_within_a_column_is_one_sign() -> None:
    picture = drawn(CACHE, case_lasting("30m"), [60] * 6, incident(60, 70))
    assert "     got critical │  X" in picture
