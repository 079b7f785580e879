"""Checks of what is asserted of the ways from alerts to people; the proving is exact, for every moment of a year."""
