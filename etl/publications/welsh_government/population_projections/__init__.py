"""Population projections by authority."""
