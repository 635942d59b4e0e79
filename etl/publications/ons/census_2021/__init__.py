"""Census 2021: topic summaries by authority and small area."""
