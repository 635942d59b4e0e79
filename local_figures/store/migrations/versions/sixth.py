"""An edition says who else brought rows that are in it."""

from alembic import op
from sqlalchemy import JSON, Column

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; of an edition from before it the one who kept it is known, and nobody else."""
    op.add_column("edition", Column("also_by", JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("edition", "also_by")
