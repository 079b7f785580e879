"""The page's filters: what can be chosen, and the style rules that hide the rest, so that no script is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from monitors.review.changes import Area, Change, Danger, Diff, by_weight
from monitors.review.formats.words import DANGERS, TITLES
from monitors.standalone import safe
from monitors.words import counted

_AREAS: Final = tuple(Area)


def marks(of: Danger | Area) -> str:
    """Return the class of what is of a danger or an area."""
    return f"d{of.value}" if isinstance(of, Danger) else f"a{_AREAS.index(of)}"


class Choices:
    """What a reader can choose to see of one diff; `ordered` are its changes as the page has them."""

    def __init__(self, diff: Diff) -> None:
        self.ordered = by_weight(diff.changes)
        self._dangers = [danger for danger in DANGERS if any(one.danger is danger for one in self.ordered)]
        self._areas = [area for area in _AREAS if any(one.area is area for one in self.ordered)]
        met = {name for one in self.ordered for name in one.environments}
        named = [*(name for name in diff.stacks if name in met), *sorted(met.difference(diff.stacks))]
        self._environments = {name: f"e{place}" for place, name in enumerate(named)}

    def marks_of(self, one: Change) -> str:
        """Return the classes of a change; one that names no environment is shown for every one."""
        places = [self._environments[name] for name in one.environments] or [*self._environments.values()]
        return " ".join((marks(one.danger), marks(one.area), *places))

    def form(self) -> Iterator[str]:
        """Yield the filters, one row for each thing of which there is a choice."""
        rows = [row for row in self._rows() if len(row[2]) > 1]
        if not rows:
            return
        yield '<form class="filters" aria-label="Which changes are shown">'
        for legend, name, options in rows:
            yield f'<fieldset><legend>{legend}</legend><div class="pills">'
            yield _pill(name, f"{name}-all", "All", len(self.ordered), is_chosen=True)
            for mark, label in options:
                count = sum(mark in self.marks_of(one).split() for one in self.ordered)
                yield _pill(name, mark, label, count)
            yield "</div></fieldset>"
        yield '</form><p class="shown quiet" role="status"></p>'
        yield '<p class="none" hidden>No change is all of what you chose.</p>'

    def style(self) -> str:
        """Return the rules that hide what was not chosen, groups that are left empty too."""
        dangers, areas, places = map(marks, self._dangers), [*map(marks, self._areas)], [*self._environments.values()]
        rules = [f"body:has(#{one}:checked) .danger:not(.{one})" for one in dangers]
        rules += [f"body:has(#{one}:checked) :is(.area:not(.{one}), .danger:not(:has(.area.{one})))" for one in areas]
        rules += [
            f"body:has(#{one}:checked) :is(.change:not(.{one}), .area:not(:has(.{one})), .danger:not(:has(.{one})))"
            for one in places
        ]
        rules += [
            f"body:has(#{area}:checked):has(#{place}:checked) .danger:not(:has(.change.{area}.{place}))"
            for area, place in product(areas, places)
        ]
        hidden = "".join(f"{rule} {{ display: none; }}\n" for rule in rules)
        return hidden + "".join(f"{rule} .none {{ display: block; }}\n" for rule in self._empty())

    def _empty(self) -> Iterator[str]:
        """Yield what holds where a choice leaves nothing."""
        taken = {mark for one in self.ordered for mark in self._combinations(one)}
        everything = (
            [marks(one) for one in self._dangers] + [""],
            [marks(one) for one in self._areas] + [""],
            [*self._environments.values(), ""],
        )
        for chosen in product(*everything):
            if chosen not in taken and any(chosen):
                yield "body" + "".join(f":has(#{one}:checked)" for one in chosen if one) + self._unchosen(chosen)

    def _combinations(self, one: Change) -> Iterator[tuple[str, ...]]:
        danger, area, *places = self.marks_of(one).split()
        yield from product((danger, ""), (area, ""), (*places, ""))

    def _unchosen(self, chosen: Sequence[str]) -> str:
        names = ("danger", "area", "where")
        return "".join(f":has(#{name}-all:checked)" for name, one in zip(names, chosen, strict=True) if not one)

    def _rows(self) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
        yield "Danger", "danger", [(marks(one), TITLES[one]) for one in self._dangers]
        yield "About", "area", [(marks(one), one.capitalize()) for one in self._areas]
        yield "Environment", "where", [(mark, name) for name, mark in self._environments.items()]


def _pill(name: str, mark: str, label: str, count: int, *, is_chosen: bool = False) -> str:
    checked = " checked" if is_chosen else ""
    told = f'<span class="unseen">, {counted(count, "change")}</span><span aria-hidden="true"> {count:,}</span>'
    return (
        f'<input type="radio" name="{name}" id="{mark}"{checked}>'
        f'<label class="pill" for="{mark}">{safe(label)}{told}</label>'
    )
