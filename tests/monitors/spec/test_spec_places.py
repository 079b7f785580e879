"""Every spec knows the file and line it was declared at, and that takes no part in what it is."""

from __future__ import annotations

import inspect
import pickle
from pathlib import Path

import pytest

from monitors.catalog import stack
from monitors.spec import Operator, SpecError, Threshold
from monitors.spec.places import Place


def _line() -> int:
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


def test_a_spec_was_declared_where_it_is_written() -> None:
    built, line = Threshold(operator=Operator.ABOVE, value=5, duration_seconds=60), _line()
    assert built.declared_at == Place(__file__, line)


def test_a_refusal_knows_where_the_spec_was_to_be() -> None:
    with pytest.raises(SpecError) as caught:
        Threshold(operator=Operator.ABOVE, value=5, duration_seconds=1)
    assert caught.value.place is not None
    assert caught.value.place.file == __file__


def test_two_equal_specs_of_two_lines_are_equal() -> None:
    one = Threshold(operator=Operator.ABOVE, value=5, duration_seconds=60)
    other = Threshold(operator=Operator.ABOVE, value=5, duration_seconds=60)
    assert (one, hash(one), repr(one)) == (other, hash(other), repr(other))
    assert one.declared_at != other.declared_at


def test_a_copy_is_declared_where_it_was_changed() -> None:
    one = Threshold(operator=Operator.ABOVE, value=5, duration_seconds=60)
    copy, line = one.model_copy(update={"value": 6}), _line()
    assert copy.declared_at.line == line


def test_the_place_is_no_part_of_what_is_dumped_and_survives_pickling() -> None:
    one = Threshold(operator=Operator.ABOVE, value=5, duration_seconds=60)
    assert set(one.model_dump()) == set(Threshold.model_fields)
    assert pickle.loads(pickle.dumps(one)).declared_at == one.declared_at


def test_an_alert_of_the_catalogue_is_found_by_its_place() -> None:
    for condition in stack("prod").observability.conditions:
        place = condition.declared_at
        assert place.path.startswith("monitors/catalog/")
        lines = Path(place.file).read_text(encoding="utf-8").splitlines()
        assert "NrqlCondition(" in lines[place.line - 1], condition.key


def test_a_file_outside_the_checkout_keeps_its_whole_path() -> None:
    place = Place("/elsewhere/alerts/mine.py", 7)
    assert (place.path, str(place)) == ("/elsewhere/alerts/mine.py", "alerts/mine.py:7")
