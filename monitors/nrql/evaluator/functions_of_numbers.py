"""Row functions of numbers, and `if`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.arguments import constant_number, constant_text, positional
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.values import KINDS, Value
from monitors.nrql.tree import Call


def _each(pattern: str) -> Callable[[Compiler, Call], Value]:
    """Return a function of numbers as an SQL pattern with `{0}`, `{1}` for its arguments."""

    def compiled(compiler: Compiler, call: Call) -> Value:
        return Value(number=pattern.format(*(f"({compiler.number(one)})" for one in positional(call))))

    return compiled


def _guarded(pattern: str, allowed: str) -> Callable[[Compiler, Call], Value]:
    """Return a function that has no result outside of what is allowed, where SQL would fail."""
    return _each(f"(CASE WHEN {allowed} THEN {pattern} END)")


def _if(compiler: Compiler, call: Call) -> Value:
    condition, *branches = positional(call)
    met = f"coalesce({compiler.condition(condition)}, FALSE)"
    values = [compiler.value(branch) for branch in branches]
    chosen: dict[str, str] = {}
    for kind in KINDS:
        sqls = [value.of(kind) for value in values]
        if any(sqls):
            otherwise = sqls[1] if len(sqls) > 1 else None
            chosen[kind] = f"(CASE WHEN {met} THEN {sqls[0] or 'NULL'} ELSE {otherwise or 'NULL'} END)"
    return Value(chosen.get("number"), chosen.get("text"), chosen.get("boolean"))


def _round(compiler: Compiler, call: Call) -> Value:
    number, *nearest = (compiler.number(one) for one in positional(call))
    if not nearest:
        return Value(number=f"round({number})")
    return Value(number=f"(round({number} / nullif({nearest[0]}, 0)) * {nearest[0]})")


def _bounded(least_or_greatest: str) -> Callable[[Compiler, Call], Value]:
    """Return a bound that leaves a missing value missing, where SQL's own takes the other argument."""
    pattern = f"{least_or_greatest}({{0}}, {{1}})"
    return _guarded(pattern, "{0} IS NOT NULL AND {1} IS NOT NULL")


# What one unit is in its dimension's own (seconds, bytes); those of the UCUM names that measure what is recorded here.
_UNITS: Final = {
    **{name: ("time", 1e-9) for name in ("ns", "nanoseconds")},
    **{name: ("time", 1e-6) for name in ("us", "µs", "microseconds")},
    **{name: ("time", 1e-3) for name in ("ms", "milliseconds")},
    **{name: ("time", 1.0) for name in ("s", "seconds")},
    **{name: ("time", 60.0) for name in ("min", "minutes")},
    **{name: ("time", 3600.0) for name in ("h", "hours")},
    **{name: ("time", 86_400.0) for name in ("d", "days")},
    **{name: ("time", 604_800.0) for name in ("wk", "weeks")},
    **{name: ("time", 365.25 * 86_400) for name in ("a", "year", "years")},
    **{name: ("data", 1 / 8) for name in ("bit", "bits")},
    **{name: ("data", 1.0) for name in ("By", "bytes")},
    **{name: ("data", 1e3) for name in ("kBy", "kilobytes")},
    **{name: ("data", 1e6) for name in ("MBy", "megabytes")},
    **{name: ("data", 1e9) for name in ("GBy", "gigabytes")},
    "KiBy": ("data", 1024.0),
    "MiBy": ("data", 1024.0**2),
    "GiBy": ("data", 1024.0**3),
}


def _convert(compiler: Compiler, call: Call) -> Value:
    number, given, wanted = positional(call, 3, 3)
    of, to = (_unit(constant_text(one, "a unit of convert()")) for one in (given, wanted))
    if of[0] != to[0]:
        raise NotEvaluated(f"convert() from {of[0]} to {to[0]} has no meaning")
    return Value(number=f"({compiler.number(number)} * {of[1]!r} / {to[1]!r})")


def _unit(name: str) -> tuple[str, float]:
    if name not in _UNITS:
        raise NotEvaluated(f"the unit {name!r} of convert() is not evaluated; units of time and of data are")
    return _UNITS[name]


def _get_cdf_count(compiler: Compiler, call: Call) -> Value:
    """Return 1 for a number at or below the threshold, else 0, whatever it is."""
    value, threshold = positional(call, 2, 2)
    return Value(number=f"(CASE WHEN {compiler.number(value)} <= {compiler.number(threshold)} THEN 1.0 ELSE 0.0 END)")


def _buckets(compiler: Compiler, call: Call) -> Value:
    """Return the range that a number falls into, as text; the last one takes all above it too."""
    attribute, ceiling, *count = positional(call, 2, 3)
    most = constant_number(ceiling, "the ceiling of buckets()", 0)
    total = int(constant_number(count[0], "the number of buckets()", 10)) if count else 10
    if total < 1 or most <= 0:
        raise NotEvaluated("buckets() needs a ceiling above 0 and at least one bucket")
    number, width = compiler.number(attribute), most / total
    place = f"least(greatest(floor({number} / {width!r}), 0), {total - 1})::BIGINT"
    names = [quoting.text(f"{at * width:.6g} - {(at + 1) * width:.6g}") for at in range(total - 1)]
    names.append(quoting.text(f">={(total - 1) * width:.6g}"))
    return Value(text=f"([{', '.join(names)}])[{place} + 1]")


NUMBER_FUNCTIONS: Final[dict[str, Callable[[Compiler, Call], Value]]] = {
    "if": _if,
    "abs": _each("abs({0})"),
    "floor": _each("floor({0})"),
    "ceil": _each("ceil({0})"),
    "round": _round,
    "mod": _each("({0} - nullif({1}, 0) * floor({0} / nullif({1}, 0)))"),
    "pow": _each("pow({0}, {1})"),
    "sqrt": _guarded("sqrt({0})", "{0} >= 0"),
    "exp": _each("exp({0})"),
    "ln": _guarded("ln({0})", "{0} > 0"),
    "log2": _guarded("log2({0})", "{0} > 0"),
    "log10": _guarded("log10({0})", "{0} > 0"),
    "log": _guarded("(ln({0}) / ln({1}))", "{0} > 0 AND {1} > 0 AND {1} != 1"),
    "clamp_min": _bounded("greatest"),
    "clamp_max": _bounded("least"),
    "getcdfcount": _get_cdf_count,
    "buckets": _buckets,
    "convert": _convert,
    "eventtype": lambda compiler, _: Value(text=compiler.scope.event_type),
}
