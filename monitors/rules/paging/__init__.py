"""Checks of PagerDuty: services, escalations, schedules, event rules and webhooks."""
