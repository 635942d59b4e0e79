"""Bringing figures in: templates out, a file in, its errors by row and column, and what becomes of an edition."""
