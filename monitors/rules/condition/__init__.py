"""Checks of conditions: what never or always fires, how windows close, what silence does, limits."""
