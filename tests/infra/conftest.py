"""Puts the folder of the shared doubles on the path of the tests below it."""
