"""An edition says for whom it was approved, and an area is one workspace's alone.

The awkward fact: row-level security hides every workspace from PostgreSQL's owner of the tables too, and what is not
seen cannot be copied. It is lifted for this transaction, in which nobody else sees the tables.
"""

import json

from alembic import op
from sqlalchemy import Column, Connection, ForeignKeyConstraint, String, text

from local_figures.store.migrations import own_rows

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add both; an edition from before is its workspace's alone, an area told of twice is the older workspace's."""
    op.add_column("edition", Column("level", String(16), nullable=False, server_default="private"))
    op.create_table(
        "holding",
        Column("area", String(16), primary_key=True),
        Column("workspace", String(64), nullable=False),
        ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
    )
    connection = op.get_bind()
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        op.execute("ALTER TABLE workspace NO FORCE ROW LEVEL SECURITY")
    _give_each_area(connection)
    if postgresql:
        op.execute("ALTER TABLE workspace FORCE ROW LEVEL SECURITY")
    own_rows.hold("holding")


def _give_each_area(connection: Connection) -> None:
    assigned: set[str] = set()
    rows = connection.execute(text("SELECT workspace, areas FROM workspace ORDER BY made_at, workspace")).all()
    for workspace, areas in rows:
        own = json.loads(areas) if isinstance(areas, str) else areas
        free = [area for area in dict.fromkeys(own) if area not in assigned]
        assigned.update(free)
        for area in free:
            connection.execute(
                text("INSERT INTO holding VALUES (:area, :workspace)"), {"area": area, "workspace": workspace}
            )
        if free != own:
            new = {"areas": json.dumps(free), "workspace": workspace}
            connection.execute(text("UPDATE workspace SET areas = :areas WHERE workspace = :workspace"), new)


def downgrade() -> None:
    """Take both away."""
    op.drop_table("holding")
    op.drop_column("edition", "level")
