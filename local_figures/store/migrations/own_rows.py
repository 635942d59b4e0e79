"""What holds the rows of a table to their own workspace on PostgreSQL, whoever asks; SQLite has nothing of the kind."""

from alembic import op

OWN = "workspace = current_setting('cohesion.workspace', true)"


def hold(table: str) -> None:
    """Let a table be seen and written by the workspace of each row alone, by the owner of the table too."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_workspace ON {table} USING ({OWN}) WITH CHECK ({OWN})")
