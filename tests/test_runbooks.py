"""The runbooks: each alert has a section at its anchor, every section is whole, and every link and command is real."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from monitors.catalog import stack
from monitors.spec import NrqlCondition
from service.metrics import Unit

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "runbooks"
PARTS: Final = ("What it means", "First look", "What to do", "When it is over")
FILES: Final = (
    "cost-optimization.md",
    "incident-response.md",
    "performance-tuning.md",
    "production-rollout-playbook.md",
    "skills-deployment.md",
    "skills-rollback.md",
)
# What a person at a terminal is told to run; whatever follows is Pulumi's or this repository's own.
PROGRAMS: Final = {"pulumi", "curl", "git", "make", ".venv/bin/lookout"}
PULUMI: Final = {"up", "preview", "refresh", "cancel", "config", "stack"}
LOOKOUT: Final = {"up", "preview", "refresh", "destroy", "sandbox"}
CONDITIONS: Final = stack("prod").observability.conditions


@dataclass(frozen=True)
class Section:
    """A heading of the second level and the text below it, up to the next one."""

    heading: str
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The fixed sub-headings that the section has, in its order."""
        return tuple(part for part in re.findall(r"^\*\*(.+)\*\*$", self.text, re.MULTILINE) if part in PARTS)


def anchor(heading: str) -> str:
    """Return GitHub's anchor of a heading: lower case, punctuation dropped, each space a hyphen."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def sections(file: str) -> list[Section]:
    """Return the sections of a runbook; a line within a fenced block is no heading."""
    text = (FOLDER / file).read_text(encoding="utf-8")
    outside = re.sub(r"^( *)```.*?^\1```", lambda block: block[0].replace("\n#", "\n "), text, flags=re.S | re.M)
    pieces = re.split(r"^## (.+)$", outside, flags=re.MULTILINE)
    return [Section(heading, body) for heading, body in zip(pieces[1::2], pieces[2::2], strict=True)]


def test_the_runbooks_are_the_ones_the_product_needs() -> None:
    assert tuple(sorted(path.name for path in FOLDER.iterdir())) == FILES


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.key)
def test_an_alert_has_exactly_one_whole_section_at_its_anchor(condition: NrqlCondition) -> None:
    found = [one for one in sections(condition.runbook.file) if anchor(one.heading) == condition.runbook.anchor]
    assert [one.parts for one in found] == [PARTS]


@pytest.mark.parametrize("file", FILES)
def test_no_section_is_about_an_alert_that_does_not_exist(file: str) -> None:
    known = {one.key for one in CONDITIONS if one.runbook.file == file}
    assert {anchor(one.heading) for one in sections(file) if one.parts} == known


@pytest.mark.parametrize("file", FILES)
def test_a_runbook_ends_with_troubleshooting_and_questions(file: str) -> None:
    assert [one.heading for one in sections(file)][-2:] == ["Troubleshooting", "Questions"]


@pytest.mark.parametrize("file", FILES)
def test_no_two_sections_have_one_anchor(file: str) -> None:
    anchors = [anchor(one.heading) for one in sections(file)]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.key)
def test_a_section_shows_where_to_look_first_on_what_the_alert_is_about(condition: NrqlCondition) -> None:
    (section,) = (one for one in sections(condition.runbook.file) if anchor(one.heading) == condition.key)
    first_look = section.text.partition("**First look**")[2].partition("**What to do**")[0]
    assert "```nrql\nFROM " in first_look
    # A metric by its name in backquotes; an alert on events or checks has none, and is told by their type.
    watched = re.findall(r"`[^`]+`", condition.query) or re.findall(r"FROM \w+", condition.query)
    assert any(name in first_look for name in watched)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.key)
def test_a_section_names_the_figure_at_which_the_alert_opens(condition: NrqlCondition) -> None:
    """Figures drift apart when only one of the two places is edited."""
    (section,) = (one for one in sections(condition.runbook.file) if anchor(one.heading) == condition.key)
    meaning = " ".join(section.text.partition("**First look**")[0].split())
    if condition.baseline is not None:
        assert [term.value for term in condition.thresholds] == [3]
        assert "three standard deviations" in meaning
        return
    for term in condition.thresholds:
        forms = _spoken(term.value, condition.unit)
        written = any(re.search(rf"(?<![\d.]){re.escape(form)}", meaning) for form in forms)
        assert written, f"{forms} is not in: {meaning}"


@pytest.mark.parametrize("file", FILES)
def test_every_link_leads_to_a_section_that_exists(file: str) -> None:
    text = (FOLDER / file).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        name, _, place = target.partition("#")
        assert not name or name in FILES, target
        headings = re.findall(r"^#+ (.+)$", (FOLDER / (name or file)).read_text(encoding="utf-8"), re.MULTILINE)
        assert not place or place in {anchor(heading) for heading in headings}, target


@pytest.mark.parametrize("file", FILES)
def test_every_command_is_one_that_exists(file: str) -> None:
    for command in commands(file):
        program, *rest = command.split()
        assert program in PROGRAMS, command
        if program == "pulumi":
            assert rest[0] in PULUMI, command
        if program == ".venv/bin/lookout":
            assert rest[0] in LOOKOUT, command
        if program == "make":
            assert re.search(rf"^{rest[0]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), command


@pytest.mark.parametrize("file", FILES)
def test_every_file_and_setting_that_is_named_exists(file: str) -> None:
    text = (FOLDER / file).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:monitors|service|infra)/[\w/]+\.py)`", text):
        assert (ROOT / path).is_file(), path
    settings = {one.name for one in stack("prod").settings}
    for setting in re.findall(r"config (?:get|set)(?: --secret)? (\w+)", text):
        assert setting in settings, setting
    dashboards = {one.name for one in stack("prod").observability.dashboards}
    for dashboard in re.findall(r'dashboard\s+"([^"]+)"', text):
        assert f"{' '.join(dashboard.split())} (prod)" in dashboards


def test_the_playbook_has_at_least_twenty_checks_before_the_first_stage() -> None:
    (before,) = (one for one in sections("production-rollout-playbook.md") if one.heading == "Before the first stage")
    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", before.text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 20


def test_there_are_four_ways_back_by_hand() -> None:
    methods = [one.heading for one in sections("skills-rollback.md") if one.heading.startswith("Method ")]
    assert [heading[:8] for heading in methods] == ["Method 1", "Method 2", "Method 3", "Method 4"]


def commands(file: str) -> list[str]:
    """Return the commands of a runbook: the lines of its shell blocks, and what it says to run within a sentence."""
    text = (FOLDER / file).read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.strip()]
    assigned = [re.sub(r"^\w+=\$\((.+)\)$", r"\1", line) for line in lines]
    starts = "|".join(re.escape(program) for program in sorted(PROGRAMS))
    return [*assigned, *re.findall(rf"`((?:{starts}) [^`]+)`", text)]


def _spoken(value: float, unit: Unit) -> tuple[str, ...]:
    """Return how a runbook may write a threshold, with what it counts, so that no other figure is taken for it."""
    return {
        Unit.PERCENT: (f"{value:g} %", f"{value:g} point"),
        Unit.MILLISECONDS: (f"{value / 1000:g} second",),
        Unit.SECONDS: (f"{value / 60:g} minutes",),
        Unit.USD: (f"{value:g} USD",),
        Unit.DAYS: (f"{value:g} days",),
        Unit.ONE: (f"below {value:g} ", f"More than {value:g} ") if value else ("At least one ",),
    }[unit]
