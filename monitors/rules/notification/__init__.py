"""Checks of who is told: policies, workflows, channels, destinations and muting."""
