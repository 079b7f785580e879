"""Shapes of values that several specs share: names, sentences, times, templates, and collections that cannot change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Annotated, Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

V = TypeVar("V")
T = TypeVar("T", bound=Hashable)


class FrozenDict(dict[str, V]):
    """A dict that cannot be changed, so that the spec that holds it cannot be changed either and can be hashed."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a spec cannot be changed; build another one, for example with model_copy(update=...)")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]  # dict says None: it cannot be hashed
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[V]], tuple[dict[str, V]]]:
        return type(self), (dict(self),)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("it is blank")
    return text


def _one_trimmed_line(text: str) -> str:
    if text != text.strip() or not text.isprintable():
        raise ValueError("it begins or ends with a space, or holds a line break or another unprintable character")
    return text


def _braces_in_pairs(text: str) -> str:
    if text.count("{{") != text.count("}}"):
        raise ValueError(f"it opens {{{{ {text.count('{{')} times and closes }}}} {text.count('}}')} times")
    return text


def _no_leading_where(text: str) -> str:
    if text.split(maxsplit=1)[0].upper() == "WHERE":
        raise ValueError("it begins with WHERE, which provisioning adds")
    return text


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("the time-zone database has no such zone") from None
    return name


def _no_repeats(parts: tuple[T, ...]) -> tuple[T, ...]:
    repeated = [getattr(part, "LABEL", str(part)) for part, count in Counter(parts).items() if count > 1]
    if repeated:
        raise ValueError(f"the same {', '.join(repeated)} is given more than once")
    return parts


NotBlank = AfterValidator(_not_blank)
OneTrimmedLine = AfterValidator(_one_trimmed_line)
BracesInPairs = AfterValidator(_braces_in_pairs)
NoRepeats = AfterValidator(_no_repeats)
Table = Annotated[dict[str, V], AfterValidator(FrozenDict)]

Key = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        max_length=64,
        description="A key is lower-case words joined by hyphens, such as high-skill-error-rate.",
    ),
]
Keys = Annotated[tuple[Key, ...], NoRepeats]
Sentence = Annotated[
    str,
    Field(min_length=10, max_length=1000, description="Write a sentence that a person at 3 am understands."),
    NotBlank,
]
Query = Annotated[str, Field(min_length=10, description="Write a whole NRQL query."), NotBlank]
Where = Annotated[
    str,
    Field(min_length=3, description="Write the condition alone, without the word WHERE."),
    NotBlank,
    AfterValidator(_no_leading_where),
]
Template = Annotated[
    str,
    Field(description="Write each placeholder as {{ name }} or {{json name}}, opened and closed."),
    BracesInPairs,
]
Path = Annotated[str, Field(pattern=r"^/\S*$", description="Begin the path with a slash and leave spaces out.")]
TimeZone = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z]+(/[A-Za-z0-9_+-]+)+$",
        description='Use an IANA name such as Europe/Paris or Etc/UTC (PagerDuty\'s provider refuses a bare "UTC").',
    ),
    AfterValidator(_known_zone),
]
TimeOfDay = Annotated[
    str,
    Field(
        pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$", description="Write a time of day as HH:MM:SS, such as 09:00:00."
    ),
]
