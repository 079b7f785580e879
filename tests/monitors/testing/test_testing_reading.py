"""Case files: what is read from them, and how every fault in them is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.testing.cases import Case, Span
from monitors.testing.parts import CaseError
from monitors.testing.reading import read_cases

GOOD = """
- name: one skill is slow and the others are not
  start: 2026-03-03T10:00:00-08:00
  stack: prod
  series:
    - metric: Custom/Skills/ExecutionTime
      with: {skillId: contract-review, task: no}
      every: 1m
      times: 40
      values: 4000 for 5m, 6000 for 10m, 4000 for 15m
  expect:
    - opens: 12m
      closes: 20m..21m
      priority: warning
      facet: contract-review
      severity: SEV3
      runbook: performance-tuning.md#slow-skill
      told: [slack]
      paged: {prod: [], staging: [ai-engineer-a]}
- name: nothing happens at all, at any time
  series:
    - {event: SkillExecution, values: 1 for 1m}
  expect: nothing
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "slow-skill.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_cases(written(folder, text))
    return str(caught.value).split("\n")


def with_series(fields: str) -> str:
    return f"- name: a promise about it\n  series:\n    - {{{fields}}}\n  expect: nothing\n"


def with_expectation(fields: str) -> str:
    return (
        "- name: a promise about it\n"
        "  series: [{metric: Custom/Service/Health, values: 1 for 30m}]\n"
        f"  expect:\n    - {{{fields}}}\n"
    )


@pytest.fixture
def good(tmp_path: Path) -> Case:
    text = GOOD.replace("task: no", "task: draft")
    return read_cases(written(tmp_path, text))[0].case


def test_a_case_is_read_whole(good: Case) -> None:
    assert good.name == "one skill is slow and the others are not"
    assert good.start == datetime(2026, 3, 3, 18, tzinfo=UTC)
    assert good.stacks == ("prod",)
    assert good.length_seconds == 30 * 60
    (series,) = good.series
    assert (series.metric, series.every_seconds, series.times) == ("Custom/Skills/ExecutionTime", 60, 40)
    (expected,) = good.expect
    assert (expected.opens, expected.closes) == (Span(720, 720), Span(1200, 1260))
    assert expected.facet == ("contract-review",)
    assert expected.told == ("slack",)
    assert expected.paged == {"prod": (), "staging": ("ai-engineer-a",)}


def test_a_case_begins_on_a_monday_and_runs_for_both_stacks_where_it_says_nothing(tmp_path: Path) -> None:
    case = read_cases(written(tmp_path, GOOD.replace("task: no", "task: draft")))[1].case
    assert case.start == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert case.start.isoweekday() == 1
    assert case.stacks == ("prod", "staging")
    assert case.expect == ()


def test_a_case_knows_its_alert_and_its_place(tmp_path: Path) -> None:
    first, second = read_cases(written(tmp_path, GOOD.replace("task: no", "task: draft")))
    assert (first.alert, first.place, second.place) == ("slow-skill", "slow-skill.yaml:2", "slow-skill.yaml:20")


def test_yaml_words_for_true_and_false_stay_texts(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == [
        'slow-skill.yaml:6: case "one skill is slow and the others are not", series 1: field with.task is '
        "'no': task is never that. Known are analyze, draft, research, compliance."
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            "metric: Custom/Skills/ExecutionTme, values: 1",
            "field metric is 'Custom/Skills/ExecutionTme': the service emits no such metric. "
            "Did you mean Custom/Skills/ExecutionTime?",
        ),
        (
            "metric: ExecutionTime, values: 1",
            "field metric is 'ExecutionTime': the service emits no such metric. "
            "Did you mean Custom/Skills/ExecutionTime?",
        ),
        (
            "event: SkillExecutions, values: 1",
            "field event is 'SkillExecutions': there is no such event. Did you mean SkillExecution?",
        ),
        (
            "event: SkillExecution, with: {skilId: x}, values: 1",
            "field with.skilId is 'x': SkillExecution has no attribute of that name. Did you mean skillId?",
        ),
        (
            "event: SkillExecution, with: {outcome: eror}, values: 1",
            "field with.outcome is 'eror': outcome is never that. Did you mean error?",
        ),
        (
            "event: SkillExecution, with: {attempts: many}, values: 1",
            "field with.attempts is 'many': attempts is a number.",
        ),
        (
            "event: SkillExecution, with: {success: yes}, values: 1",
            "field with.success is 'yes': success is true or false.",
        ),
        (
            "event: SkillExecution, values_of: executiontime, values: 1",
            "field values_of is 'executiontime': SkillExecution has no attribute of that name. "
            "Did you mean executionTime?",
        ),
        (
            "metric: Custom/Service/Health, values_of: component, values: 1",
            "field values_of is 'component': a metric's values are its own; leave it out.",
        ),
        (
            "metric: Custom/Service/Health, times: 5, values: 1",
            "field times is 5: only a distribution, or an event with values_of, is measured several times at a "
            "point; write the total into values.",
        ),
        (
            "values: 1",
            "give metric or event, one of them: a series is points of one metric or events of one type.",
        ),
        (
            "metric: Custom/Service/Health, values: 1, evry: 5s",
            "field evry does not exist. Did you mean every?",
        ),
        (
            "metric: Custom/Service/Health, values: 1, every: 20",
            "field every is '20': '20' is no time; write days, hours, minutes and seconds as in 90s, 5m30s or 1d6h.",
        ),
        (
            "metric: Custom/Service/Health, values: 1, stack: mine",
            "field stack is 'mine': input should be 'own' or 'other'. Write own or other.",
        ),
        (
            "metric: Custom/Skills/ExecutionCount, values: '1, 2.5'",
            "field values holds 2.5: a count is whole and not negative.",
        ),
        (
            "event: SkillExecution, values: -1",
            "field values holds -1: a number of events is whole and not negative.",
        ),
        (
            "event: SkillExecution, values_of: executionTime, times: 1000, values: 5 x 201",
            "it makes 201,000 events; 200,000 are enough for any case.",
        ),
        (
            "event: SkillExecution, values: 200001",
            "it makes 200,001 events; 200,000 are enough for any case.",
        ),
        (
            "metric: Custom/Service/Health",
            "field values is missing. Write values such as 300 for 5m.",
        ),
        (
            "metric: Custom/Service/Health, values: 1 for 50s",
            "`1 for 50s`: 50s holds no whole number of points of 20s; 40s or 1m would.",
        ),
    ],
)
def test_a_fault_in_a_series_names_file_line_case_field_value_and_what_to_do(
    tmp_path: Path, fields: str, told: str
) -> None:
    place = 'slow-skill.yaml:3: case "a promise about it", series 1: '
    assert faults(tmp_path, with_series(fields)) == [place + told]


def test_an_event_of_new_relic_that_takes_custom_attributes_takes_any(tmp_path: Path) -> None:
    (one,) = read_cases(written(tmp_path, with_series("event: Transaction, with: {tenant: a}, values: 1")))
    assert one.case.series[0].attributes == {"tenant": "a"}


def test_a_fault_in_the_notation_is_shown_with_carets(tmp_path: Path) -> None:
    assert faults(tmp_path, with_series("metric: Custom/Service/Health, values: 1 for ten")) == [
        "slow-skill.yaml:3: case \"a promise about it\", series 1: field values is '1 for ten': "
        "how long, such as 5m30s is needed where 'ten' stands",
        "    1 for ten",
        "          ^^^",
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("opens: 8m", "field priority is missing. Write critical or warning."),
        (
            "priority: critical",
            "field opens is missing. Write when it opens, such as 8m, or 8m..9m where it is not exact.",
        ),
        (
            "opens: 9m..8m, priority: critical",
            "field opens is '9m..8m': the second time comes before the first; write the earlier one first.",
        ),
        (
            "opens: 9m, closes: 8m, priority: critical",
            "closes at 8m, before it opens at 9m; one of them is wrong.",
        ),
        (
            "opens: 9m, priority: high",
            "field priority is 'high': input should be 'critical' or 'warning'. Write critical or warning.",
        ),
        (
            "opens: 9m, priority: critical, cause: silence",
            "field cause is 'silence': input should be 'threshold' or 'loss of signal'. "
            "Write threshold or loss of signal.",
        ),
        (
            "opens: 9m, priority: critical, severity: SEV9",
            "field severity is 'SEV9': input should be 'SEV1', 'SEV2', 'SEV3' or 'SEV4'. "
            "Write SEV1, SEV2, SEV3 or SEV4.",
        ),
        ("opens: 9m, priority: critical, run_book: x", "field run_book does not exist. Did you mean runbook?"),
    ],
)
def test_a_fault_in_an_expectation_is_told_the_same_way(tmp_path: Path, fields: str, told: str) -> None:
    place = 'slow-skill.yaml:4: case "a promise about it", expectation 1: '
    assert faults(tmp_path, with_expectation(fields)) == [place + told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "slow-skill.yaml: the file holds no list of cases; begin each with `- name: ...`"),
        ("name: x", "slow-skill.yaml: the file holds no list of cases; begin each with `- name: ...`"),
        ("- [[[[[[[[x]]]]]]]]", "slow-skill.yaml:1: this is nested deeper than any field of a case"),
        (f"- {'[' * 100_000}", "slow-skill.yaml:1: this is nested deeper than any field of a case"),
        (
            "- &a {name: a promise about it}\n- *a",
            "slow-skill.yaml:2: *a stands for something above; write it out, a case is read alone",
        ),
        ("- 5", "slow-skill.yaml:1: fields are needed here, such as `name: ...`"),
        (
            "- {name: a promise about it, name: another}",
            "slow-skill.yaml:1: field name is given twice; leave one of them out",
        ),
        (
            "- {name: a promise about it, series: 5, expect: nothing}",
            'slow-skill.yaml:1: case "a promise about it", series: a list is needed, each item with a dash.',
        ),
        (
            "- {name: a promise about it, series: [{event: SkillExecution, values: 1}], expect: something}",
            'slow-skill.yaml:1: case "a promise about it", expectation: a list is needed, each item with a dash, '
            "or write `expect: nothing`.",
        ),
        (
            "- {series: [{event: SkillExecution, values: 1}], expect: nothing}",
            "slow-skill.yaml:1: a case without a name: field name is missing. Name the case by its promise.",
        ),
        (
            "- {name: a promise about it, start: '2026-03-02T09:00:00', series: [{event: SkillExecution, values: 1}], "
            "expect: nothing}",
            "slow-skill.yaml:1: case \"a promise about it\": field start is '2026-03-02T09:00:00': it has no offset; "
            "write it as in 2026-03-02T09:00:00+00:00.",
        ),
        (
            "- {name: a promise about it, series: [{event: SkillExecution, values: 1 for 5m}], "
            "expect: [{opens: 6m, priority: critical}]}",
            'slow-skill.yaml:1: case "a promise about it": expects something at 6m, and the series end at 5m; let one '
            "of them go on, with `_ for 10m` where nothing more is emitted.",
        ),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_told_so(tmp_path: Path, text: str, told: str) -> None:
    assert faults(tmp_path, text) == [told]


def test_broken_yaml_is_told_with_its_place(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "- name: [")
    assert fault.startswith("slow-skill.yaml: this is no YAML: while parsing a flow")


def test_a_binary_file_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "slow-skill.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CaseError, match=r"slow-skill\.yaml: this is no YAML"):
        read_cases(path)


@given(st.text(alphabet="-: \n{}[]&*#'\"!abcxname0123,_|>%@", max_size=60))
def test_any_text_is_read_or_refused_with_the_files_name(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder), text)
        with pytest.raises(CaseError, match=r"^slow-skill\.yaml"):
            read_cases(path)


def test_a_file_of_more_than_a_megabyte_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "# " + "x" * 1_000_000)
    assert fault == "slow-skill.yaml: the file holds more than 1,000,000 bytes; split its cases' values"


def test_a_folder_in_a_files_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "slow-skill.yaml").mkdir()
    with pytest.raises(CaseError, match=r"slow-skill\.yaml: the file cannot be read: Is a directory"):
        read_cases(tmp_path / "slow-skill.yaml")


def test_two_cases_of_one_name_are_refused(tmp_path: Path) -> None:
    text = with_series("metric: Custom/Service/Health, values: 1")
    assert faults(tmp_path, text + text) == [
        "slow-skill.yaml:5: two cases are named 'a promise about it'; a name is one promise, give one of them another"
    ]


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = with_series("metric: Custom/Nothing, values: 1") + with_expectation("opens: 9m").replace("about", "on")
    assert len(faults(tmp_path, text)) == 2
