"""What every publication goes through: declared, corrected, checked, written as a table, and built into a database."""
