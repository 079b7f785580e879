"""The sandbox's store: what is put in comes out, in order, over restarts, threads and damage."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.store import Store, StoreCorrupt


@pytest.fixture
def path(store: Store) -> Path:
    return store.path


def test_an_object_is_read_back_as_it_was_put(store: Store) -> None:
    document = {"id": "srv-1", "nested": {"list": [1, 2.5, None, True], "text": "ö ☃"}}
    store.put("render", "service", "srv-1", "web", document)
    found = store.get("render", "service", "srv-1")
    assert found is not None
    assert (found.vendor, found.kind, found.id, found.name, found.document) == (
        "render",
        "service",
        "srv-1",
        "web",
        document,
    )


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.get("render", "service", "srv-1") is None


def test_the_same_id_at_another_vendor_or_of_another_kind_is_another_object(store: Store) -> None:
    store.put("newrelic", "A", "1", "a", {"n": 1})
    store.put("newrelic", "B", "1", "b", {"n": 2})
    store.put("pagerduty", "A", "1", "c", {"n": 3})
    assert [store.get(*key).document["n"] for key in _KEYS] == [1, 2, 3]  # type: ignore[union-attr]  # all were put


_KEYS = (("newrelic", "A", "1"), ("newrelic", "B", "1"), ("pagerduty", "A", "1"))


def test_a_document_handed_out_is_a_copy(store: Store) -> None:
    given = {"tags": ["a"]}
    store.put("render", "service", "srv-1", "web", given)
    given["tags"].append("b")
    first = store.get("render", "service", "srv-1")
    assert first is not None
    first.document["tags"].append("c")
    again = store.get("render", "service", "srv-1")
    assert again is not None
    assert again.document == {"tags": ["a"]}


def test_a_replaced_object_keeps_its_age_and_its_place(store: Store) -> None:
    for number in (1, 2):
        store.put("render", "service", f"srv-{number}", "web", {"n": number})
    before = store.get("render", "service", "srv-1")
    store.put("render", "service", "srv-1", "renamed", {"n": 9})
    found = store.find("render")
    assert [(one.id, one.name, one.document["n"]) for one in found] == [("srv-1", "renamed", 9), ("srv-2", "web", 2)]
    assert before is not None
    assert found[0].created_at == before.created_at


def test_objects_are_found_by_kind_and_by_name_in_the_order_they_were_created(store: Store) -> None:
    for number, name in enumerate(["b", "a", "b"]):
        store.put("newrelic", "AlertPolicy", str(number), name, {})
    store.put("newrelic", "Workflow", "9", "b", {})
    assert [one.id for one in store.find("newrelic", "AlertPolicy")] == ["0", "1", "2"]
    assert [one.id for one in store.find("newrelic", "AlertPolicy", name="b")] == ["0", "2"]
    assert [one.id for one in store.find("newrelic", name="b")] == ["0", "2", "9"]
    assert store.find("render") == []


@pytest.mark.parametrize("name", ["'; DROP TABLE objects; --", '"', "%", "\u2028", ""])
def test_a_strange_name_is_only_a_name(store: Store, name: str) -> None:
    store.put("render", "service", "srv-1", name, {})
    assert [one.name for one in store.find("render", name=name)] == [name]


def test_deleting_says_whether_there_was_anything(store: Store) -> None:
    store.put("render", "service", "srv-1", "web", {})
    assert store.delete("render", "service", "srv-1")
    assert not store.delete("render", "service", "srv-1")
    assert store.find("render") == []


def test_what_json_has_no_word_for_is_refused_and_nothing_is_stored(store: Store) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        store.put("render", "service", "srv-1", "web", {"n": float("nan")})
    assert store.find("render") == []


def test_the_counts_are_by_vendor_and_kind(store: Store) -> None:
    for vendor, kind, identity in (("render", "service", "1"), ("render", "service", "2"), ("newrelic", "A", "1")):
        store.put(vendor, kind, identity, "", {})
    assert store.counts() == {"newrelic": {"A": 1}, "render": {"service": 2}}


def test_a_sequence_counts_on_over_a_restart_and_beside_others(store: Store, path: Path) -> None:
    assert [store.next_number("policies") for _ in range(3)] == [1, 2, 3]
    assert store.next_number("conditions") == 1
    store.close()
    again = Store.open(path)
    assert again.next_number("policies") == 4
    again.close()


def test_objects_stay_over_a_restart(store: Store, path: Path) -> None:
    store.put("render", "service", "srv-1", "web", {"n": 1})
    store.close()
    again = Store.open(path)
    assert again.counts() == {"render": {"service": 1}}
    again.close()


def test_a_transaction_left_by_an_exception_leaves_nothing_behind(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            store.put("render", "service", "srv-1", "web", {})
            store.next_number("services")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.counts() == {}
    assert store.next_number("services") == 1


def test_an_inner_transaction_that_fails_undoes_its_own_writes_only(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            store.put("render", "service", "srv-2", "web", {})
            raise KeyError

    with store.transaction():
        store.put("render", "service", "srv-1", "web", {})
        with pytest.raises(KeyError):
            fail()
        store.put("render", "service", "srv-3", "web", {})
    assert [one.id for one in store.find("render")] == ["srv-1", "srv-3"]


def test_another_thread_waits_for_the_end_of_a_transaction(store: Store) -> None:
    inside, seen = threading.Event(), list[int]()

    def look() -> None:
        inside.wait(5)
        seen.append(len(store.find("render")))

    thread = threading.Thread(target=look)
    thread.start()
    with store.transaction():
        store.put("render", "service", "srv-1", "web", {})
        inside.set()
        thread.join(0.1)
        assert seen == []
        store.put("render", "service", "srv-2", "web", {})
    thread.join(5)
    assert seen == [2]


def test_many_threads_lose_no_number_and_no_object(store: Store) -> None:
    def work() -> None:
        for _ in range(25):
            with store.transaction():
                number = store.next_number("n")
                store.put("render", "service", str(number), "", {})

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.next_number("n") == 201
    assert store.counts() == {"render": {"service": 200}}


def test_a_new_store_can_be_read_by_its_user_only(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is no database" * 400)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _other_layout(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def _other_program(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()


@pytest.mark.parametrize("damage", [_garbage, _cut_off, _other_layout, _other_program])
def test_a_damaged_or_foreign_file_is_refused_by_name_with_the_way_out(
    store: Store, path: Path, damage: Callable[[Path], None]
) -> None:
    for number in range(50):
        store.put("render", "service", str(number), "web", {"text": "x" * 500})
    store.close()
    damage(path)
    with pytest.raises(StoreCorrupt) as told:
        Store.open(path)
    assert str(path) in str(told.value)
    assert "`lookout sandbox reset` deletes it and starts with an empty account" in str(told.value)


def test_a_store_in_a_folder_that_is_not_there_is_an_error_of_the_system_not_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Store.open(tmp_path / "none" / "store.sqlite3")
