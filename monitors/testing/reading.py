"""Reads case files: one YAML list for each alert, named by the alert's key.

All scalars are read as text, so that YAML's own ideas (`no` is false, `1:30` is 90) never change what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from monitors.testing.cases import Case, Expectation, Series
from monitors.testing.parts import CaseError

CASES: Final = Path(__file__).resolve().parents[1] / "catalog" / "cases"
_LARGEST_BYTES: Final = 1_000_000
_DEEPEST: Final = 8  # the list, a case, series, one of them, its attributes; some to spare for a message of our own
# The one in C, where PyYAML was built with it, reads seven times as fast.
_LOADER: Final[type[yaml.SafeLoader | yaml.CSafeLoader]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class PlacedCase:
    """A case with the alert it is of and where it stands; `place` is file name and line."""

    alert: str
    case: Case
    place: str


def read_cases(path: Path) -> tuple[PlacedCase, ...]:
    """Return the cases of one file. Raises `CaseError` naming file, line, case and field of every fault in it."""
    found: list[PlacedCase] = []
    faults: list[str] = []
    for node in _listed(path):
        place = f"{path.name}:{node.start_mark.line + 1}"
        try:
            found.append(PlacedCase(path.stem, _case(node, path.name), place))
        except CaseError as error:
            faults.extend(error.faults)
    names = [one.case.name for one in found]
    faults += [
        f"{one.place}: two cases are named {one.case.name!r}; a name is one promise, give one of them another"
        for index, one in enumerate(found)
        if one.case.name in names[:index]
    ]
    if faults:
        raise CaseError(*faults)
    return tuple(found)


def _listed(path: Path) -> list[yaml.Node]:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise CaseError(f"{path.name}: the file holds more than {_LARGEST_BYTES:,} bytes; split its cases' values")
        text = path.read_text(encoding="utf-8")
        _check_shape(text, path.name)
        root = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CaseError(f"{path.name}: this is no YAML: {' '.join(str(error).split())}") from None
    except OSError as error:
        raise CaseError(f"{path.name}: the file cannot be read: {error.strerror}") from None
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        raise CaseError(f"{path.name}: the file holds no list of cases; begin each with `- name: ...`")
    items: list[yaml.Node] = root.value
    return items


def _check_shape(text: str, file: str) -> None:
    """Refuse what no case holds, before a tree is made of it: building deep ones is recursive, and aliases multiply."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        place = f"{file}:{event.start_mark.line + 1 if event.start_mark else 1}"
        if isinstance(event, yaml.AliasEvent):
            raise CaseError(f"{place}: *{event.anchor} stands for something above; write it out, a case is read alone")
        if depth > _DEEPEST:
            raise CaseError(f"{place}: this is nested deeper than any field of a case")


def _case(node: yaml.Node, file: str) -> Case:
    """Return one case; its parts are built first, each with its own place in the faults."""
    fields = _mapping(node, f"{file}:{node.start_mark.line + 1}")
    name = fields["name"].value if isinstance(fields.get("name"), yaml.ScalarNode) else None
    where = _Where(file, f'case "{name}"' if name else "a case without a name")
    faults: list[str] = []
    values: dict[str, Any] = {}
    for key, value in fields.items():
        try:
            values[key] = _field(key, value, where)
        except CaseError as error:
            faults.extend(error.faults)
    if faults:
        raise CaseError(*faults)
    case: Case = where.build(Case, values, node, "")
    return case


@dataclass(frozen=True)
class _Where:
    """The file and the case that a fault is in."""

    file: str
    case: str

    def build(self, part: Any, values: dict[str, Any], node: yaml.Node, what: str) -> Any:
        try:
            return part(**values)
        except CaseError as error:
            raise CaseError(*(self.told(node, what, fault) for fault in error.faults)) from None

    def told(self, node: yaml.Node, what: str, fault: str) -> str:
        return f"{self.file}:{node.start_mark.line + 1}: {self.case}{f', {what}' if what else ''}: {fault}"


def _field(key: str, node: yaml.Node, where: _Where) -> Any:
    if key == "series":
        return tuple(_parts(Series, node, where, "series"))
    if key == "expect":
        if isinstance(node, yaml.ScalarNode) and node.value == "nothing":
            return ()
        return tuple(_parts(Expectation, node, where, "expectation"))
    return _plain(node, f"{where.file}:{node.start_mark.line + 1}")


def _parts(part: Any, node: yaml.Node, where: _Where, what: str) -> Iterator[Any]:
    if not isinstance(node, yaml.SequenceNode):
        nothing = ", or write `expect: nothing`" if part is Expectation else ""
        raise CaseError(where.told(node, what, f"a list is needed, each item with a dash{nothing}."))
    faults: list[str] = []
    for number, item in enumerate(node.value, 1):
        label = f"{what} {number}"
        try:
            place = f"{where.file}:{item.start_mark.line + 1}"
            values = {key: _plain(value, place) for key, value in _mapping(item, place).items()}
            yield where.build(part, values, item, label)
        except CaseError as error:
            faults.extend(error.faults)
    if faults:
        raise CaseError(*faults)


def _mapping(node: yaml.Node, place: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise CaseError(f"{place}: fields are needed here, such as `name: ...`")
    fields: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value in fields:
            raise CaseError(f"{place}: field {key.value} is given twice; leave one of them out")
        fields[key.value] = value
    return fields


def _plain(node: yaml.Node, place: str) -> str | list[Any] | dict[str, Any]:
    """Return a node's value with every scalar as the text it is written as."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, place) for item in node.value]
    return {key: _plain(value, place) for key, value in _mapping(node, place).items()}


def case_files(folder: Path = CASES) -> Sequence[Path]:
    """Return the case files of a folder, by alert key."""
    return sorted(folder.glob("*.yaml"))
