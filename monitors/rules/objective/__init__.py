"""Checks of service levels and burn rates, against the traffic that is stated."""
