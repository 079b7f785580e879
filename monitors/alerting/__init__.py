"""What becomes of an alert: who is told, in which order and when."""
