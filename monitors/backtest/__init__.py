"""Backtest: recorded data through every alert of a stack, and what would have come of it."""
