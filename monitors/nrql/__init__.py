"""NRQL, New Relic's query language: a parser with exact positions, a printer, and the table of functions."""

from monitors.nrql.errors import NrqlSyntaxError
from monitors.nrql.parser import parse, parse_condition, parse_deletion
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Deletion, Node, Query, ShowEventTypes, Statement
from monitors.nrql.walk import walk

__all__ = [
    "Deletion",
    "Node",
    "NrqlSyntaxError",
    "Query",
    "ShowEventTypes",
    "Statement",
    "parse",
    "parse_condition",
    "parse_deletion",
    "to_text",
    "walk",
]
