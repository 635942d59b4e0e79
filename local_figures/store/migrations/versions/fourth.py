"""A role may be a group's, whoever signs in finds their own roles, and what was accepted is kept in its own words.

The awkward fact: a person who signs in names no workspace, and row-level security shows none until one is named. So the
rows that give a role to those very names may be read by them, in whatever workspace.
"""

from alembic import op
from sqlalchemy import JSON, Column, ForeignKeyConstraint, String

from local_figures.store.migrations import own_rows

revision = "0004"
down_revision = "0003"
MINE = "kind || ':' || person = ANY (string_to_array(current_setting('cohesion.identities', true), chr(10)))"


def upgrade() -> None:
    """Add the kind of who has a role, and the table of what was accepted."""
    op.add_column("member", Column("kind", String(8), nullable=False, server_default="person"))
    op.create_table(
        "acceptance",
        Column("workspace", String(64), primary_key=True),
        Column("person", String(254), primary_key=True),
        Column("version", String(16), primary_key=True),
        Column("at", String(32), nullable=False),
        Column("words", JSON, nullable=False),
        ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
    )
    own_rows.hold("acceptance")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE POLICY own_roles ON member FOR SELECT USING ({MINE})")


def downgrade() -> None:
    """Take both away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP POLICY own_roles ON member")
    op.drop_table("acceptance")
    op.drop_column("member", "kind")
