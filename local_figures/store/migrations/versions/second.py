"""A workspace says which areas it may tell of."""

from alembic import op
from sqlalchemy import JSON, Column

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; a workspace from before it may tell of none until an approver says which."""
    op.add_column("workspace", Column("areas", JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("workspace", "areas")
