"""The specs of a commit and of the working tree are read apart from this process, and every fault is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from git_checkouts import CHECKOUT, SMALL, TARGET, Checkout, small

from lookout.errors import CouldNotRun
from lookout.revisions.git import Repository
from lookout.revisions.loading import Sides, load, reading
from lookout.revisions.source import OURS, Catalogue, Source, catalogue, sides
from monitors import catalog

LEVEL = "critical=above(5, 5 * MINUTE)"
SKILL_ALERTS = "monitors/catalog/skill_alerts.py"


@pytest.fixture(autouse=True)
def nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a temporary folder behind."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def both(
    checkout: Checkout, base: str | None, head: str | None = None, target: str = TARGET, seconds: int = 60
) -> Sides:
    found = Catalogue(target, checkout.folder)
    repository = Repository(checkout.folder)
    before, after = sides(found, repository, base, head)
    with reading(before, after, repository, seconds) as wait:
        return wait()


def refusal(checkout: Checkout, base: str | None, head: str | None = None, seconds: int = 60) -> str:
    with pytest.raises(CouldNotRun) as fault:
        both(checkout, base, head, seconds=seconds)
    return str(fault.value)


def role(checkout: Checkout, revision: str | None) -> str:
    return load(revision, checkout.folder, TARGET)["prod"].response.users[0].role


def test_our_catalogue_is_read_whole_from_a_commit_and_from_the_working_tree_with_what_is_not_committed(
    ours: Checkout,
) -> None:
    ours.replace(SKILL_ALERTS, LEVEL, LEVEL.replace("5,", "7,"))
    found = both(ours, "main", target=OURS)
    assert found.before.notes == found.after.notes == ()
    for name in catalog.STACKS:
        assert found.before.stacks[name] == catalog.stack(name)
        key = "high-skill-error-rate"
        (condition,) = (one for one in found.after.stacks[name].observability.conditions if one.key == key)
        assert condition.critical is not None
        assert condition.critical.value == 7
        assert condition.declared_at.path == SKILL_ALERTS


def test_modules_come_from_the_revision_and_never_from_this_checkout(ours: Checkout) -> None:
    ours.write("service/metrics.py", "raise RuntimeError('the metrics of the tree')\n")
    ours.commit()
    with pytest.raises(CouldNotRun) as fault:
        load("HEAD", ours.folder, OURS)
    assert str(fault.value) == (
        "the specs of HEAD ({}) cannot be built: RuntimeError: the metrics of the tree\n"
        "at service/metrics.py:1\n"
        "Mend that in a commit of its own, or compare with a revision whose specs can be built."
    ).format(ours.git("rev-parse", "HEAD")[:7])


def test_a_revision_whose_catalogue_needs_more_than_most_do_is_read_as_well(ours: Checkout) -> None:
    path = "monitors/catalog/terms.py"
    ours.write(path, (ours.folder / path).read_text(encoding="utf-8") + "\nfrom monitors.nrql.parser import parse\n")
    ours.commit()
    assert load("HEAD", ours.folder, OURS) == {name: catalog.stack(name) for name in catalog.STACKS}


def test_nothing_is_written_to_the_repository(ours: Checkout) -> None:
    both(ours, "main", target=OURS)
    assert ours.status() == ""


def test_what_a_catalogue_prints_is_no_part_of_the_answer(little: Checkout) -> None:
    little.write("watched.py", f"print('noise')\n{SMALL}")
    assert role(little, None) == "First engineer"


def test_the_second_reading_of_a_commit_runs_nothing_of_it(little: Checkout, kept: Path) -> None:
    marker = little.folder / "read"
    with_vocabulary(little, f"open({str(marker)!r}, 'a').write('x')\n")
    little.commit()
    assert [role(little, "HEAD") for _ in range(3)] == ["First engineer"] * 3
    assert marker.read_text(encoding="utf-8") == "x"
    assert len(list(kept.iterdir())) == 1


def with_vocabulary(checkout: Checkout, more: str = "") -> None:
    """Give a small repository the real vocabulary of its own, without which nothing is kept of it."""
    for part in ("service", "monitors/spec"):
        for path in (CHECKOUT / part).rglob("*.py"):
            checkout.write(path.relative_to(CHECKOUT).as_posix(), path.read_text(encoding="utf-8"))
    checkout.write("monitors/__init__.py", "")
    checkout.write("monitors/words.py", (CHECKOUT / "monitors/words.py").read_text(encoding="utf-8"))
    checkout.write("watched.py", more + SMALL)


@pytest.mark.parametrize("text", ["{", '{"stacks": []}', "[]"])
def test_a_broken_file_of_what_is_kept_is_made_again(little: Checkout, kept: Path, text: str) -> None:
    with_vocabulary(little)
    little.commit()
    assert role(little, "HEAD") == "First engineer"
    (file,) = kept.iterdir()
    whole = file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    assert role(little, "HEAD") == "First engineer"
    assert file.read_text(encoding="utf-8") == whole


def test_where_nothing_can_be_kept_all_goes_on_without(little: Checkout, kept: Path) -> None:
    with_vocabulary(little)
    little.commit()
    kept.parent.mkdir()
    kept.write_text("a file where the folder would be", encoding="utf-8")
    assert role(little, "HEAD") == "First engineer"


def test_the_latest_twenty_are_kept(little: Checkout, kept: Path) -> None:
    with_vocabulary(little)
    little.commit()
    kept.mkdir(parents=True)
    for number in range(30):
        (kept / f"{number}.json").write_text("{}", encoding="utf-8")
        os.utime(kept / f"{number}.json", (number, number))
    role(little, "HEAD")
    names = {one.name for one in kept.iterdir()}
    assert len(names) == 20
    assert {f"{number}.json" for number in range(11, 30)} < names


def test_two_runs_at_once_both_answer(little: Checkout, kept: Path) -> None:
    with_vocabulary(little)
    little.commit()
    with ThreadPoolExecutor(4) as pool:
        roles = list(pool.map(lambda _: role(little, "HEAD"), range(4)))
    assert roles == ["First engineer"] * 4
    assert [json.loads(one.read_bytes())["version"] for one in kept.iterdir()] == [1]


def test_a_catalogue_sees_no_variable_of_this_process_and_no_home(
    little: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PULUMI_CONFIG_PASSPHRASE", "NEW_RELIC_API_KEY", "GITHUB_TOKEN", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "hush-hush")
    look = "import os, pathlib\nSEEN = ' '.join(sorted(os.environ)) + str(sorted(pathlib.Path.home().iterdir()))\n"
    little.write("watched.py", look + SMALL.replace('"First engineer"', "SEEN"))
    assert role(little, None) == "HOME LANG PATH TMPDIR[]"


def test_without_a_home_all_goes_on(little: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    assert role(little, "HEAD") == "First engineer"


def test_a_name_that_does_not_exist_is_told_with_side_file_and_line(little: Checkout) -> None:
    little.write("watched.py", SMALL + "\n\nNOBODY = nobody\n")
    line = SMALL.count("\n") + 3
    assert refusal(little, "main") == (
        "the specs of the working tree cannot be built: NameError: name 'nobody' is not defined\n"
        f"at watched.py:{line}\nMend that, then compare again; `lookout check` tells more."
    )
    little.commit()
    little.write("watched.py", SMALL)
    assert refusal(little, "main").startswith("the specs of main (")


def test_a_refused_spec_is_told_in_its_own_words(little: Checkout) -> None:
    little.write("watched.py", SMALL.replace('"First engineer"', '""'))
    told = refusal(little, "main")
    assert told.startswith('the specs of the working tree cannot be built:\nuser "first" (watched.py:')
    assert "role is ''" in told
    little.commit()
    little.write("watched.py", SMALL)
    assert told.splitlines()[1] in refusal(little, "main")


def test_python_that_cannot_be_read_is_told_with_its_line(little: Checkout) -> None:
    little.write("watched.py", "def stack(:\n")
    assert "SyntaxError: invalid syntax\nat watched.py:1\n" in refusal(little, "main")


def test_the_marks_of_a_merge_conflict_are_told_as_such_on_either_side(little: Checkout) -> None:
    little.write("watched.py", SMALL.replace("    return", "<<<<<<< HEAD\n    return"))
    line = SMALL.split("    return")[0].count("\n") + 1
    expected = "watched.py:{} of {} holds the marks of a merge conflict.\nSettle the conflict first, then run again."
    assert refusal(little, "main") == expected.format(line, "the working tree")
    short = little.commit()[:7]
    little.write("watched.py", SMALL)
    assert refusal(little, "main") == expected.format(line, f"main ({short})")


def test_a_conflict_that_a_merge_has_left_is_told_even_within_a_text(little: Checkout) -> None:
    text = f'"""\nTEXT\n"""\n{SMALL}'
    little.write("watched.py", text)
    little.commit()
    little.git("checkout", "-q", "-b", "topic")
    little.write("watched.py", text.replace("TEXT", "theirs"))
    little.commit()
    little.git("checkout", "-q", "main")
    little.write("watched.py", text.replace("TEXT", "ours"))
    little.commit()
    with pytest.raises(subprocess.CalledProcessError):
        little.git("merge", "topic")
    assert refusal(little, "main").startswith("watched.py:2 of the working tree holds the marks of a merge conflict.")


def test_a_package_that_is_not_installed_is_named(little: Checkout) -> None:
    little.write("watched.py", "import no_such_package\n" + SMALL)
    assert refusal(little, "main") == (
        "the specs of the working tree import no_such_package, which is not there\nat watched.py:1\n"
        "Install what that revision needs, or compare with another one."
    )


def test_a_catalogue_that_hangs_is_stopped_and_told(little: Checkout) -> None:
    little.write("watched.py", "import time\ntime.sleep(60)\n" + SMALL)
    assert refusal(little, "main", seconds=1) == (
        "reading the specs of the working tree took more than 1 s and was stopped.\n"
        "Something in them waits or runs for ever; specs are data, and are read in less than a second."
    )


def test_a_catalogue_that_ends_its_process_is_told_with_its_last_words(little: Checkout) -> None:
    little.write("watched.py", "import os, sys\nprint('good', 'bye', flush=True)\nos._exit(3)\n")
    told = refusal(little, "main")
    assert told.startswith("reading the specs of the working tree ended with code 3 and without an answer: good bye")


def test_a_catalogue_that_leaves_is_told_like_any_other_fault(little: Checkout) -> None:
    little.write("watched.py", "raise SystemExit('no')\n")
    assert "SystemExit: no\nat watched.py:1" in refusal(little, "main")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stack = 3\n", "watched:stack is or returns a int, not a Stack."),
        ("def stack():\n    return [1]\n", "watched:stack is or returns a int, not a Stack."),
        ("stacks = ()\n", "the module watched has no 'stack'."),
    ],
)
def test_an_attribute_that_is_no_stack_is_told(little: Checkout, text: str, told: str) -> None:
    little.write("watched.py", text)
    assert refusal(little, "main").startswith(f"the catalogue of the working tree cannot be read: {told}")


@pytest.mark.parametrize(
    "more", ["STACKS = (stack(),)", "def one(name):\n    return stack()\n", "ONE = stack()", "MORE = [stack()]"]
)
def test_a_catalogue_is_a_stack_several_or_a_function(little: Checkout, more: str) -> None:
    little.write("watched.py", f"{SMALL}\n\n{more}\n")
    name = more.removeprefix("def ").partition(" ")[0].partition("(")[0]
    assert load(None, little.folder, f"watched:{name}")["prod"].response.users[0].key == "first"


def test_a_base_without_the_catalogue_is_told_with_the_first_commit_that_has_it(tmp_path: Path, kept: Path) -> None:
    checkout = Checkout(tmp_path / "made")
    before = checkout.commit("Nothing yet")
    checkout.write("watched.py", SMALL)
    first = checkout.commit("The catalogue")
    assert refusal(checkout, before, "HEAD") == (
        f"{before[:7]} has no watched: there is nothing to compare with. The first commit that has it is "
        f"{first[:7]} The catalogue.\nCompare with that one: lookout diff --direct {first[:7]}."
    )


def test_a_catalogue_that_is_in_no_commit_yet_is_told_so(tmp_path: Path, kept: Path) -> None:
    checkout = Checkout(tmp_path / "made")
    before = checkout.commit("Nothing yet")
    checkout.write("watched.py", SMALL)
    assert refusal(checkout, "main") == (
        f"main ({before[:7]}) has no watched, and no other commit has it: there is nothing to compare with yet.\n"
        "Commit it first; from then on, changes to it can be compared."
    )


def test_a_working_tree_without_the_catalogue_is_told_so(little: Checkout) -> None:
    (little.folder / "watched.py").unlink()
    assert refusal(little, "main") == f"there is no module watched below {little.folder}.\nRun this beside it."


def test_without_a_base_origins_main_is_compared_with_and_else_main(little: Checkout, tmp_path: Path) -> None:
    found, repository = Catalogue(TARGET, little.folder), Repository(little.folder)
    assert str(sides(found, repository, None, None)[0]).startswith("main (")
    clone = tmp_path / "clone"
    little.git("clone", "-q", ".", str(clone))
    assert str(sides(found, Repository(clone), None, None)[0]).startswith("origin/main (")


def test_without_a_base_and_without_a_main_one_is_asked_for(little: Checkout) -> None:
    little.git("branch", "-m", "main", "trunk")
    assert refusal(little, None) == (
        "there is no origin/main or main here to compare with.\nName what to compare with: lookout diff BASE."
    )


def test_the_base_is_taken_where_the_branch_left_it_and_itself_when_asked_directly(little: Checkout) -> None:
    left = little.git("rev-parse", "main")
    little.git("checkout", "-q", "-b", "topic")
    little.commit("On topic")
    little.git("checkout", "-q", "main")
    tip = little.commit("On main")
    found, repository = Catalogue(TARGET, little.folder), Repository(little.folder)
    before, after = sides(found, repository, "main", "topic")
    assert str(before) == f"the merge base with main ({left[:7]})"
    assert str(after).startswith("topic (")
    assert str(sides(found, repository, "main", "topic", direct=True)[0]) == f"main ({tip[:7]})"


def test_our_catalogue_is_that_of_the_worktree_that_one_stands_in(
    ours: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ours.folder / "monitors" / "catalog")
    assert catalogue(None) == Catalogue(OURS, ours.folder)
    monkeypatch.chdir("/")
    assert catalogue(None) == Catalogue(OURS, CHECKOUT)
    assert catalogue("watched:stack").folder == Path("/")
    with pytest.raises(CouldNotRun, match="not of the form module:attribute"):
        catalogue("watched")


def test_a_folder_within_a_repository_can_hold_the_catalogue(tmp_path: Path, kept: Path) -> None:
    checkout = small(tmp_path / "made")
    checkout.git("mv", "watched.py", "moved.py")
    checkout.write("team/watched.py", SMALL.replace("First engineer", "Team engineer"))
    checkout.commit()
    assert load("HEAD", checkout.folder / "team", TARGET)["prod"].response.users[0].role == "Team engineer"


def test_a_run_that_is_killed_leaves_no_process_that_goes_on_for_ever(little: Checkout, tmp_path: Path) -> None:
    note = tmp_path / "process"
    little.write("watched.py", f"import os, time\nopen({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n")
    program = (
        "import sys; from pathlib import Path; from lookout.revisions.git import Repository\n"
        "from lookout.revisions.source import Catalogue, Source; from lookout.revisions.loading import reading\n"
        "folder = Path(sys.argv[1]); side = Source(Catalogue('watched:stack', folder), None)\n"
        "with reading(side, side, Repository(folder), 3) as wait: wait()\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    run = subprocess.Popen([sys.executable, "-c", program, str(little.folder)], env=environment)
    started = time.monotonic()
    while not (note.exists() and note.read_text(encoding="utf-8")) and time.monotonic() - started < 20:
        time.sleep(0.02)
    child = int(note.read_text(encoding="utf-8"))
    run.send_signal(signal.SIGKILL)
    run.wait()
    while _lives(child) and time.monotonic() - started < 30:
        time.sleep(0.05)
    assert not _lives(child)


def test_an_interrupted_run_ends_the_other_processes_and_removes_their_folders(little: Checkout) -> None:
    little.write("watched.py", "import time\ntime.sleep(60)\n")
    side = Source(Catalogue(TARGET, little.folder), None)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), reading(side, side, Repository(little.folder)):
        raise KeyboardInterrupt
    assert time.monotonic() - started < 10


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
