"""Checks: what is wrong with specs although a vendor, or the vocabulary, would take them."""
