"""Hate crime, England and Wales: data and appendix tables, past editions, and figures typed from texts."""
