"""How many queries a second the NRQL parser reads on one core.

    .venv/bin/python benchmarks/nrql_parse.py [--seconds N]

Reads every query of the catalogue (all alerts and dashboards of both stacks) over and over. In the same run, for
comparison: cutting the same queries into tokens alone; `json.loads` of documents as long; and, where lark is installed
(`pip install lark`; the project does not need it), an LALR parser of lark's with an equal grammar for these queries.
Exits with 1 when the parser reads fewer than 8,000 queries a second.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from monitors import catalog
from monitors.nrql import parse, to_text
from monitors.nrql.tokens import Tokens
from monitors.spec import Spec

REQUIRED = 8_000  # queries a second
_ROUNDS = 5

# Only what the catalogue's queries hold, so that lark has no more to do than the parser.
_GRAMMAR = r"""
start: clause+
?clause: "FROM"i name                               -> source
    | "SELECT"i selection ("," selection)*          -> select
    | "WHERE"i expression                           -> where
    | "FACET"i selection ("," selection)*           -> facet
    | "LIMIT"i ("MAX"i | NUMBER)                    -> limit
    | "SINCE"i moment                               -> since
    | "UNTIL"i moment                               -> until
    | "TIMESERIES"i step ("SLIDE"i "BY"i step)?     -> timeseries
moment: NUMBER UNIT "AGO"i | "NOW"i
step: "AUTO"i | NUMBER UNIT
selection: expression ("AS"i TEXT)? | "*"
?expression: conjunction ("OR"i conjunction)*
?conjunction: comparison ("AND"i comparison)*
?comparison: sum [COMPARED sum | "LIKE"i sum | "IN"i "(" sum ("," sum)* ")"]
?sum: product (SIGN product)*
?product: value (TIMES value)*
?value: name "(" (argument ("," argument)*)? ")"    -> call
    | name | NUMBER | TEXT | VARIABLE | "(" expression ")"
?argument: expression | "WHERE"i expression | "*"
name: NAME | QUOTED
COMPARED.2: "!=" | ">=" | "<=" | "=" | "<" | ">"
SIGN: "+" | "-"
TIMES: "/" | "%" | "*"
UNIT.2: /(minute|hour|day|week)s?\b/i
NAME: /[A-Za-z_][\w.]*/
QUOTED: /`[^`]+`/
TEXT: /'(?:[^'\\]|\\.)*'/
VARIABLE: /\{\{\w+\}\}/
NUMBER: /\d+(\.\d+)?/
%ignore /\s+/
"""


def main() -> None:
    """Measure, print, and exit with 1 when the parser is too slow."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each round of each reader takes")
    seconds = parser.parse_args().seconds
    queries = every_query()
    length = statistics.mean(map(len, queries))
    print(
        f"{len(queries)} queries of the catalogue, {length:.0f} characters on average, {max(map(len, queries))} at most"
    )
    readers = _readers(queries)
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(_ROUNDS):
        for name, (read, texts) in readers.items():
            rates[name].append(_rate(read, texts, seconds / _ROUNDS))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    ours = medians["parse"]
    for name, rate in medians.items():
        print(f"{name:<22}{rate:>10,.0f} a second{1e6 / rate:>9.1f} us each   parse is {ours / rate:.2f} times as fast")
    if "lark, LALR" not in medians:
        print("lark is not installed; `pip install lark` adds its LALR parser to the comparison")
    if ours < REQUIRED:
        sys.exit(f"parse reads {ours:,.0f} queries a second; {REQUIRED:,} are required")


def every_query() -> list[str]:
    """Return every query of the catalogue."""
    return [text for name in catalog.STACKS for text in _queries_in(catalog.stack(name))]


def _queries_in(value: object) -> list[str]:
    if isinstance(value, tuple | list):
        return [text for part in value for text in _queries_in(part)]
    if not isinstance(value, Spec):
        return []
    found: list[str] = []
    for field in type(value).model_fields:
        part = getattr(value, field)
        if field in ("query", "queries"):
            found += [part] if isinstance(part, str) else list(part or ())
        else:
            found += _queries_in(part)
    return found


def _readers(queries: Sequence[str]) -> dict[str, tuple[Callable[[str], object], Sequence[str]]]:
    documents = [_document(len(text)) for text in queries]
    trees = [parse(text) for text in queries]
    readers: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
        "parse": (parse, queries),
        "tokens alone": (Tokens, queries),
        "to_text": (to_text, trees),
        "json.loads": (json.loads, documents),
    }
    if importlib.util.find_spec("lark") is not None:
        lark = importlib.import_module("lark")
        readers["lark, LALR"] = (lark.Lark(_GRAMMAR, parser="lalr", propagate_positions=True).parse, queries)
    return readers


def _document(length: int) -> str:
    """Return a JSON document about so long, of names, numbers and lists as a query's tree would be."""
    node = {"function": "sum", "of": ["Custom/Skills", 5]}
    return json.dumps([node] * max(1, length // len(json.dumps(node))))


def _rate(read: Callable[[Any], object], texts: Sequence[Any], seconds: float) -> float:
    """Return how many texts are read in a second of this process's own time."""
    done, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        for text in texts:
            read(text)
        done += len(texts)
    return done / (time.process_time() - started)


if __name__ == "__main__":
    main()
