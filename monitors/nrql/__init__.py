"""NRQL, New Relic's query language: a parser with exact positions, a printer, and the table of functions."""

from monitors.nrql.errors import NrqlSyntaxError
from monitors.nrql.parser import parse
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Node, Query, ShowEventTypes, Statement
from monitors.nrql.walk import walk

__all__ = ["Node", "NrqlSyntaxError", "Query", "ShowEventTypes", "Statement", "parse", "to_text", "walk"]
