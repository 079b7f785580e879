"""`lookout render`: the first minute, what it prints, and every way in which it cannot run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from lookout.main import main
from lookout.rendering import png, sources
from monitors import catalog

CHECKOUT = Path(__file__).resolve().parents[3]
ROW = {"timestamp": 1_791_200_000_000, "eventType": "SkillExecution", "executionTime": 900, "env": "prod"}
KEYS = [one.key for one in catalog.stack("prod").observability.dashboards]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(autouse=True)
def _apart(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(sources, "KEPT", kept)
    monkeypatch.setattr(sources.sample, "__defaults__", (None, kept))


def _recording(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows or (ROW,)) + "\n")
    return path


def _refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["render", *words]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err.removeprefix("lookout: ").rstrip("\n")


def test_one_command_takes_someone_without_an_account_to_every_dashboard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pages"
    assert main(["render", "--out", str(out)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted(path.name for path in out.iterdir()) == sorted(["index.html", *(f"{key}.html" for key in KEYS)])
    assert f"  {out / 'errors.html'}" in lines
    assert "Made-up sample data: nobody measured it. --data PATH draws recorded data." in lines
    assert lines[-1] == f"Open {(out / 'index.html').as_uri()}"
    index = (out / "index.html").read_text()
    assert all(f'href="{key}.html"' in index for key in KEYS)
    for path in out.iterdir():
        assert "Made-up sample data: nobody measured it." in path.read_text()


def test_recorded_data_is_drawn_as_of_its_end_and_is_not_called_made_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _recording(tmp_path / "rows.jsonl", ROW, {**ROW, "timestamp": ROW["timestamp"] + 60_000})  # type: ignore[operator]
    assert main(["render", "performance", "--data", str(data), "--out", str(tmp_path / "out"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["data"], told["made_up"]) == ("rows.jsonl", False)
    assert told["now_seconds"] == pytest.approx(1_791_200_060, abs=1)
    assert "Made-up" not in (tmp_path / "out" / "performance.html").read_text()
    states = {one["title"]: one["state"] for one in told["dashboards"][0]["pages"][0]["widgets"]}
    assert states["Execution time (ms)"] == "drawn"
    assert states["Routing (ms of 100)"] == "empty"


def test_pictures_are_one_for_each_page_and_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "errors", "rollout", "--format", "svg", "--theme", "dark", "--out", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "errors-failures.svg",
        "errors-telemetry.svg",
        "rollout.svg",
    ]
    for path in tmp_path.iterdir():
        ET.fromstring(path.read_text())
    capsys.readouterr()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium here; `apt-get install -y chromium`")
def test_a_png_is_a_picture_of_the_size_of_its_page_and_can_be_written_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["render", "rollout", "--format", "png", "--out", str(tmp_path)]
    assert main(words) == 0
    content = (tmp_path / "rollout.png").read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    wide, tall = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert wide == 1440
    assert tall > 900
    assert len(content) > 20_000
    assert png.is_ours(tmp_path / "rollout.png")
    assert main(words) == 0
    capsys.readouterr()


def test_without_a_browser_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lookout.rendering.png.shutil.which", lambda name: None)
    said = _refusal(capsys, "rollout", "--format", "png", "--out", str(tmp_path))
    assert said == (
        "PNG is drawn by Chromium, which is not installed here.\n"
        "Install it: sudo apt-get install -y chromium. Or take --format svg, which needs nothing."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_widget_that_cannot_be_evaluated_is_a_finding_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = catalog.stack("prod")
    board = next(one for one in stack.observability.dashboards if one.key == "rollout")
    widgets = list(board.pages[0].widgets)
    widgets[0] = widgets[0].model_copy(update={"queries": ("FROM Metric SELECT count(*) PREDICT",)})
    page = board.pages[0].model_copy(update={"widgets": tuple(widgets)})
    seen = stack.observability.model_copy(update={"dashboards": (board.model_copy(update={"pages": (page,)}),)})
    monkeypatch.setattr("monitors.catalog.stack", lambda name: stack.model_copy(update={"observability": seen}))
    assert main(["render", "--data", str(_recording(tmp_path / "r.jsonl")), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().out
    assert '  not drawn: "Skills are on for (%)": Cannot be drawn. Not evaluated offline: PREDICT' in said
    assert "Not evaluated offline" in (tmp_path / "out" / "rollout.html").read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["error"], "the stack prod has no dashboard 'error'.\nDid you mean errors?"),
        (["zzz"], f"the stack prod has no dashboard 'zzz'.\nIt has {', '.join(KEYS)}."),
        (
            ["--now", "yesterday"],
            "--now 'yesterday' is no time.\nWrite one such as 2026-10-06, 2026-10-06T03:00 or 2026-10-06T10:00Z.",
        ),
        (["--sample", "--data", "x"], "--sample and --data name two kinds of data; leave one of them out."),
    ],
)
def test_a_wrong_word_is_named_with_the_next_step(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _refusal(capsys, *words, "--out", str(tmp_path / "out")).startswith(message)


def test_data_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "missing"
    said = _refusal(capsys, "--data", str(missing), "--out", str(tmp_path / "out"))
    assert said.startswith(f"{missing} does not exist;")
    assert said.endswith("Leave --data out to draw made-up sample data.")


def test_a_moment_before_the_data_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _recording(tmp_path / "rows.jsonl")
    said = _refusal(capsys, "--data", str(data), "--now", "2026-01-01", "--out", str(tmp_path / "out"))
    assert said == "--now is before the first recorded row: every widget would be empty.\nName a later time."


def test_a_file_of_somebodys_own_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "errors.html"
    own.write_text("<h1>mine</h1>")
    said = _refusal(capsys, "--out", str(tmp_path))
    assert said == f"{own} exists and was not written by `lookout render`.\nMove it away, or name another --out."
    assert own.read_text() == "<h1>mine</h1>"
    assert list(tmp_path.iterdir()) == [own]


def test_what_was_rendered_before_is_written_anew_and_other_files_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for theme in ("light", "dark"):
        assert main(["render", "rollout", "--theme", theme, "--out", str(tmp_path)]) == 0
        assert f"color-scheme:{theme}" in (tmp_path / "rollout.html").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "notes.txt", "rollout.html"]
    capsys.readouterr()


def test_a_file_as_folder_and_the_recordings_own_folder_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _recording(tmp_path / "rows.jsonl")
    assert _refusal(capsys, "--out", str(file)).startswith(f"--out {file} is a file.")
    said = _refusal(capsys, "--data", str(tmp_path), "--out", str(tmp_path))
    assert said == f"--out {tmp_path} is the folder of the recorded data.\nName another folder."


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _recording(tmp_path / "rows.jsonl")
    out = Path("/proc/nowhere")
    said = _refusal(capsys, "rollout", "--data", str(data), "--out", str(out))
    assert said.startswith(f"{out / 'rollout.html'} cannot be written: ")
    assert said.endswith("Name another --out.")


def test_the_sample_is_made_once_and_old_ones_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = catalog.stack("prod")
    for number in range(4):
        (tmp_path / f"old{number}").mkdir()
    first = sources.sample(stack, kept=tmp_path)
    made = [path for path in tmp_path.iterdir() if not path.name.startswith("old")]
    assert len(list(tmp_path.iterdir())) == 3
    monkeypatch.setattr("monitors.pictures.sample.write", lambda *given: pytest.fail("it is made again"))
    again = sources.sample(stack, kept=tmp_path)
    assert [path for path in tmp_path.iterdir() if not path.name.startswith("old")] == made
    assert len(first.data) == len(again.data)


def test_help_answers_without_what_drawing_needs() -> None:
    program = (
        "import sys; from lookout.main import main; main(['render', '--help']); "
        "print(sorted(name for name in ('duckdb', 'numpy', 'pydantic') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_browser_that_does_not_start_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/nowhere/at/all\n")
    browser.chmod(0o755)
    monkeypatch.setattr(png, "browser", lambda: str(browser))
    told = _refusal(capsys, "errors", "--format", "png", "--out", str(tmp_path / "out"))
    assert told == (
        f"Chromium at {browser} cannot be started: No such file or directory.\nInstall it again, or take --format svg."
    )


@pytest.mark.parametrize("time", ["0001-01-01", "9999-12-31T23:59", "1969-12-31"])
def test_a_moment_so_far_off_that_clocks_end_is_refused(time: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = _refusal(capsys, "errors", "--now", time)
    assert told == f"--now '{time}' is not within 2000 and 2099.\nWrite a year that data can be from."
