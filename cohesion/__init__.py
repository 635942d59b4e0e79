"""What the etl and the dashboard both speak: words of the data, and nothing that either of them does."""
