"""The first tables; on PostgreSQL each row is seen by its own workspace alone."""

from alembic import op
from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Integer, String

from local_figures.store.migrations import own_rows

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
    for table in TABLES:
        own_rows.hold(table)


def downgrade() -> None:
    """Drop everything, the figures with it."""
    for table in reversed(TABLES):
        op.drop_table(table)
