"""What `lookout check` does: find what is to be checked, run the checks, print what they found in one of four forms."""
