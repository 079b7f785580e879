"""What to look at first, in one sentence."""

from __future__ import annotations

from backtest_cases import START, alert, backtest, opening, page, unjudged

from monitors.backtest.summary import look_first, subtitle, woken

NIGHT, NOON = 2 * 3600, 12 * 3600


def test_a_brief_page_at_night_comes_before_everything_else() -> None:
    found = backtest(
        alert("high-skill-error-rate", opening(NIGHT, 8)), alert("slow-skill", opening(NOON, 300, notices=()))
    )
    assert look_first(found) == (
        '"High Skill Error Rate" would have woken somebody at night once for trouble that was over within 5 min: look '
        "at its duration or threshold first."
    )


def test_an_alert_that_pages_and_cannot_be_judged_comes_next() -> None:
    found = backtest(alert("slow-skill", opening(NOON, 300)), unjudged("skills-service-down"))
    assert look_first(found) == (
        'Nothing can be said of "Skills Service Down", which pages: record its data first (the reason is below).'
    )


def test_many_brief_incidents_of_one_alert_are_called_noise() -> None:
    noisy = alert("slow-skill", *(opening(NOON + 3600 * place, 6, notices=()) for place in range(3)))
    assert look_first(backtest(noisy)) == (
        '"Slow skill" would have opened 3 times, 3 of them over within 5 min: it may be noise; look at its threshold, '
        "duration or floor first."
    )


def test_what_was_still_open_when_the_data_ended_is_pointed_at() -> None:
    found = backtest(alert("slow-skill", opening(NOON, 720, still_open=True, notices=())))
    assert look_first(found) == (
        '"Slow skill" has been open since Mon 21 Sep 12:00 and was so when the data ended: look there first.'
    )


def test_otherwise_the_longest_incident_is_pointed_at() -> None:
    found = backtest(alert("slow-skill", opening(NOON, 90, notices=()), opening(NOON + 7200, 30, notices=())))
    assert look_first(found) == (
        'The longest incident is one of "Slow skill", 1 h 30 min from Mon 21 Sep 12:00 on: look there first.'
    )


def test_quiet_data_is_told_as_quiet() -> None:
    assert look_first(backtest(alert())) == "No alert would have opened in 1 d."


def test_silence_is_never_told_as_quiet() -> None:
    assert look_first(backtest(unjudged())) == (
        "No alert found data that it could be judged by: see below which data each one asks for."
    )
    assert look_first(backtest(alert(), unjudged())) == (
        "No alert opened, but nothing can be said of 1: see below why."
    )


def test_whoever_is_paged_first_is_counted_with_the_nights() -> None:
    openings = (opening(NIGHT, 60), opening(NOON, 60), opening(NOON, 60, notices=(page(START + NOON, "Lead"),)))
    found = backtest(alert("high-skill-error-rate", *openings))
    assert list(woken(found)) == [("AI engineer A", 2, 1), ("Lead", 1, 0)]


def test_made_up_data_is_called_made_up() -> None:
    from dataclasses import replace

    found = backtest(alert())
    assert "made-up" not in subtitle(found)
    assert subtitle(replace(found, source=replace(found.source, made_up=True))).startswith("made-up data, ")
