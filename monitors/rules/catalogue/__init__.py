"""Checks of what queries speak of: event types, metrics, attributes, values and units, held against the catalogue."""
