"""The second store: workspaces, editions and their rows, in SQLite on this computer or in PostgreSQL."""
