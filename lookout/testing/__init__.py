"""What `lookout test` does: find the cases, run them, score them by mutation, print it for people and programs."""
