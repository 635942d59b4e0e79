"""Local Area Migration Indicators."""
