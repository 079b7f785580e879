"""`lookout backtest`: the first ten minutes, what it prints, and every way in which it cannot run."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from lookout.main import main

CHECKOUT = Path(__file__).resolve().parents[2]
ROW = {"timestamp": 1_791_200_000_000, "eventType": "SkillExecution", "executionTime": 900, "env": "prod"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The made-up week, and what was said when it was written."""
    folder, said = tmp_path_factory.mktemp("first") / "week", io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main(["backtest", "--sample", str(folder)]) == 0
    return folder, said.getvalue()


@pytest.fixture
def week(written: tuple[Path, str]) -> Path:
    return written[0]


@pytest.fixture(autouse=True)
def _not_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")


def _lines(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    return path


def _refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["backtest", *words]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err.removeprefix("lookout: ").rstrip("\n")


def test_two_commands_take_someone_without_an_account_to_a_picture(
    written: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder, said), page = written, tmp_path / "timeline.html"
    assert said.startswith(f"Wrote a made-up week of prod to {folder}: ")
    assert "Nobody measured it; 9 troubles are in it" in said
    assert f"Next: lookout backtest {folder} --html timeline.html" in said
    assert main(["backtest", str(folder), "--html", str(page)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "This data is made up: nobody measured it." in lines
    assert lines[-2].startswith('Look first: "')
    assert lines[-1] == f"Timeline: {page}"
    assert page.read_text().startswith("<!doctype html>")


def test_the_table_fits_a_hundred_columns_and_is_plain_where_nobody_watches(
    week: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backtest", str(week)]) == 0
    lines = capsys.readouterr().out.splitlines()
    head = next(place for place, line in enumerate(lines) if line.startswith("Alert"))
    table = lines[head : lines.index("", head)]
    assert len(table) > 20
    assert [line for line in table if len(line) > 100] == []
    assert "\x1b" not in "".join(lines)
    assert table[0].split() == ["Alert", "Sev", "Opened", "Open", "for", "Longest", "Median", "Brief", "Told"]


def test_incidents_are_no_fault_of_the_run(week: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", str(week), "--alert", "daily-cost"]) == 0
    assert "1 incident of 1 alert" in capsys.readouterr().out


def test_json_is_one_document_and_nothing_else(week: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    picture = tmp_path / "timeline.svg"
    assert main(["backtest", str(week), "--json", "--svg", str(picture), "--alert", "daily-cost"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    made = json.loads(shown.out)
    assert [alert["key"] for alert in made["alerts"]] == ["daily-cost"]
    assert picture.read_text().startswith("<svg ")


def test_times_without_an_offset_are_on_the_clocks_of_the_people_on_call(
    week: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--json", "--alert", "daily-cost", "--since", "2026-10-08", "--until", "2026-10-09T07:00Z"]
    assert main(["backtest", str(week), *words]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["since"], made["until"]) == ("2026-10-08T07:00:00Z", "2026-10-09T07:00:00Z")


def test_how_soon_is_brief_can_be_said(week: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = []
    for minutes in ("0", "600"):
        words = ["--json", "--alert", "slow-skill", "--brief-minutes", minutes]
        assert main(["backtest", str(week), *words]) == 0
        counts.append(json.loads(capsys.readouterr().out)["totals"]["brief"])
    assert counts[0] < counts[1]


def test_a_file_of_json_lines_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{**ROW, "timestamp": ROW["timestamp"] + 10_000 * step} for step in range(400)]  # type: ignore[operator]
    path = _lines(tmp_path / "events.jsonl", *rows)
    assert main(["backtest", str(path), "--alert", "skills-response-time-critical"]) == 0
    shown = capsys.readouterr().out
    assert "1 alert stayed quiet:\n  skills-response-time-critical" in shown
    assert "400 rows of events.jsonl" in shown
    assert "made up" not in shown


def test_without_data_the_sample_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert _refusal(capsys) == (
        "there is no data to replay: name a file or folder.\n"
        "`lookout backtest --sample DIR` writes a made-up week to try it with."
    )


def test_a_path_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _refusal(capsys, str(tmp_path / "none.parquet"))
    assert said.startswith(f"{tmp_path}/none.parquet does not exist; give a file (")
    assert said.endswith("`lookout backtest --sample DIR` writes a made-up week to try it with.")


def test_a_folder_without_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    assert f"the folder {tmp_path} holds no data" in _refusal(capsys, str(tmp_path))


@pytest.mark.parametrize("name", ["garbage.jsonl", "garbage.json", "garbage.parquet", "garbage.csv", "garbage.bin"])
def test_garbage_is_refused_with_its_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(bytes(range(256)) * 40)
    said = _refusal(capsys, str(path))
    assert said.startswith(str(path))
    assert "Traceback" not in said
    assert len(said) < 600


def test_a_parquet_file_cut_in_half_is_refused_with_what_to_do(
    week: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (week / "metrics.parquet").read_bytes()
    path = tmp_path / "half.parquet"
    path.write_bytes(whole[: len(whole) // 2])
    said = _refusal(capsys, str(path))
    assert said.startswith(f"{path} cannot be read: ")
    assert "record it again, or leave it out" in said


def test_data_of_another_environment_is_no_quiet_week(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _lines(tmp_path / "events.jsonl", {**ROW, "env": "staging"}, {**ROW, "env": "staging"})
    assert _refusal(capsys, str(path), "--alert", "skills-response-time-critical") == (
        "nothing can be said of the alert of prod: env is never prod in the data; it is staging.\n"
        "Replay it with --stack staging, or record data of prod."
    )


def test_data_that_no_alert_asks_for_is_told_by_what_most_alerts_miss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _lines(tmp_path / "events.jsonl", {**ROW, "eventType": "Transaction"})
    assert _refusal(capsys, str(path)) == (
        "nothing can be said of any of the 32 alerts of prod: the data holds no Metric; it holds Transaction.\n"
        "Record Metric too, or leave the alert out."
    )


def test_a_time_without_data_is_told_with_the_times_there_are(week: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _refusal(capsys, str(week), "--since", "2027-01-01") == (
        f"{week}: the data is from 2026-10-05 00:00 to 2026-10-12 00:00 (America/Los_Angeles), and nothing of it is "
        "from 2027-01-01 00:00.\nLeave --since and --until out to see all there is."
    )


def test_a_time_that_is_none_is_told_with_one_that_is(week: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _refusal(capsys, str(week), "--since", "yesterday") == (
        "--since 'yesterday' is no time.\nWrite one such as 2026-10-06, 2026-10-06T03:00 or 2026-10-06T10:00Z."
    )


def test_an_end_before_the_start_is_refused(week: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _refusal(capsys, str(week), "--since", "2026-10-08", "--until", "2026-10-07") == (
        "--since 2026-10-08 is not before --until 2026-10-07.\nSwap them."
    )


def test_an_alert_that_is_not_there_is_answered_with_the_one_that_was_meant(
    week: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _refusal(capsys, str(week), "--alert", "slow-skil") == (
        "the stack prod has no alert 'slow-skil'.\nDid you mean --alert slow-skill?"
    )


def test_a_picture_that_cannot_be_written_is_a_fault(week: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _refusal(capsys, str(week), "--alert", "daily-cost", "--html", "/no/such/folder/x.html")
    assert said == "/no/such/folder/x.html cannot be written: No such file or directory.\nName another file."


def test_a_sample_that_cannot_be_written_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("a file")
    said = _refusal(capsys, "--sample", str(tmp_path / "taken" / "below"))
    assert said.startswith(f"the sample cannot be written to {tmp_path}/taken/below: ")


def test_a_sample_beside_data_is_refused(week: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _refusal(capsys, str(week), "--sample", "elsewhere").startswith("--sample writes data and replays none.")


def test_names_are_shown_as_they_are_and_never_read_as_markup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {**ROW, "timestamp": ROW["timestamp"] + 10_000 * step, "executionTime": 99_000}  # type: ignore[operator]
        for step in range(400)
    ]
    path = _lines(tmp_path / "[bold]x.jsonl", *rows)
    assert main(["backtest", str(path), "--alert", "skills-response-time-critical"]) == 0
    assert "400 rows of [bold]x.jsonl" in capsys.readouterr().out


def test_the_verb_loads_no_engine_of_evaluation_to_show_its_help() -> None:
    program = (
        "import sys; from lookout.main import main; main(['backtest', '--help']); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert set(done.stderr.split()).isdisjoint({"duckdb", "numpy", "rich", "pydantic", "monitors"})


def test_a_sample_is_never_written_over_somebodys_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert _refusal(capsys, "--sample", str(tmp_path)) == (
        f"the sample cannot be written to {tmp_path}: it holds a README.md that is no made-up week's; "
        "name a new folder."
    )
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("README.md", "mine")]


@pytest.mark.parametrize("option", ["--html", "--svg"])
def test_a_picture_is_never_written_over_the_recording(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _lines(tmp_path / "week.jsonl", ROW)
    before = data.read_bytes()
    message = f"{option} {data} is recorded data, which would be lost.\nName another file."
    assert _refusal(capsys, str(data), option, str(data)) == message
    assert _refusal(capsys, str(tmp_path), option, str(data)) == message
    assert data.read_bytes() == before


def test_two_pictures_are_not_written_to_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, picture = _lines(tmp_path / "week.jsonl", ROW), str(tmp_path / "picture")
    refused = _refusal(capsys, str(data), "--html", picture, "--svg", picture)
    assert refused == f"--html and --svg both name {picture}, which holds one of them.\nName two files."


@pytest.mark.parametrize("minutes", ["nan", "inf", "-1", "20000"])
def test_brief_is_a_number_of_minutes_up_to_a_week(minutes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--brief-minutes" in _refusal(capsys, "anything", "--brief-minutes", minutes)


def test_a_row_stamped_long_ago_is_told_instead_of_a_report_of_decades(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _lines(tmp_path / "week.jsonl", ROW, {**ROW, "timestamp": 0})
    assert _refusal(capsys, str(data)) == (
        f"{data} has a row stamped 1970-01-01 00:00 UTC, which is no time of a recording.\n"
        "Mend or remove it, or say from when on to report: --since 2026-10-06."
    )
    assert main(["backtest", str(data), "--since", "2026-10-01"]) == 0


def test_a_picture_that_cannot_be_written_whole_leaves_what_was_there(
    week: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    page.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lookout.whole_files.os.replace", full)
    assert main(["backtest", str(week), "--html", str(page)]) == 2
    assert (
        capsys.readouterr().err == f"lookout: {page} cannot be written: No space left on device.\nName another file.\n"
    )
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("page.html", "before")]
