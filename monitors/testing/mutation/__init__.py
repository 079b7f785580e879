"""Changes alerts one at a time, and asks whether their cases notice: a score of the cases, not of the alerts."""
