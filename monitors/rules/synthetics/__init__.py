"""Checks of synthetic monitors and of the alerts on their results."""
