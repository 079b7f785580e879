"""Checks of what runs on Render."""
