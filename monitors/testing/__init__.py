"""Unit tests of alerts: given what the service emits, these incidents open and close, and nothing else happens."""
