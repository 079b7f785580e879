"""Checks of dashboards: every widget can be drawn, and shows what it seems to show."""
