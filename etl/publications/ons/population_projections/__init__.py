"""National population projections."""
