"""Who is told of an alert or event: the question, its answer as text and as data."""
