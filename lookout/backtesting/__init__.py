"""What `lookout backtest` does around a backtest: reads times and files, prints for people."""
