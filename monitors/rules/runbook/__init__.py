"""Checks of runbooks: whoever is woken finds help."""
