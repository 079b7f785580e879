"""What `lookout diff` is asked, how its answer comes about, and how it is printed."""
