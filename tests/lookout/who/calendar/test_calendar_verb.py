"""`lookout who --calendar`: what it asks, prints, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lookout.who.calendar import asking

FROM = ("--calendar", "--from", "2026-01-05T09:00")


def test_turns_and_loads_are_told_in_lines_of_the_terminals_width(who: Any) -> None:
    run = who(*FROM, "--days", "14")
    assert run.code == 0
    assert "Who is on call in prod: 14 days from Mon 5 Jan 2026 09:00 America/Los_Angeles (UTC-08:00)" in run.out
    assert "  Mon 5 Jan 09:00  to Mon 12 Jan 09:00  AI engineer A           168 h" in run.out
    assert "  AI engineer B          336 h     25 %       14        2    336 h    168 h    168 h" in run.out
    assert max(map(len, run.out.splitlines())) <= 100


def test_a_change_of_the_clock_is_told_and_the_turn_is_an_hour_shorter(who: Any) -> None:
    run = who("--calendar", "--from", "2026-03-02T09:00", "--days", "7")
    assert "Sun 8 Mar 03:00: clocks are put forward 1 h (America/Los_Angeles)." in run.out
    assert "AI engineer C           167 h" in run.out


def test_gaps_are_told_by_policy_the_first_ones_with_their_times(who: Any) -> None:
    run = who(*FROM, "--env", "staging", "--days", "14")
    assert run.code == 0  # nobody is to be woken for staging; whether pages reach somebody is for checks to say
    assert "20 gaps (512 h) in which an escalation policy reaches nobody" in run.out
    assert "AI service SEV1 (staging): nobody at any level: 10 times, 256 h in all" in run.out
    assert "    Mon 5 Jan 17:00  to Tue 6 Jan 09:00       16 h" in run.out
    assert "and 5 more times" in run.out
    assert "Levels that are passed over" not in run.out  # they are within the gaps


def test_whoever_stands_in_is_named_and_so_is_who_is_on_two_levels(who: Any, tmp_path: Path) -> None:
    overrides = tmp_path / "overrides.json"
    times = {"start": "2026-01-06T09:00:00-08:00", "end": "2026-01-07T09:00:00-08:00"}
    overrides.write_text(json.dumps({"ai-secondary": [{**times, "user": "ai-engineer-a"}]}), encoding="utf-8")
    run = who(*FROM, "--days", "7", "--overrides", str(overrides))
    assert "  Tue 6 Jan 09:00  to Wed 7 Jan 09:00   AI engineer A            24 h  by an override" in run.out
    assert "AI service SEV1 (prod): AI engineer A on level 1 and level 2: 1 time, 24 h in all" in run.out
    assert "2 times (48 h) at which somebody is on two levels" in " ".join(run.out.split())


def test_the_data_has_keys_offsets_and_seconds(who: Any) -> None:
    told = json.loads(who(*FROM, "--days", "7", "--json").out)
    assert (told["stack"], told["from"], told["to"]) == (
        "prod",
        "2026-01-05T09:00:00-08:00",
        "2026-01-12T09:00:00-08:00",
    )
    assert told["schedules"][0]["shifts"] == [
        {
            "from": "2026-01-05T09:00:00-08:00",
            "to": "2026-01-12T09:00:00-08:00",
            "user": "ai-engineer-a",
            "layer": "AI primary weekly",
            "by_override": False,
        }
    ]
    load = next(one for one in told["loads"] if one["user"] == "ai-engineer-a")
    assert (load["on_call_seconds"], load["nights"], load["night_seconds"]) == (604_800, 7, 226_800)
    assert load["levels"] == [{"level": 1, "on_call_seconds": 604_800, "share": 1.0}]
    assert (told["gaps"], told["passed_over"], told["doubles"], told["clock_changes"]) == ([], [], [], [])


def test_it_begins_with_today_on_the_schedules_clock(who: Any) -> None:
    told = json.loads(who("--calendar", "--days", "1", "--json").out)
    assert "T00:00:00-" in told["from"]
    assert told["time_zone"] == "America/Los_Angeles"


def test_a_page_and_a_picture_are_written_and_named(who: Any, tmp_path: Path) -> None:
    page, picture = tmp_path / "calendar.html", tmp_path / "calendar.svg"
    run = who(*FROM, "--html", str(page), "--svg", str(picture))
    assert run.out.splitlines()[-2:] == [f"Calendar: {page}", f"Calendar: {picture}"]
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert picture.read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("high-skill-error-rate", "--calendar"),
            "NAME_OR_KEY: --calendar is of no alert or moment.\nLeave it out, or --calendar.",
        ),
        (
            ("--calendar", "--all", "--why"),
            "--all and --why: --calendar is of no alert or moment.\nLeave it out, or --calendar.",
        ),
        (("--all", "--days", "7"), "--days: only a calendar has that.\nAdd --calendar, or leave it out."),
        (("--calendar", "--days", "0"), "--days 0 is not within 1 and 366.\nName fewer days, or a later --from."),
        (("--calendar", "--days", "367"), "--days 367 is not within 1 and 366.\nName fewer days, or a later --from."),
        (
            ("--calendar", "--from", "soon"),
            "--from 'soon' is no time.\nWrite one such as 2026-12-24, 2026-12-24T03:00 or 2026-12-24T03:00Z.",
        ),
        (
            ("--calendar", "--html", "x", "--svg", "x"),
            "--html and --svg both name x, which holds one of them.\nName two files.",
        ),
        (
            ("--calendar", "--html", "nowhere/x.html"),
            "nowhere/x.html cannot be written: No such file or directory.\nName another file.",
        ),
    ],
)
def test_what_has_no_meaning_is_refused_with_the_next_step(
    arguments: tuple[str, ...], told: str, who: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = who(*arguments)
    assert (run.code, run.err) == (2, f"lookout: {told}\n")
    assert not list(tmp_path.iterdir())


def test_a_stint_joins_the_parts_of_one_persons_week() -> None:
    answer = asking.ask(asking.Question("staging", 14, "2026-01-05"))
    found = [*asking.stints(answer.calendar.rotas[0])]
    assert [(stint.user, stint.on_call.total_seconds() / 3600) for stint in found] == [
        ("ai-engineer-a", 40),
        ("ai-engineer-b", 40),
    ]


def test_a_year_can_be_asked_for_and_drawn(who: Any, tmp_path: Path) -> None:
    run = who(*FROM, "--env", "staging", "--days", "366", "--html", str(tmp_path / "calendar.html"))
    assert run.code == 0
    assert (tmp_path / "calendar.html").stat().st_size > 10_000
