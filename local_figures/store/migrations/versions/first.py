"""The first tables; on PostgreSQL each row is seen by its own workspace alone."""

from alembic import op
from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Integer, String

revision = "0001"
down_revision = None
TABLES = ("workspace", "member", "edition", "line", "audit")


def upgrade() -> None:
    """Make the tables as they were first, which `schema.py` may outgrow by later migrations."""
    op.create_table(
        "workspace",
        Column("workspace", String(64), primary_key=True),
        Column("keep_days", Integer, nullable=False),
        Column("made_at", String(32), nullable=False),
    )
    op.create_table(
        "member",
        Column("workspace", String(64), primary_key=True),
        Column("person", String(254), primary_key=True),
        Column("role", String(16), nullable=False),
        ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
    )
    op.create_table(
        "edition",
        Column("workspace", String(64), primary_key=True),
        Column("template", String(32), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("status", String(16), nullable=False),
        Column("digest", String(64), nullable=False),
        Column("uploaded_by", String(254), nullable=False),
        Column("uploaded_at", String(32), nullable=False),
        Column("settled_at", String(32)),
        Column("seen", Boolean, nullable=False),
        Column("mask", JSON),
        ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
    )
    op.create_table(
        "line",
        Column("workspace", String(64), primary_key=True),
        Column("template", String(32), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("line", Integer, primary_key=True, autoincrement=False),
        Column("cells", JSON, nullable=False),
        ForeignKeyConstraint(
            ["workspace", "template", "number"],
            ["edition.workspace", "edition.template", "edition.number"],
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "audit",
        Column("workspace", String(64), primary_key=True),
        Column("entry", Integer, primary_key=True, autoincrement=False),
        Column("at", String(32), nullable=False),
        Column("who", String(254), nullable=False),
        Column("what", String(32), nullable=False),
        Column("template", String(32)),
        Column("number", Integer),
        ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            own = "workspace = current_setting('cohesion.workspace', true)"
            op.execute(f"CREATE POLICY own_workspace ON {table} USING ({own}) WITH CHECK ({own})")


def downgrade() -> None:
    """Drop everything, the figures with it."""
    for table in reversed(TABLES):
        op.drop_table(table)
