"""Checks of queries by their text and use: what New Relic refuses, and what can only be a mistake."""
